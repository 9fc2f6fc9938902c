import type { Compression } from './byte-source.js';
import type { Encoding } from './decode.js';

export type Delimiter = ',' | '\t' | ';' | '|';

/** A raw file after its first reading: what it is, how many records it holds, and where they can be read. */
export interface PreparedFile {
  /** Of the bytes as delivered: the compressed ones for gzip. */
  readonly sha256: string;
  /** As delivered. */
  readonly bytes: number;
  readonly compression: Compression;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** Column names as published, without byte order mark. */
  readonly header: readonly string[];
  /** Every record after the header: well-formed and malformed. */
  readonly records: number;
  readonly malformed: number;
  /**
   * The well-formed records as UTF-8 CSV with one header line. Either the original file, which then holds
   * nothing else, or a copy: comma separated, LF, with the record number in a first column `raw_record`.
   */
  readonly csv: {
    readonly path: string;
    readonly delimiter: string;
    readonly recordNumberFirst: boolean;
    /**
     * Some field holds CR or LF. Then a reader that splits the file may take a line of a field for a record, and
     * does: DuckDB 1.5.6 needs `parallel = false`. Even without, compare the number of records it reads with
     * `records - malformed`: where it splits the file inside a field with a comma beside a quote (NYPD publishes
     * `"LARCENY,PETIT FROM OPEN AREAS,"`), it stops with an error or, rarely, loses a record.
     */
    readonly lineEndsInFields: boolean;
  };
  /**
   * CSV of the malformed records, or null when there are none: raw_record, byte_offset, byte_length, reason,
   * raw_text (the first 2,000 characters, NUL shown as U+2400). Offsets and lengths, without the line end, count
   * the decompressed bytes; for UTF-16 they count the text rewritten as UTF-8, its byte order mark included.
   */
  readonly malformedPath: string | null;
}
