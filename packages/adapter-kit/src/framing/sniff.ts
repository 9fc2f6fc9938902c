import type { ByteSource, Compression, ReadWatch } from './byte-source.js';
import { DeliveredFile, GunzippedFile } from './byte-source.js';
import type { Encoding } from './decode.js';
import { encodingOfMark, utf16WithoutMark } from './decode.js';
import { rawFileError } from './raw-file-errors.js';

/** What the first bytes of a file say. */
export interface Sniffed {
  readonly compression: Compression;
  /** `utf-8` until a byte proves otherwise. */
  readonly encoding: Encoding;
  /** Length of the byte order mark once the text is UTF-8. */
  readonly markBytes: number;
}

const HEAD_BYTES = 4096;

const FOREIGN: readonly {
  readonly starts: readonly (string | readonly number[])[];
  readonly kind: string;
  readonly hint: string;
}[] = [
  {
    starts: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'],
    kind: 'a ZIP archive or an Excel workbook',
    hint: 'Unzip it and give the CSV file inside; save a workbook as "CSV UTF-8".',
  },
  { starts: [[0xd0, 0xcf, 0x11, 0xe0]], kind: 'an old Excel workbook', hint: 'Save it as "CSV UTF-8".' },
  { starts: ['PAR1'], kind: 'a Parquet file', hint: 'Give the CSV file the portal publishes.' },
  {
    starts: ['BZh', [0xfd, 0x37, 0x7a, 0x58, 0x5a], [0x28, 0xb5, 0x2f, 0xfd], [0x37, 0x7a, 0xbc, 0xaf]],
    kind: 'an archive',
    hint: 'Decompress it first; only gzip is read directly.',
  },
  { starts: ['%PDF'], kind: 'a PDF document', hint: 'Give the CSV file the portal publishes.' },
  {
    starts: ['<!doctype', '<html', '<?xml'],
    kind: 'a web page',
    hint: 'The download may have ended on an error or login page; open the address in a browser.',
  },
  {
    starts: ['{"', '[{', '{\n', '[\n'],
    kind: 'JSON',
    hint: 'Download the CSV export; a portal also answers with JSON when a request fails.',
  },
];

/**
 * Looks at the first bytes of a file. Throws `raw-file-not-csv` for other kinds of file, and the errors of
 * opening and decompressing.
 */
export async function sniff(path: string, name: string, watch: ReadWatch): Promise<Sniffed> {
  const delivered = await readHead(await DeliveredFile.open(path, name, watch));
  const compression = delivered[0] === 0x1f && delivered[1] === 0x8b ? 'gzip' : 'none';
  const head =
    compression === 'none'
      ? delivered
      : await readHead(new GunzippedFile(await DeliveredFile.open(path, name, watch), name));
  const start = head.toString('latin1', 0, 64).trimStart().toLowerCase();
  for (const { starts, kind, hint } of FOREIGN) {
    const matches = starts.some((sign) =>
      start.startsWith((typeof sign === 'string' ? sign : String.fromCharCode(...sign)).toLowerCase()),
    );
    if (matches) throw rawFileError('raw-file-not-csv', `${name} is ${kind}, not CSV.`, { file: name, hint });
  }
  if (head.toString('latin1', 257, 262) === 'ustar') {
    throw rawFileError('raw-file-not-csv', `${name} is a tar archive, not CSV.`, {
      file: name,
      hint: 'Unpack it and give the CSV files inside.',
    });
  }
  const mark = encodingOfMark(head);
  return {
    compression,
    encoding: mark ?? utf16WithoutMark(head) ?? 'utf-8',
    markBytes: mark === null ? 0 : 3,
  };
}

async function readHead(source: ByteSource): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  let filled = 0;
  try {
    while (filled < HEAD_BYTES) {
      const bytes = await source.read(head.subarray(filled));
      if (bytes === 0) break;
      filled += bytes;
    }
  } finally {
    await source.close();
  }
  return head.subarray(0, filled);
}
