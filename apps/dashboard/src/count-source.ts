import type { CityCounts, CountRequest } from '@crimetracker/crossfilter';
import { filtersToQuery } from '@crimetracker/crossfilter';

/** Who counts: the server, or shards in a worker of the page. */
export interface CountSource {
  /** Counts of every city that the filters let through. Rejects with an Error whose message the page shows. */
  count(request: CountRequest, signal: AbortSignal): Promise<readonly CityCounts[]>;
}

/** The snapshot that is shown is not served any more, because there is a newer one. */
export class SnapshotReplaced extends Error {
  constructor() {
    super('There are newer data; they are being loaded.');
    this.name = 'SnapshotReplaced';
  }
}

const GONE = 410;
const BUSY = 503;
const MOST_TRIES = 3;
const WAIT_MS = 700;

/** An answer of the server of this page; tells apart that there is no connection and that the snapshot is gone. */
export async function askServer(address: string, init?: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch (error) {
    if (init?.signal?.aborted === true) throw error;
    throw new Error('The server cannot be reached.');
  }
  if (answer.status === GONE) throw new SnapshotReplaced();
  return answer;
}

/** Asks the server that delivered the page. */
export function serverCounts(snapshot: string): CountSource {
  return {
    async count({ filters, resolution }, signal) {
      const query = filtersToQuery(filters);
      if (resolution !== undefined) query.set('resolution', String(resolution));
      const address = `api/${snapshot}/counts?${query}`;
      let answer = await askServer(address, { signal });
      for (let tries = 1; answer.status === BUSY && tries < MOST_TRIES; tries += 1) {
        await new Promise((done) => setTimeout(done, tries * WAIT_MS));
        answer = await askServer(address, { signal });
      }
      const body = (await answer.json().catch(() => ({}))) as {
        counts?: readonly CityCounts[];
        error?: string;
        hint?: string;
      };
      if (!answer.ok || body.counts === undefined)
        throw new Error(
          [body.error ?? `The server answered ${answer.status}.`, body.hint ?? ''].join(' ').trim(),
        );
      return body.counts;
    },
  };
}
