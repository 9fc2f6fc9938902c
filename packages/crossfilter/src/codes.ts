import type { ValueDimension } from './dimensions.js';
import { VALUE_DIMENSIONS } from './dimensions.js';

/** Columns whose values stand together in one number of a row, so that one histogram counts all of them. */
export interface CodeGroup {
  readonly dimensions: readonly ValueDimension[];
  /** How many codes there are: the product of the numbers of values. */
  readonly size: number;
  /** What one step of each dimension adds to the code. */
  readonly strides: readonly number[];
}

function groupOf(dimensions: readonly ValueDimension[]): CodeGroup {
  const strides: number[] = [];
  let size = 1;
  for (const name of [...dimensions].reverse()) {
    strides.unshift(size);
    size *= VALUE_DIMENSIONS[name].values.length;
  }
  return { dimensions, size, strides };
}

/** Law class, weapon, location and arrest: 4,032 codes. */
export const KIND = groupOf(['law_class', 'weapon_category', 'location_category', 'arrest_made']);
/** Age, sex and race group of the victim, and of the suspect: 280 codes each. */
export const VICTIM = groupOf(['victim_age', 'victim_sex', 'victim_race_group']);
export const SUSPECT = groupOf(['suspect_age', 'suspect_sex', 'suspect_race_group']);
export const CODE_GROUPS = [KIND, VICTIM, SUSPECT] as const;

const placesOfValues = new Map<ValueDimension, Uint8Array>();

/** Of each code of a group, the place of its value of one dimension. */
export function valuePlaces(group: CodeGroup, dimension: ValueDimension): Uint8Array {
  const known = placesOfValues.get(dimension);
  if (known !== undefined) return known;
  const stride = group.strides[group.dimensions.indexOf(dimension)] ?? 1;
  const count = VALUE_DIMENSIONS[dimension].values.length;
  const places = Uint8Array.from({ length: group.size }, (_, code) => Math.floor(code / stride) % count);
  placesOfValues.set(dimension, places);
  return places;
}

/** Hours 0 to 23, and 24 for an incident without a time. */
export const HOURS = 25;
export const NO_TIME = 24;
/** The place of an incident that is in no cell. */
export const NO_PLACE = 0xffff_ffff;
