import { createHash, timingSafeEqual } from 'node:crypto';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|(?:::ffff:)127(?:\.\d{1,3}){3})$/i;
const COOKIE = 'crimetracker_token';
/** What stands in an address and in a cookie as it is. */
const TOKEN = /^[\w.~-]{16,200}$/;

/** Whether an address or a name is that of this machine for itself. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Who may read: everyone on this machine, or whoever has the token. */
export class Access {
  readonly #host: string;
  readonly #token: Buffer | undefined;

  /** Any host but a loopback address needs a token. Throws `token-missing` or `token-weak`. */
  constructor(host: string, token: string | undefined) {
    if (token === undefined && !isLoopback(host)) {
      throw new CrimeTrackerError(`${host} is seen by others, so a token is needed.`, {
        code: 'token-missing',
        exitCode: EXIT_CODES.usage,
        hint: 'Give --token, or serve on 127.0.0.1.',
      });
    }
    if (token !== undefined && !TOKEN.test(token)) {
      throw new CrimeTrackerError('--token is not a token.', {
        code: 'token-weak',
        exitCode: EXIT_CODES.usage,
        hint: 'It has 16 to 200 letters, digits and signs of - . _ ~; leave it out for another host and one is made.',
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

  get needsToken(): boolean {
    return this.#token !== undefined;
  }

  /** Whether the token of the address, of the Authorization header or of the cookie is the right one. */
  admits(given: {
    readonly token: string | undefined;
    readonly authorization: string | undefined;
    readonly cookie: string | undefined;
  }): boolean {
    if (this.#token === undefined) return true;
    const bearer = /^Bearer (.+)$/.exec(given.authorization ?? '')?.[1];
    const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(given.cookie ?? '')?.[1];
    const shown = given.token ?? bearer ?? cookie;
    return shown !== undefined && timingSafeEqual(digest(shown), this.#token);
  }

  /** The cookie that stands for a token that was admitted. */
  cookie(token: string): string {
    return `${COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
