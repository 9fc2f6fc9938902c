import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import type { Shard } from './shard.js';
import { completeShard, hoursOf } from './shard.js';

const FORMAT = 1;
const MAGIC = 'CTSH';
const LENGTH_BYTES = 4;

const headerSchema = z.object({
  format: z.literal(FORMAT),
  source: z.string(),
  year: z.int().min(1).max(9999),
  rows: z.int().min(0),
  segments: z.int().min(0),
});

type Column = Uint8Array | Uint16Array | Uint32Array;

/**
 * A shard as one file: `CTSH`, length of the header, the header as JSON, then the columns byte by byte of significance
 * (all low bytes of a column, then all higher ones), which packs better. Days stand as steps within their segment.
 */
export function writeShard(shard: Shard): Uint8Array {
  const { source, year, rows, jurisdictions } = shard;
  const segments = jurisdictions.length;
  const header = new TextEncoder().encode(JSON.stringify({ format: FORMAT, source, year, rows, segments }));
  const columns: readonly Column[] = [
    jurisdictions,
    shard.categories,
    lengthsOf(shard.starts),
    stepsOf(shard),
    shard.kinds,
    shard.victims,
    shard.suspects,
    hoursOf(shard),
    shard.places,
  ];
  const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const file = new Uint8Array(MAGIC.length + LENGTH_BYTES + header.length + bytes);
  file.set(new TextEncoder().encode(MAGIC));
  new DataView(file.buffer).setUint32(MAGIC.length, header.length, true);
  file.set(header, MAGIC.length + LENGTH_BYTES);
  let at = MAGIC.length + LENGTH_BYTES + header.length;
  for (const column of columns) {
    for (let byte = 0; byte < column.BYTES_PER_ELEMENT; byte += 1) {
      for (let row = 0; row < column.length; row += 1)
        file[at + row] = ((column[row] ?? 0) >>> (8 * byte)) & 0xff;
      at += column.length;
    }
  }
  return file;
}

/** Reads what `writeShard` wrote. Throws `shard-damaged` for anything else. */
export function readShard(file: Uint8Array): Shard {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = MAGIC.length + LENGTH_BYTES;
  if (file.length < start || new TextDecoder().decode(file.subarray(0, MAGIC.length)) !== MAGIC)
    throw damaged();
  const headerLength = view.getUint32(MAGIC.length, true);
  if (headerLength > file.length - start) throw damaged();
  const { source, year, rows, segments } = parseHeader(file.subarray(start, start + headerLength));
  let at = start + headerLength;
  const read = <Kind extends Column>(column: Kind): Kind => {
    if (at + column.byteLength > file.length) throw damaged();
    for (let byte = 0; byte < column.BYTES_PER_ELEMENT; byte += 1) {
      for (let row = 0; row < column.length; row += 1) {
        column[row] = ((column[row] ?? 0) | ((file[at + row] ?? 0) << (8 * byte))) >>> 0;
      }
      at += column.length;
    }
    return column;
  };
  if (segments > rows || rows > file.length) throw damaged();
  const jurisdictions = read(new Uint16Array(segments));
  const categories = read(new Uint8Array(segments));
  const starts = startsOf(read(new Uint32Array(segments)));
  if (starts[segments] !== rows) throw damaged();
  const days = daysOf(read(new Uint16Array(rows)), starts);
  const kinds = read(new Uint16Array(rows));
  const victims = read(new Uint16Array(rows));
  const suspects = read(new Uint16Array(rows));
  const hours = read(new Uint8Array(rows));
  const places = read(new Uint32Array(rows));
  if (at !== file.length) throw damaged();
  return completeShard(
    { source, year, rows, jurisdictions, categories, starts, days, kinds, victims, suspects, places },
    hours,
  );
}

function parseHeader(bytes: Uint8Array): z.output<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): CrimeTrackerError {
  return new CrimeTrackerError('A file of counts is damaged or of another version.', {
    code: 'shard-damaged',
    exitCode: EXIT_CODES.usage,
    hint: 'Remove the folder `dashboard` of the snapshot, or make the site again.',
    cause,
  });
}

const lengthsOf = (starts: Uint32Array): Uint32Array =>
  starts.slice(0, -1).map((start, segment) => (starts[segment + 1] ?? 0) - start);

function startsOf(lengths: Uint32Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (const [segment, length] of lengths.entries()) starts[segment + 1] = (starts[segment] ?? 0) + length;
  return starts;
}

function stepsOf({ days, starts }: Shard): Uint16Array {
  const steps = days.slice();
  for (let segment = 0; segment + 1 < starts.length; segment += 1) {
    for (let row = (starts[segment + 1] ?? 0) - 1; row > (starts[segment] ?? 0); row -= 1) {
      steps[row] = (days[row] ?? 0) - (days[row - 1] ?? 0);
    }
  }
  return steps;
}

function daysOf(steps: Uint16Array, starts: Uint32Array): Uint16Array {
  for (let segment = 0; segment + 1 < starts.length; segment += 1) {
    for (let row = (starts[segment] ?? 0) + 1; row < (starts[segment + 1] ?? 0); row += 1) {
      steps[row] = (steps[row] ?? 0) + (steps[row - 1] ?? 0);
    }
  }
  return steps;
}
