import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const pack = promisify(gzip);
/** Less than this is not worth packing. */
const LEAST_PACKED = 1_400;

/** Bytes to answer with, packed once when first asked for so, and their tag. */
export class Packable {
  readonly body: Buffer;
  readonly #level: number;
  #packed: Promise<Buffer> | undefined;
  #tag: string | undefined;

  /** @param level of gzip: 1 is quick, 9 packs best */
  constructor(body: Buffer, level = 1) {
    this.body = body;
    this.#level = level;
  }

  /** Memory that it takes, at most nearly. */
  get bytes(): number {
    return this.body.length;
  }

  get isWorthPacking(): boolean {
    return this.body.length >= LEAST_PACKED;
  }

  /** Entity tag of the bytes. */
  get tag(): string {
    this.#tag ??= createHash('sha256').update(this.body).digest('base64url').slice(0, 22);
    return this.#tag;
  }

  packed(): Promise<Buffer> {
    this.#packed ??= pack(this.body, { level: this.#level });
    return this.#packed;
  }
}
