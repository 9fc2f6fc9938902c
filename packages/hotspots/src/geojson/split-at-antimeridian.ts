import { requireArgument } from '@crimetracker/analysis-kit';
import type { Polygon, Position, Ring } from './multi-polygon.js';
import { OutlineIndex } from './outline-index.js';
import { ringAreaKm2 } from './ring-area.js';

/**
 * A polygon as RFC 7946 (3.1.1, 3.1.6, 3.1.9) wants it: outer ring anticlockwise, holes clockwise, cut where it crosses
 * the antimeridian. A side of more than 180° is one that goes the short way, over the antimeridian. Rings around a
 * pole throw InvalidArgumentError.
 */
export function splitAtAntimeridian(polygon: Polygon): readonly Polygon[] {
  requireArgument(!polygon.some(isAroundPole), 'splitAtAntimeridian', 'a ring does not go around a pole');
  const rings = polygon.map((ring, place) => turn(unwrap(ring), place === 0));
  const outer = rings[0] ?? [];
  const turned = [outer, ...rings.slice(1).map((hole) => shift(hole, turnsBetween(outer, hole)))];
  const seam = highest(outer) > 180 ? 180 : lowest(outer) < -180 ? -180 : undefined;
  if (seam === undefined) return [turned];
  const onWest = keepWestOf(turned, seam);
  const onEast = keepWestOf(
    turned.map((ring) => mirror(ring, seam)),
    seam,
  ).map((part) => part.map((ring) => mirror(ring, seam)));
  return seam === 180
    ? [...onWest, ...onEast.map((part) => part.map((ring) => shift(ring, -360)))]
    : [...onWest.map((part) => part.map((ring) => shift(ring, 360))), ...onEast];
}

/** Whether a ring runs once around the Earth, so that longitudes do not say what is inside. */
export function isAroundPole(ring: Ring): boolean {
  const unwrapped = unwrap(ring);
  return unwrapped.at(-1)?.[0] !== unwrapped[0]?.[0];
}

/** Longitudes that go on beyond 180 where the ring crosses the antimeridian. */
function unwrap(ring: Ring): Ring {
  let before = ring[0]?.[0] ?? 0;
  return ring.map(([lon, lat]): Position => {
    before = lon + 360 * Math.round((before - lon) / 360);
    return [before, lat];
  });
}

function turn(ring: Ring, isOuter: boolean): Ring {
  return ringAreaKm2(ring) >= 0 === isOuter ? ring : ring.toReversed();
}

function shift(ring: Ring, degrees: number): Ring {
  return degrees === 0 ? ring : ring.map(([lon, lat]): Position => [lon + degrees, lat]);
}

/** The ring on the other side of the seam, running the other way so that its inside stays on the left. */
function mirror(ring: Ring, seam: number): Ring {
  return ring.map(([lon, lat]): Position => [2 * seam - lon, lat]).toReversed();
}

function lowest(ring: Ring): number {
  return ring.reduce((west, [lon]) => Math.min(west, lon), Number.POSITIVE_INFINITY);
}

function highest(ring: Ring): number {
  return ring.reduce((east, [lon]) => Math.max(east, lon), Number.NEGATIVE_INFINITY);
}

function middleLongitude(ring: Ring): number {
  return (lowest(ring) + highest(ring)) / 2;
}

/** The whole turns, in degrees, that bring a hole's longitudes to those of its outer ring. */
function turnsBetween(outer: Ring, hole: Ring): number {
  return 360 * Math.round((middleLongitude(outer) - middleLongitude(hole)) / 360);
}

/** A part of a ring west of the seam, from the seam to the seam. */
interface Chain {
  readonly points: readonly Position[];
  readonly entry: number;
  readonly exit: number;
}

/** What of a polygon lies west of a seam, as polygons; the seam becomes their side. */
function keepWestOf(rings: readonly Ring[], seam: number): readonly Polygon[] {
  const chains: Chain[] = [];
  const whole: Ring[] = [];
  for (const ring of rings) {
    if (highest(ring) <= seam) whole.push(ring);
    else chains.push(...chainsWestOf(ring, seam));
  }
  const outers = [...whole.filter((ring) => ringAreaKm2(ring) > 0), ...joinChains(chains)];
  const holes = whole.filter((ring) => ringAreaKm2(ring) < 0);
  return outers.map((outer) => {
    const index = new OutlineIndex({ type: 'MultiPolygon', coordinates: [[outer]] });
    return [outer, ...holes.filter((hole) => hole.some(([lon, lat]) => index.contains(lon, lat)))];
  });
}

function chainsWestOf(ring: Ring, seam: number): readonly Chain[] {
  const sides = ring.slice(1).map((to, place) => ({ from: ring[place] ?? to, to }));
  const start = sides.findIndex(({ from, to }) => from[0] >= seam && to[0] < seam);
  if (start < 0) return [];
  const chains: Chain[] = [];
  let points: Position[] = [];
  for (const { from, to } of [...sides.slice(start), ...sides.slice(0, start)]) {
    const isFromWest = from[0] < seam;
    const isToWest = to[0] < seam;
    if (isFromWest !== isToWest) {
      const share = (seam - from[0]) / (to[0] - from[0]);
      points.push([seam, from[1] + share * (to[1] - from[1])]);
    }
    if (isToWest) points.push(to);
    else if (points.length > 0) {
      chains.push({ points, entry: points[0]?.[1] ?? 0, exit: points.at(-1)?.[1] ?? 0 });
      points = [];
    }
  }
  return chains;
}

/** From where a chain leaves, its inside on the left, the side runs north along the seam to the next that comes in. */
function joinChains(chains: readonly Chain[]): readonly Ring[] {
  const northwards = chains.toSorted((a, b) => a.entry - b.entry);
  const left = new Set(northwards);
  const rings: Ring[] = [];
  for (const first of northwards) {
    if (!left.has(first)) continue;
    const joined: (readonly Position[])[] = [];
    for (let chain: Chain | undefined = first; chain !== undefined && left.delete(chain); ) {
      joined.push(chain.points);
      const { exit }: Chain = chain;
      chain = northwards.find(({ entry }) => entry >= exit);
    }
    const points = joined.flat();
    const distinct = points.filter(
      ([lon, lat], place) => lon !== points[place - 1]?.[0] || lat !== points[place - 1]?.[1],
    );
    const ring = [...distinct, ...distinct.slice(0, 1)];
    if (ringAreaKm2(ring) > 0) rings.push(ring);
  }
  return rings;
}
