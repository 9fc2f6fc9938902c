/**
 * The same columns as the build, one row at a time: a loop over the rows that fast-csv parses, each handed to the
 * adapter's functions and the cleaning rules, written as CSV: `node row-loop.mjs --out DIR FILES…`. It is the build
 * without its idea, that a function is asked once for each distinct input.
 *
 * Left out, because they look at many rows: station houses and duplicates. There is no ledger and no check of the file.
 */

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { rawRowReader, resolveHeader } from '@crimetracker/adapter-kit';
import { nypd } from '@crimetracker/adapter-nypd';
import { DEFAULT_WINDOW } from '@crimetracker/cleaning';
import { canonicalRow } from '@crimetracker/lake';
import { format, parse } from 'fast-csv';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
if (values.out === undefined || positionals.length === 0) {
  process.stderr.write('Usage: node row-loop.mjs --out DIR FILES…\n');
  process.exit(2);
}
await mkdir(values.out, { recursive: true });
const adapter = await nypd.load();
const counts = { records: 0, quarantined: 0 };

async function* rows() {
  for (const path of positionals) {
    /** @type {ReturnType<typeof rawRowReader> | undefined} */
    let toRaw;
    let rawRecord = 0;
    for await (const fields of createReadStream(path).pipe(parse())) {
      if (toRaw === undefined) {
        toRaw = rawRowReader(adapter, resolveHeader(adapter, fields));
        continue;
      }
      rawRecord += 1;
      const origin = { rawFile: basename(path), rawRecord, window: DEFAULT_WINDOW, atStationHouse: false };
      const { row, reasons } = canonicalRow(adapter, toRaw(fields), origin);
      counts.records += 1;
      if (reasons.length > 0) counts.quarantined += 1;
      yield { ...row, reasons: reasons.join(';') };
    }
  }
}
await pipeline(rows, format({ headers: true }), createWriteStream(join(values.out, 'incidents.csv')));
process.stdout.write(`${JSON.stringify(counts)}\n`);
