import type { LegendEntry } from '../report.js';

/** Colours of the page, each with what it is where there is no page. Blue and orange stay apart for every kind of sight. */
export const COLOURS = {
  ink: 'currentColor',
  soft: 'var(--soft,#5a6675)',
  accent: 'var(--accent,#1f5fae)',
  mark: 'var(--mark,#c2571a)',
  band: 'var(--band,#bcd3ee)',
  hot: 'var(--mark,#c2571a)',
  cold: 'var(--accent,#1f5fae)',
  ground: 'var(--tint,#eef1f4)',
} as const;

/** Light to dark on paper; the page turns it round in the dark. */
export const RAMP = [
  'var(--s0,#e6eef7)',
  'var(--s1,#c3d7ec)',
  'var(--s2,#8fb6dd)',
  'var(--s3,#5590c9)',
  'var(--s4,#2a67ab)',
  'var(--s5,#123c73)',
] as const;

/** The place of a value on the ramp between the limits. */
export function rampPlace(value: number, least: number, most: number): number {
  if (!(most > least)) return 0;
  return Math.max(0, Math.min(RAMP.length - 1, Math.floor(((value - least) / (most - least)) * RAMP.length)));
}

export function legendEntry(
  label: string,
  colour: string,
  shape: LegendEntry['shape'] = 'area',
): LegendEntry {
  return { label, colour, shape };
}
