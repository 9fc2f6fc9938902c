import type { Heap, TimeProfile } from './profile-schema.js';

const MINUTES = 1440;
const TOP_TIMES = 10;
/** Above this the heaping index calls a minute heaped. */
export const HEAPED = 3;

/**
 * Heaping index of one place on a circle of counts: its count ÷ the mean count of the places 5 to 30 away in
 * both directions. Null when those are all empty.
 */
export function heapingIndex(counts: readonly number[], at: number): number | null {
  const places = new Set<number>();
  for (let distance = 5; distance <= 30; distance += 1) {
    places.add((at + distance) % counts.length);
    places.add((at - distance + counts.length) % counts.length);
  }
  let sum = 0;
  for (const place of places) sum += counts[place] ?? 0;
  return sum === 0 ? null : ((counts[at] ?? 0) * places.size) / sum;
}

/** Profiles the times of day: `minutes` are the counts of the 1,440 minutes. */
export function profileTimes(minutes: readonly number[], unreadable: number, at24: number): TimeProfile {
  const records = minutes.reduce((sum, n) => sum + n, 0);
  const ofHour = Array.from({ length: 60 }, (_, minute) => {
    let sum = 0;
    for (let at = minute; at < MINUTES; at += 60) sum += minutes[at] ?? 0;
    return sum;
  });
  const minuteHeap = (at: number): Heap =>
    heapOf(timeText(at), minutes[at] ?? 0, records, 1 / MINUTES, heapingIndex(minutes, at));
  const classHeap = (minute: number): Heap =>
    heapOf(`:${two(minute)}`, ofHour[minute] ?? 0, records, 1 / 60, heapingIndex(ofHour, minute));
  const ranked = minutes
    .map((n, at) => ({ n, at }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n || a.at - b.at);
  return {
    records,
    unreadable,
    at_24: at24,
    minutes: [...minutes],
    top: ranked.slice(0, TOP_TIMES).map(({ at }) => minuteHeap(at)),
    heaps: [classHeap(0), classHeap(30), minuteHeap(12 * 60), minuteHeap(0), minuteHeap(1)],
  };
}

/** A count beside what an even spread would give. */
export function heapOf(
  what: string,
  records: number,
  total: number,
  expected: number,
  index: number | null,
): Heap {
  const share = total === 0 ? 0 : records / total;
  return {
    what,
    records,
    share,
    expected,
    ratio: total === 0 ? null : share / expected,
    index: total === 0 ? null : index,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

export function timeText(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
