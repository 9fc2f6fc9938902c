import { MS_PER_MINUTE, Random } from '@crimetracker/analysis-kit';
import type { DutyShift } from './duty-shifts.js';
import type { PatrolCell } from './patrol-cell.js';
import { travelMinutes } from './patrol-cell.js';
import type { VisitRules } from './visit-pace.js';
import { visitRules } from './visit-pace.js';

export interface Visit {
  readonly cell: PatrolCell;
  /** Instants, milliseconds since 1970-01-01 UTC. */
  readonly startMs: number;
  readonly endMs: number;
  readonly minutes: number;
  /** Minutes on the way, right before the visit. */
  readonly travelMinutes: number;
}

export interface VisitPlan {
  readonly visits: readonly Visit[];
  /** Minutes within which each cell is visited anew; undefined when there are too many cells for the time asked for. */
  readonly revisitMinutes: number | undefined;
  /** When nothing is planned so that the unit can eat; undefined when the shift is too short for it. */
  readonly meal: { readonly startMs: number; readonly endMs: number } | undefined;
}

/** The shift cut into equal slots with one visit each; times in minutes from its start. */
interface Slots {
  readonly count: number;
  readonly length: number;
  /** A visit sets off up to so many minutes after its slot begins. */
  readonly jitter: number;
  /** Every cell is visited in any so many slots in a row; infinite when there are too many cells for that. */
  readonly window: number;
  /** The slot before which the meal is. */
  readonly mealBefore: number;
  readonly mealMinutes: number;
}

/**
 * Plans the stops of a unit in one shift at its cells.
 *
 * Stops are 10 to 16 minutes long (drawn) and spread over the shift with gaps for calls; ways are straight lines × detour
 * at a speed, and the way to the first is not counted. Each cell is visited at least every two hours where the time for
 * visits allows it, otherwise all are visited in proportion to benefit. Within that the order and the times are drawn
 * from a random stream of the unit and the date: no two days are alike, and the same seed gives the same plan.
 * No cells, or a shift shorter than one stop: no visits.
 * Source: Koper (1995), "Just enough police presence: reducing crime and disorderly behavior by optimizing patrol time in
 * crime hot spots", Justice Quarterly 12, 649–672.
 */
export function planVisits(
  shift: DutyShift,
  cells: readonly PatrolCell[],
  options: { readonly seed: number; readonly rules?: Partial<VisitRules> },
): VisitPlan {
  const rules = visitRules(options.rules);
  const random = new Random(options.seed, `visits/${shift.unit}/${shift.date}`);
  const shiftMinutes = Math.floor((shift.endMs - shift.startMs) / MS_PER_MINUTE);
  const slots = layOutSlots(cells, shiftMinutes, rules, random);
  const order = drawOrder(cells, slots, random);
  const visits: Visit[] = [];
  let here: PatrolCell | undefined;
  for (const [slot, cell] of order.entries()) {
    const minutes = rules.leastMinutes + random.below(rules.mostMinutes - rules.leastMinutes + 1);
    const way = here === undefined ? 0 : travelMinutes(here, cell, rules);
    const start = slotStart(slots, slot) + random.below(slots.jitter + 1) + way;
    visits.push({
      cell,
      startMs: shift.startMs + start * MS_PER_MINUTE,
      endMs: shift.startMs + (start + minutes) * MS_PER_MINUTE,
      minutes,
      travelMinutes: way,
    });
    here = cell;
  }
  const mealStart = shift.startMs + (slotStart(slots, slots.mealBefore) - slots.mealMinutes) * MS_PER_MINUTE;
  return {
    visits,
    revisitMinutes: visits.length > 0 && Number.isFinite(slots.window) ? rules.revisitMinutes : undefined,
    meal:
      slots.mealMinutes === 0
        ? undefined
        : { startMs: mealStart, endMs: mealStart + slots.mealMinutes * MS_PER_MINUTE },
  };
}

function slotStart({ length, mealBefore, mealMinutes }: Slots, slot: number): number {
  return Math.floor(slot * length) + (slot >= mealBefore ? mealMinutes : 0);
}

