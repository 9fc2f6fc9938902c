import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { AnalyseFlags } from './commands/analyse.js';
import type { BuildFlags } from './commands/build.js';
import type { CheckFlags } from './commands/check.js';
import type { DemoFlags } from './commands/demo.js';
import type { ExplainFlags } from './commands/explain.js';
import type { HotspotFlags } from './commands/hotspots.js';
import type { LedgerFlags } from './commands/ledger.js';
import type { ProfileFlags } from './commands/profile.js';
import type { QueryFlags } from './commands/query.js';
import type { ReportFlags } from './commands/report.js';
import type { ScheduleFlags } from './commands/schedule.js';
import type { ServeFlags } from './commands/serve.js';
import type { SiteFlags } from './commands/site.js';
import type { SynthFlags } from './commands/synth.js';
import type { VerifyFlags } from './commands/verify.js';
import type { CommandContext } from './context.js';
import { USUAL_SCHEDULE } from './schedule/usual-schedule.js';

const HELP_EXIT_CODES = `
Exit codes: 0 done · 1 fault of the program · 2 wrong use or settings · 3 a source could not be read · 4 a quality gate failed · 130 interrupted`;

/** Does the work of a command in its context. Commands are loaded when they are asked for, so that help is there at once. */
export type Perform = (work: (context: CommandContext) => Promise<number>) => Promise<void>;

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0';
}

function wholeNumber(text: string): number {
  const value = Number(text.replace(/[_,]/g, ''));
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

function part(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  }
  return value;
}

/** For an option that may be given several times. */
function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** Units of a patrol schedule nobody has asked for yet. */
const SHOWN_UNITS = 100;

function pageOptions(command: Command): Command {
  return command
    .option(
      '--boundaries <source=file>',
      'official boundaries of jurisdictions as GeoJSON (default: derived from incidents)',
      collect,
      [],
    )
    .option('--tiles <url>', 'raster tiles below the map, as https://host/{z}/{x}/{y}.png (default: none)')
    .option('--tiles-attribution <text>', 'whom the tiles are by');
}

