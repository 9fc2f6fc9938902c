import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';

const CONFIG_FILE = 'crimetracker.config.json';

const isoDate = z.iso.date({ error: 'must be a date such as 2010-01-01' });

const settingsSchema = z
  .strictObject({
    /** Folder of the lake. */
    lake: z.string().min(1).default('lake'),
    /** First and last occurrence date of a snapshot. */
    from: isoDate.default('2010-01-01'),
    to: isoDate.default('2023-12-31'),
    /** Published snapshots to keep. */
    keep: z.coerce.number().int().min(1).max(1000).default(3),
    /** Threads of the SQL engine; all cores when not given. */
    threads: z.coerce.number().int().min(1).max(1024).optional(),
    /** Memory limit of the SQL engine, such as 2GB. */
    memory: z
      .string()
      .regex(/^\d+(\.\d+)?\s?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i, 'must be a size such as 2GB')
      .default('2GB'),
  })
  .refine((settings) => settings.from <= settings.to, { path: ['to'], error: 'must not be before "from"' });

export type Settings = z.infer<typeof settingsSchema>;

/** Flags as the command line gives them; absent when not given. */
export type SettingFlags = { readonly [Key in keyof Settings]?: string | number | undefined } & {
  readonly config?: string | undefined;
};

const fromEnvironment: Readonly<Record<keyof Settings, string>> = {
  lake: 'CRIMETRACKER_LAKE',
  from: 'CRIMETRACKER_FROM',
  to: 'CRIMETRACKER_TO',
  keep: 'CRIMETRACKER_KEEP',
  threads: 'CRIMETRACKER_THREADS',
  memory: 'CRIMETRACKER_MEMORY',
};

/**
 * Reads the settings: flags before environment before configuration file before defaults.
 * Throws `settings-invalid`, naming each wrong value and where it came from.
 */
export async function readSettings(
  flags: SettingFlags,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Settings> {
  const values: Record<string, unknown> = {};
  const origins = new Map<string, string>();
  const set = (origin: (key: string) => string, given: Readonly<Record<string, unknown>>) => {
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue;
      values[key] = value;
      origins.set(key, origin(key));
    }
  };

  const configFile = flags.config ?? environment.CRIMETRACKER_CONFIG ?? CONFIG_FILE;
  const required = flags.config !== undefined || environment.CRIMETRACKER_CONFIG !== undefined;
  set(() => configFile, await readConfigFile(configFile, required));
  set(
    (key) => fromEnvironment[key as keyof Settings],
    Object.fromEntries(
      Object.entries(fromEnvironment).map(([key, name]) => [
        key,
        environment[name] === '' ? undefined : environment[name],
      ]),
    ),
  );
  const { config: _config, ...given } = flags;
  set((key) => `--${key}`, given);

  const parsed = settingsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (unknown.length > 0)
      return `${configFile}: unknown setting ${unknown.map((key) => `"${key}"`).join(', ')}`;
    const key = String(issue.path[0] ?? '');
    return `${origins.get(key) ?? key}: ${key} ${issue.message} (got ${JSON.stringify(values[key])})`;
  });
  throw new CrimeTrackerError(
    `Some settings are not valid:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    {
      code: 'settings-invalid',
      exitCode: EXIT_CODES.usage,
      hint: `Settings: ${Object.keys(fromEnvironment).join(', ')}. Flags come before environment, environment before ${CONFIG_FILE}.`,
    },
  );
}

async function readConfigFile(file: string, required: boolean): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(resolve(file), 'utf8');
  } catch (cause) {
    if (!required) return {};
    throw new CrimeTrackerError(`The configuration file ${file} cannot be read.`, {
      code: 'config-missing',
      exitCode: EXIT_CODES.usage,
      hint: 'Check the path given with --config.',
      cause,
    });
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return z.record(z.string(), z.unknown()).parse(parsed);
  } catch (cause) {
    throw new CrimeTrackerError(`${file} is not a JSON object.`, {
      code: 'config-invalid',
      exitCode: EXIT_CODES.usage,
      hint: 'Write it as {"lake": "lake", "from": "2010-01-01", "to": "2023-12-31"}.',
      cause,
    });
  }
}