/**
 * As many slots as the share of the shift gives visits. Between two visits of a cell in slots `window` apart lie at most
 * window × length + meal + jitter + the longest way − the shortest stop; the largest window and then the largest jitter
 * are taken that keep this within the time to revisit.
 */
function layOutSlots(
  cells: readonly PatrolCell[],
  shiftMinutes: number,
  rules: VisitRules,
  random: Random,
): Slots {
  const { leastMinutes, mostMinutes, revisitMinutes, share } = rules;
  const ways = cells.flatMap((from) =>
    cells.filter((to) => to !== from).map((to) => travelMinutes(from, to, rules)),
  );
  const longestWay = Math.max(0, ...ways);
  const meanWay = ways.reduce((sum, way) => sum + way, 0) / Math.max(1, ways.length);
  const mealMinutes =
    shiftMinutes >= rules.mealMinutes + 2 * (mostMinutes + longestWay) ? rules.mealMinutes : 0;
  const working = shiftMinutes - mealMinutes;
  const affordable = Math.floor((share * shiftMinutes) / ((leastMinutes + mostMinutes) / 2 + meanWay));
  const count = Math.min(Math.max(1, affordable), Math.floor(working / (mostMinutes + longestWay + 1)));
  if (cells.length === 0 || count < 1) {
    const mealBefore = mealMinutes === 0 ? 0 : 1;
    return {
      count: 0,
      length: working / 2,
      jitter: 0,
      window: Number.POSITIVE_INFINITY,
      mealBefore,
      mealMinutes,
    };
  }
  const length = working / count;
  const room = Math.floor(length) - mostMinutes - longestWay;
  // One minute is lost where slots begin between minutes.
  const spare = revisitMinutes + leastMinutes - mealMinutes - 1;
  const mostJitter = Math.max(0, room);
  const fits = (window: number): boolean => window * length + longestWay <= spare;
  const isKept = fits(cells.length);
  const window = isKept ? Math.floor((spare - longestWay) / length) : Number.POSITIVE_INFINITY;
  const jitter = isKept ? Math.min(mostJitter, Math.floor(spare - longestWay - window * length)) : mostJitter;
  const mealBefore = Math.max(1, Math.min(count - 1, Math.round(count * (0.4 + 0.2 * random.unit()))));
  return { count, length, jitter, window, mealBefore, mealMinutes };
}

/**
 * One cell for each slot. A cell is drawn in proportion to the visits that its benefit would give it and that it still
 * lacks, among those after which all others can still be visited in time: with the others sorted by the slot in which
 * they must be visited at the latest, the first is visited in the next slot at the latest, the second in the one after,
 * and so on. That holds after every draw again, as a visited cell is last in that row.
 */
function drawOrder(cells: readonly PatrolCell[], slots: Slots, random: Random): readonly PatrolCell[] {
  const total = cells.reduce((sum, { benefit }) => sum + benefit, 0);
  const lacking = cells.map(({ benefit }) => slots.count * (total > 0 ? benefit / total : 1 / cells.length));
  const latest = cells.map(() => slots.window - 1);
  const order: PatrolCell[] = [];
  let before = -1;
  for (let slot = 0; slot < slots.count; slot += 1) {
    const allowed = [...cells.keys()].filter(
      (place) => (place !== before || cells.length === 1) && canWait(latest, place, slot),
    );
    const weights = allowed.map((place) => Math.max(0, lacking[place] ?? 0));
    const place = allowed[drawWeighted(weights, random)] ?? 0;
    const cell = cells[place];
    if (cell === undefined) break;
    order.push(cell);
    lacking[place] = (lacking[place] ?? 0) - 1;
    latest[place] = slot + slots.window;
    before = place;
  }
  return order;
}

/** Whether all cells but one can be visited in time from the next slot on. */
function canWait(latest: readonly number[], place: number, slot: number): boolean {
  return latest
    .filter((_, other) => other !== place)
    .sort((a, b) => a - b)
    .every((last, index) => last >= slot + 1 + index);
}

/** A place drawn in proportion to weights; any when all are 0. */
function drawWeighted(weights: readonly number[], random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return random.below(weights.length);
  let left = random.unit() * total;
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return place;
  }
  return weights.length - 1;
}
