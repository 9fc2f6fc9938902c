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
     * True when a reader may start at any line and meet the same records. False when a quoted field holds a line
     * end, or a comma beside a quote (`",x"`, `"a"",b"`): DuckDB 1.5.6 then takes parts of fields for records
     * where it splits the file, which ends in an error or, rarely, in a record lost; it needs `parallel=false`.
     */
    readonly splittable: boolean;
  };
  /**
   * CSV of the malformed records, or null when there are none: raw_record, byte_offset, byte_length, reason,
   * raw_text (the first 2,000 characters, NUL shown as U+2400). Offsets and lengths, without the line end, count
   * the decompressed bytes; for UTF-16 they count the text rewritten as UTF-8, its byte order mark included.
   */
  readonly malformedPath: string | null;
}
