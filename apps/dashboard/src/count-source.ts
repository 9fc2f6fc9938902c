import type { CityCounts, CountRequest } from '@crimetracker/crossfilter';
import { filtersToQuery } from '@crimetracker/crossfilter';

/** Who counts: the server, or shards in a worker of the page. */
export interface CountSource {
  /** Counts of every city that the filters let through. Rejects with an Error whose message the page shows. */
  count(request: CountRequest, signal: AbortSignal): Promise<readonly CityCounts[]>;
}

/** Asks the server that delivered the page. */
export function serverCounts(snapshot: string): CountSource {
  return {
    async count({ filters, resolution }, signal) {
      const query = filtersToQuery(filters);
      if (resolution !== undefined) query.set('resolution', String(resolution));
      const answer = await fetch(`api/${snapshot}/counts?${query}`, { signal });
      const body = (await answer.json()) as { counts?: readonly CityCounts[]; error?: string };
      if (!answer.ok || body.counts === undefined)
        throw new Error(body.error ?? `The server answered ${answer.status}.`);
      return body.counts;
    },
  };
}