/** Declares every command with its options and help. */
export function defineProgram(perform: Perform): Command {
  const program = new Command('crimetracker')
    .description('Turns open city crime data into one clean, comparable table and into decisions.')
    .version(version())
    .option('--config <file>', 'configuration file (default: crimetracker.config.json when it is there)')
    .option('--json', 'answer in JSON; progress and messages go to standard error')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Run with --help for examples.')
    .exitOverride()
    .addHelpText('after', HELP_EXIT_CODES);
  const lakeOptions = (command: Command) =>
    command
      .option('--lake <dir>', 'folder of the lake (default: lake)')
      .option('--threads <n>', 'threads of the SQL engine (default: all cores)')
      .option('--memory <size>', 'memory limit of the SQL engine (default: 2GB)');
  const buildOptions = (command: Command) =>
    lakeOptions(command)
      .option('--from <date>', 'first occurrence date to keep (default: 2010-01-01)')
      .option('--to <date>', 'last occurrence date to keep (default: 2023-12-31)')
      .option('--keep <n>', 'published snapshots to keep (default: 3)');

  buildOptions(program.command('build'))
    .description('build a snapshot from raw files: stage, standardise, clean, balance, publish')
    .argument('<paths...>', 'raw files, folders of raw files, or - for standard input; .gz is read as it is')
    .option('--source <id>', 'read every file as this source (default: recognised by its header)')
    .option('--force', 'build even when nothing has changed')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker build downloads/ --lake lake
  crimetracker build nypd.csv.gz lapd-2010.csv lapd-2020.csv --lake lake --json
  gunzip -c nypd.csv.gz | crimetracker build - --source nypd --lake lake`,
    )
    .action((paths: string[], flags: BuildFlags) =>
      perform(async (context) => (await import('./commands/build.js')).runBuild(context, paths, flags)),
    );
  lakeOptions(program.command('query'))
    .description('answer SQL over the current snapshot')
    .argument(
      '<sql>',
      'tables: incidents, quarantine, duplicates, ledger, files, crosswalk_<source>_<field>, mart_<name>',
    )
    .option('--csv', 'answer in CSV')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker query "SELECT crime_category, COUNT(*) AS incidents FROM incidents GROUP BY 1 ORDER BY 2 DESC"
  crimetracker query "SELECT reasons, COUNT(*) FROM quarantine GROUP BY 1" --csv
  crimetracker query "SELECT * FROM crosswalk_lapd_weapon ORDER BY row_count DESC LIMIT 20" --json`,
    )
    .action((sql: string, flags: QueryFlags) =>
      perform(async (context) => (await import('./commands/query.js')).runQuery(context, sql, flags)),
    );
  lakeOptions(program.command('analyse'))
    .description('answer what and when: crime mix, peak hours, weapons, series, anomalies, forecasts')
    .argument('[what...]', 'mix, hours, weapons, series, anomalies, forecasts (default: all)')
    .option('--csv <dir>', 'write every table as CSV into this folder')
    .option('--overwrite', 'replace what is in the CSV folder')
    .option('--fresh', 'compute again what the snapshot holds already')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker analyse --lake lake
  crimetracker analyse hours weapons --lake lake
  crimetracker analyse --csv answers --lake lake
  crimetracker analyse anomalies --json --lake lake`,
    )
    .action((what: string[], flags: AnalyseFlags) =>
      perform(async (context) => (await import('./commands/analyse.js')).runAnalyse(context, what, flags)),
    );
  lakeOptions(program.command('hotspots'))
    .description('answer where: hot spots, how they came about, near repeats, prediction by place')
    .option('--source <id>', 'one city, such as nypd (default: all)')
    .option('--target <name>', 'one category, All, or "Reported by victims" (default: all)')
    .option('--resolution <n>', 'H3 resolution of the cells, 7 to 10', wholeNumber, 9)
    .option('--companion <n>', 'a coarser resolution to hold against it (default: one coarser)', wholeNumber)
    .option(
      '--outline <source=file>',
      'outline of a city as GeoJSON (default: derived from its incidents)',
      collect,
      [],
    )
    .option(
      '--harm-weights <file>',
      'also weigh incidents by harm; a JSON file with weights and where they are from',
    )
    .option('--geojson <dir>', 'write maps as GeoJSON into this folder')
    .option('--csv <dir>', 'write every table as CSV into this folder')
    .option('--overwrite', 'replace what is in these folders')
    .option('--seed <n>', 'the same seed gives the same random numbers', wholeNumber, 1)
    .option('--fresh', 'compute again what the snapshot holds already')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker hotspots --lake lake
  crimetracker hotspots --source nypd --target Robbery --lake lake
  crimetracker hotspots --outline nypd=boroughs.geojson --geojson maps --lake lake
  crimetracker hotspots --harm-weights weights.json --lake lake`,
    )
    .action((flags: HotspotFlags) =>
      perform(async (context) => (await import('./commands/hotspots.js')).runHotspots(context, flags)),
    );
  lakeOptions(program.command('schedule'))
    .description('answer who goes where and when: a week of patrol, with its certificate and audit')
    .requiredOption('--units <n>', 'patrol units on the roster', wholeNumber)
    .option('--source <id>', 'the city, such as nypd (default: the only one of the snapshot)')
    .option('--shift <hours>', 'length of a shift: 8, 10 or 12 hours', wholeNumber, USUAL_SCHEDULE.shift)
    .option(
      '--start-every <hours>',
      'hours between the times at which shifts may begin',
      wholeNumber,
      USUAL_SCHEDULE.startEvery,
    )
    .option(
      '--shifts-per-unit <n>',
      'shifts of a unit in the week (default: 5, 4 or 3, by length)',
      wholeNumber,
    )
    .option(
      '--min-presence <n>',
      'units on duty in every jurisdiction at every hour',
      wholeNumber,
      USUAL_SCHEDULE.minPresence,
    )
    .option(
      '--max-consecutive <n>',
      'days in a row a unit may work',
      wholeNumber,
      USUAL_SCHEDULE.maxConsecutive,
    )
    .option('--min-rest <hours>', 'hours between two shifts of a unit', wholeNumber, USUAL_SCHEDULE.minRest)
    .option(
      '--fairness <share>',
      'part of its share of the expected harm that every jurisdiction gets in units',
      part,
      USUAL_SCHEDULE.fairness,
    )
    .option(
      '--visit-share <share>',
      'part of a shift for visits; calls for service keep the rest',
      part,
      USUAL_SCHEDULE.visitShare,
    )
    .option(
      '--cover-ring <n>',
      'rings of cells around a visited one that count as covered',
      wholeNumber,
      USUAL_SCHEDULE.coverRing,
    )
    .option('--week <date>', 'a day of the week to schedule (default: the first after the data)')
    .option(
      '--harm-weights <file>',
      'weigh incidents by harm; a JSON file with weights and where they are from',
    )
    .option('--include-discovered', 'also follow categories that exist because police look for them')
    .option('--time-limit <seconds>', 'time for the solver', wholeNumber, USUAL_SCHEDULE.timeLimit)
    .option('--gap <share>', 'how far from the best possible the schedule may be', part, USUAL_SCHEDULE.gap)
    .option('--seed <n>', 'the same seed gives the same visits', wholeNumber, USUAL_SCHEDULE.seed)
    .option('--out <dir>', 'write page, calendar and CSV into this folder')
    .option('--overwrite', 'replace what is in the folder')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker schedule --units 120 --shift 8 --source lapd --lake lake
  crimetracker schedule --units 400 --source nypd --min-presence 1 --out schedule --lake lake
  crimetracker schedule --units 60 --shift 12 --harm-weights weights.json --source lapd --json --lake lake`,
    )
    .action((flags: ScheduleFlags) =>
      perform(async (context) => (await import('./commands/schedule.js')).runSchedule(context, flags)),
    );
  lakeOptions(program.command('report'))
    .description('write it all down: one HTML page, Markdown, a folder of CSV, PDF')
    .option('--source <id>', 'one city, such as nypd (default: all)')
    .option('--year <n>', 'the year that is told (default: the last whole one)', wholeNumber)
    .option('--compare <a,b>', 'two years, or two jurisdictions as jurisdiction:75,jurisdiction:77')
    .option('--units <n>', 'also schedule so many patrol units', wholeNumber)
    .option('--out <dir>', 'folder to write to', 'report')
    .option('--format <list>', 'html, md, csv, pdf', 'html,md,csv')
    .option('--overwrite', 'replace what is in the folder')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker report --lake lake
  crimetracker report --source nypd --year 2022 --format html,pdf --out nypd-2022 --lake lake
  crimetracker report --compare 2022,2023 --out years --lake lake
  crimetracker report --source lapd --units 120 --out week --lake lake`,
    )
    .action((flags: ReportFlags) =>
      perform(async (context) => (await import('./commands/report.js')).runReport(context, flags)),
    );
  pageOptions(lakeOptions(program.command('serve')))
    .description('show the dashboard in a browser on this machine')
    .option('--port <n>', 'port; 0 takes any that is free', wholeNumber, 3600)
    .option('--host <address>', 'address to listen on; any but loopback needs a token', '127.0.0.1')
    .option('--token <text>', 'token that readers need (default: none on loopback, else one is made)')
    .option('--open', 'open the browser')
    .option('--units <n>', 'units of the patrol schedule that is shown at first', wholeNumber, SHOWN_UNITS)
    .addHelpText(
      'after',
      `
Examples:
  crimetracker serve --lake lake --open
  crimetracker serve --lake lake --port 8080 --units 300
  crimetracker serve --lake lake --boundaries nypd=precincts.geojson
  crimetracker serve --lake lake --host 0.0.0.0 --token "$(openssl rand -hex 16)"`,
    )
    .action((flags: ServeFlags) =>
      perform(async (context) => (await import('./commands/serve.js')).runServe(context, flags)),
    );
  pageOptions(lakeOptions(program.command('site')))
    .description('write the dashboard as a folder of files that any web server delivers')
    .option('--out <dir>', 'folder to write to', 'site')
    .option('--overwrite', 'replace what is in the folder')
    .option('--years <n>', 'years that are loaded at first (default: as many as fit into 10 MB)', wholeNumber)
    .option('--units <n>', 'units of the patrol schedule', wholeNumber, SHOWN_UNITS)
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker site --lake lake --out site
  crimetracker site --lake lake --out site --overwrite --years 3`,
    )
    .action((flags: SiteFlags) =>
      perform(async (context) => (await import('./commands/site.js')).runSite(context, flags)),
    );
  lakeOptions(program.command('verify-report'))
    .description('make a report again from its snapshot and compare every number with the file')
    .argument('<file>', 'the HTML file of a report')
    .addHelpText(
      'after',
      `
