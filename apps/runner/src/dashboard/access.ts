import { createHash, timingSafeEqual } from 'node:crypto';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;
const COOKIE = 'crimetracker_token';
const LEAST_TOKEN = 12;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Who may read: everyone on this machine, or whoever has the token. */
export class Access {
  readonly #host: string;
  readonly #token: Buffer | undefined;

  /** Without a token only a loopback address may be served. Throws `token-too-short`. */
  constructor(host: string, token: string | undefined) {
    if (token !== undefined && token.length < LEAST_TOKEN) {
      throw new CrimeTrackerError(`--token is shorter than ${LEAST_TOKEN} characters.`, {
        code: 'token-too-short',
        exitCode: EXIT_CODES.usage,
        hint: 'Leave it out and one is made.',
      });
    }
    this.#host = host;
    this.#token = token === undefined ? undefined : digest(token);
  }

  /**
   * Whether a page of another site may have sent the request: its name for this machine is then not one of ours
   * (DNS rebinding). Without a loopback address any name may be right, and the token decides.
   */
  isForeignHost(header: string | undefined): boolean {
    if (!isLoopback(this.#host)) return false;
    return header === undefined || !isLoopback(header.replace(/:\d+$/, ''));
  }

  /** Whether a cookie or a token of the address is the right one; always without a token. */
  admits({
    cookie,
    token,
  }: {
    readonly cookie: string | undefined;
    readonly token: string | undefined;
  }): boolean {
    if (this.#token === undefined) return true;
    const given = token ?? new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(cookie ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), this.#token);
  }

  cookie(token: string): string {
    return `${COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
