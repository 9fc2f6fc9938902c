import { useEffect, useState } from 'preact/hooks';
import type { CityAnswers } from '../documents.js';
import { loadDocument } from '../load.js';
import { catalogue } from '../store.js';

/** Answers of cities by source, as they arrive; null for those that could not be loaded. */
export function useAnswers(sources: readonly string[]): Readonly<Record<string, CityAnswers | null>> {
  const [answers, setAnswers] = useState<Readonly<Record<string, CityAnswers | null>>>({});
  const snapshot = catalogue.value?.snapshot;
  const names = sources.join();
  useEffect(() => {
    let isGone = false;
    for (const source of names === '' ? [] : names.split(',')) {
      const keep = (one: CityAnswers | null): void => {
        if (!isGone) setAnswers((before) => ({ ...before, [source]: one }));
      };
      loadDocument<CityAnswers>(`answers-${source}.json`).then(keep, () => keep(null));
    }
    return () => {
      isGone = true;
    };
  }, [names, snapshot]);
  return answers;
}