Example:
  crimetracker verify-report report/report.html --lake lake`,
    )
    .action((file: string) =>
      perform(async (context) =>
        (await import('./commands/verify-report.js')).runVerifyReport(context, file),
      ),
    );
  lakeOptions(program.command('verify'))
    .description('compute every analysis of a snapshot again and compare all numbers with those kept')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Example:
  crimetracker verify --lake lake`,
    )
    .action((flags: VerifyFlags) =>
      perform(async (context) => (await import('./commands/verify.js')).runVerify(context, flags)),
    );
  lakeOptions(program.command('ledger'))
    .description('print what became of every record')
    .option('--all', 'list every rule and every unmapped value')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker ledger --lake lake
  crimetracker ledger --lake lake --json`,
    )
    .action((flags: LedgerFlags) =>
      perform(async (context) => (await import('./commands/ledger.js')).runLedger(context, flags)),
    );
  program
    .command('check')
    .description('check a raw file before it is built (header, first rows, drift), or an adapter by its id')
    .argument('<target>', 'a raw file, a folder of them, - for standard input, or an adapter id such as nypd')
    .option('--source <id>', 'read the file as this source (default: recognised by its header)')
    .option('--rows <n>', 'records to run through the adapter', wholeNumber, 10_000)
    .addHelpText(
      'after',
      `
