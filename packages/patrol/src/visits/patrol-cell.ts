import { cellToLatLng, greatCircleDistance, UNITS } from 'h3-js';
import type { VisitRules } from './visit-pace.js';

/** A cell to visit. */
export interface PatrolCell {
  /** H3 index. */
  readonly h3: string;
  /** Expected harm that a unit there covers. */
  readonly benefit: number;
  /** Centre of the cell, degrees. */
  readonly latitude: number;
  readonly longitude: number;
}

/** A cell with its centre. */
export function patrolCell(h3: string, benefit: number): PatrolCell {
  const [latitude, longitude] = cellToLatLng(h3);
  return { h3, benefit, latitude, longitude };
}

/** Whole minutes from the centre of one cell to that of another: the straight line × detour, at the speed of the rules. */
export function travelMinutes(
  from: PatrolCell,
  to: PatrolCell,
  { speedKmh, detour }: Pick<VisitRules, 'speedKmh' | 'detour'>,
): number {
  const km = greatCircleDistance([from.latitude, from.longitude], [to.latitude, to.longitude], UNITS.km);
  return Math.ceil((km * detour * 60) / speedKmh);
}
