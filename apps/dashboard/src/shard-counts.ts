import type { CountSource } from './count-source.js';
import type { Catalogue } from './documents.js';

/** Counts in a worker of the page. */
export function shardCounts(_catalogue: Catalogue): CountSource {
  return {
    count: () => Promise.reject(new Error('Not yet there.')),
  };
}