Examples:
  crimetracker check downloads/nypd.csv
  crimetracker check lapd`,
    )
    .action((target: string, flags: CheckFlags) =>
      perform(async (context) => (await import('./commands/check.js')).runCheck(context, target, flags)),
    );
  lakeOptions(program.command('profile'))
    .description(
      'show what is in a raw file of any header, or in a snapshot: types, values, dates, times, duplicates',
    )
    .argument('[path]', 'a raw file (.gz too), - for standard input, or the folder of a lake')
    .option('--source <id>', 'read the file as this source (default: recognised by its header)')
    .option('--snapshot [id]', 'profile the current snapshot of the lake, or another published one')
    .option('--html <file>', 'write one HTML page instead')
    .option('--overwrite', 'replace the HTML page when it is there')
    .option('--all', 'print values and shapes of each column')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker profile nypd.csv.gz
  crimetracker profile any.csv --html any.html
  crimetracker profile --snapshot --lake lake --json`,
    )
    .action((path: string | undefined, flags: ProfileFlags) =>
      perform(async (context) => (await import('./commands/profile.js')).runProfile(context, path, flags)),
    );
  lakeOptions(program.command('explain'))
    .description('show how a row came about: raw text, function, canonical value, rules')
    .argument('<what>', 'a case number, or FILE:RECORD with a record number counted from 1 after the header')
    .option('--snapshot <id>', 'another published snapshot than the current one')
    .addHelpText(
      'after',
      `
Examples:
  crimetracker explain 190326475 --lake lake
  crimetracker explain nypd.csv:1204 --lake lake --json`,
    )
    .action((what: string, flags: ExplainFlags) =>
      perform(async (context) => (await import('./commands/explain.js')).runExplain(context, what, flags)),
    );
  program
    .command('synth')
    .description('write raw NYPD and LAPD files of any size with known answers planted in them')
    .requiredOption('--rows <n>', 'records in all files together', wholeNumber)
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--seed <n>', 'the same seed gives the same bytes', wholeNumber, 1)
    .option('--overwrite', 'replace what is in the folder')
    .addHelpText(
      'after',
      `
Example:
  crimetracker synth --rows 1000000 --seed 7 --out synthetic`,
    )
    .action((flags: SynthFlags) =>
      perform(async (context) => (await import('./commands/synth.js')).runSynth(context, flags)),
    );
  buildOptions(program.command('demo'))
    .description('generate sample data, build a snapshot from it and show what came out')
    .option('--rows <n>', 'records to generate', wholeNumber, 200_000)
    .option('--out <dir>', 'folder for the sample data and its lake', 'demo')
    .addHelpText(
      'after',
      `
Example:
  crimetracker demo --rows 50000 --out demo`,
    )
    .action((flags: DemoFlags) =>
      perform(async (context) => (await import('./commands/demo.js')).runDemo(context, flags)),
    );
  lakeOptions(program.command('doctor'))
    .description('check this machine and a lake, and say what to do about what is wrong')
    .addHelpText(
      'after',
      `
Example:
  crimetracker doctor --lake lake`,
    )
    .action(() => perform(async (context) => (await import('./commands/doctor.js')).runDoctor(context)));
  return program;
}
