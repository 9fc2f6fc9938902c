import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setUpCity } from './city-setup.js';
import type { CityStream, VintageId } from './city-stream.js';
import { lapdStream, nypdStream, VINTAGES } from './city-stream.js';
import { GenerationError } from './errors.js';
import { RecordFile } from './record-file.js';

export interface WriteVintageOptions {
  /** Path of the file to write; an existing file is replaced. */
  readonly path: string;
  readonly vintage: VintageId;
  readonly rows: number;
  /** Same seed, rows and years: the same incidents, whatever the vintage of the city. */
  readonly seed: number;
  readonly years?: readonly [number, number];
}

/** Writes one clean file in one vintage of its city; returns its size, records and sha256. */
export async function writeVintage(options: WriteVintageOptions): Promise<{
  readonly path: string;
  readonly records: number;
  readonly bytes: number;
  readonly sha256: string;
}> {
  const { path, vintage, rows, seed, years = [2010, 2023] } = options;
  if (!VINTAGES.includes(vintage)) {
    throw new GenerationError(
      'synthetic-vintage',
      `There is no vintage ${vintage}.`,
      `One of ${VINTAGES.join(', ')}.`,
    );
  }
  const city = vintage.startsWith('nypd') ? 'nypd' : 'lapd';
  const setup = setUpCity({ city, seed, years });
  await mkdir(dirname(path), { recursive: true });
  return city === 'nypd'
    ? write(nypdStream(setup, rows), path, vintage)
    : write(lapdStream(setup, rows), path, vintage);
}

async function write<Incident>(
  stream: CityStream<Incident>,
  path: string,
  id: VintageId,
): Promise<{ path: string; records: number; bytes: number; sha256: string }> {
  const vintage = stream.vintage(id);
  const file = await RecordFile.create(dirname(path), basename(path), vintage, 1 << 20);
  try {
    while (stream.next()) {
      file.append(vintage, stream.incident);
      if (file.isFull) await file.flush();
    }
    const sha256 = await file.finish();
    return { path, records: file.records, bytes: file.bytes, sha256 };
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}
