import { Random } from '@crimetracker/analysis-kit';
import { describe, expect, it } from 'vitest';
import type { EmergenceClass, GiStarTrend, StepState } from './classify-emergence.js';
import { classifyEmergence, EMERGENCE_CLASSES } from './classify-emergence.js';

const FLAT: GiStarTrend = { z: 0.3, pValue: 0.76 };
const RISING: GiStarTrend = { z: 3, pValue: 0.003 };
const FALLING: GiStarTrend = { z: -3, pValue: 0.003 };
const LETTERS: Readonly<Record<string, StepState>> = { h: 'hot', c: 'cold', '.': 'none' };

/** Steps as letters, oldest first: hot, cold, or a dot for neither. */
const stepsOf = (letters: string): StepState[] => Array.from(letters, (letter) => LETTERS[letter] ?? 'none');
const classify = (letters: string, trend = FLAT): EmergenceClass =>
  classifyEmergence(stepsOf(letters), trend);

/** The rows of the table of definitions, each read for itself; `h` is the side asked for, `c` the other one. */
interface Reading {
  readonly h: readonly boolean[];
  readonly c: readonly boolean[];
  /** Of Gi* on the hot side, of −Gi* on the cold side. */
  readonly z: number;
  readonly p: number;
}
const ALPHA = 0.05;
const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
const atEnd = (flags: readonly boolean[]): boolean => flags.at(-1) === true;
const earlier = (flags: readonly boolean[]): readonly boolean[] => flags.slice(0, -1);
const DEFINITIONS: readonly (readonly [string, (reading: Reading) => boolean])[] = [
  ['Historical', ({ h }) => !atEnd(h) && share(h) >= 0.9],
  ['Intensifying', ({ h, z, p }) => share(h) >= 0.9 && atEnd(h) && z > 0 && p < ALPHA],
  ['Diminishing', ({ h, z, p }) => share(h) >= 0.9 && atEnd(h) && z < 0 && p < ALPHA],
  ['Persistent', ({ h, p }) => share(h) >= 0.9 && atEnd(h) && !(p < ALPHA)],
  ['Oscillating', ({ h, c }) => atEnd(h) && earlier(c).includes(true) && share(h) < 0.9],
  ['New', ({ h, c }) => atEnd(h) && !earlier(h).includes(true) && !earlier(c).includes(true)],
  [
    'Consecutive',
    ({ h }) => {
      const text = h.map((hot) => (hot ? 'h' : '.')).join('');
      return /^\.*hh+$/.test(text) && share(h) < 0.9;
    },
  ],
  [
    'Sporadic',
    ({ h, c }) => {
      const text = h.map((hot) => (hot ? 'h' : '.')).join('');
      return /h.*\..*h$/.test(text) && share(h) < 0.9 && !c.includes(true);
    },
  ],
];

const mirrorOf = (state: StepState): StepState =>
  state === 'hot' ? 'cold' : state === 'cold' ? 'hot' : 'none';
const mirrorName = (name: EmergenceClass): string =>
  name.endsWith('Hot Spot') ? name.replace('Hot Spot', 'Cold Spot') : name.replace('Cold Spot', 'Hot Spot');

/** All names whose definition holds, in the order of the table. */
function namesThatHold(steps: readonly StepState[], { z, pValue }: GiStarTrend): readonly string[] {
  const hot = steps.map((state) => state === 'hot');
  const cold = steps.map((state) => state === 'cold');
  return DEFINITIONS.flatMap(([name, holds]) => [
    ...(holds({ h: hot, c: cold, z, p: pValue }) ? [`${name} Hot Spot`] : []),
    ...(holds({ h: cold, c: hot, z: -z, p: pValue }) ? [`${name} Cold Spot`] : []),
  ]);
}

function randomTrend(random: Random): GiStarTrend {
  const pValue = random.chance(0.5) ? random.unit() * 0.06 : random.unit();
  return { z: random.normal(), pValue: random.chance(0.1) ? ALPHA : pValue };
}

function randomSteps(random: Random): StepState[] {
  const length = 2 + random.below(40);
  const [hot, cold] = [random.unit() ** 0.5, random.unit() ** 2];
  const stay = random.unit();
  let state: StepState = 'none';
  const draw = (): StepState => {
    const at = random.unit();
    if (random.chance(0.5)) return at < hot ? 'hot' : at < hot + (1 - hot) * cold ? 'cold' : 'none';
    return at < 0.9 ? 'hot' : at < 0.95 ? 'cold' : 'none';
  };
  const steps = Array.from({ length }, () => {
    if (!random.chance(stay)) state = draw();
    return state;
  });
  return random.chance(0.5) ? steps.map(mirrorOf) : steps;
}

describe('classifyEmergence', () => {
  it('of 120,000 random cells gives the first class whose definition holds, and its mirror with hot and cold exchanged', () => {
    const random = new Random(360, 'emergence');
    const seen = new Map<string, number>();
    const overlaps = new Set<string>();
    for (let i = 0; i < 120_000; i += 1) {
      const steps = randomSteps(random);
      const trend = randomTrend(random);
      const answer = classifyEmergence(steps, trend, ALPHA);
      const holding = namesThatHold(steps, trend);
      if (answer !== (holding[0] ?? 'No pattern detected')) {
        throw new Error(`${steps.join(' ')} with ${JSON.stringify(trend)}: ${answer}, not ${holding[0]}`);
      }
      const mirrored = classifyEmergence(steps.map(mirrorOf), { ...trend, z: -trend.z }, ALPHA);
      if (mirrored !== mirrorName(answer)) throw new Error(`${steps.join(' ')}: ${answer}, then ${mirrored}`);
      seen.set(answer, (seen.get(answer) ?? 0) + 1);
      if (holding.length > 1) overlaps.add(holding.join(' and '));
    }
    expect([...seen.keys()].sort()).toEqual([...EMERGENCE_CLASSES].sort());
    for (const count of seen.values()) expect(count).toBeGreaterThan(200);
    expect([...overlaps].sort()).toEqual([
      'Historical Cold Spot and Oscillating Hot Spot',
      'Historical Cold Spot and Oscillating Hot Spot and Consecutive Hot Spot',
      'Historical Hot Spot and Oscillating Cold Spot',
      'Historical Hot Spot and Oscillating Cold Spot and Consecutive Cold Spot',
      'Oscillating Cold Spot and Consecutive Cold Spot',
      'Oscillating Hot Spot and Consecutive Hot Spot',
    ]);
  });

  it('has a class for each of all 59,049 cells of ten steps, and none only for those that end neither hot nor cold', () => {
    const states: readonly StepState[] = ['hot', 'cold', 'none'];
    for (let code = 0; code < 3 ** 10; code += 1) {
      const steps = Array.from({ length: 10 }, (_, i) => states[Math.floor(code / 3 ** i) % 3] ?? 'none');
      const answer = classifyEmergence(steps, FLAT);
      if (answer !== (namesThatHold(steps, FLAT)[0] ?? 'No pattern detected'))
        throw new Error(steps.join(' '));
      const [hot, cold] = [share(steps.map((s) => s === 'hot')), share(steps.map((s) => s === 'cold'))];
      const isLeft = steps[9] === 'none' && hot < 0.9 && cold < 0.9;
      if ((answer === 'No pattern detected') !== isLeft) throw new Error(steps.join(' '));
    }
  });

  it.each([
    ['..........', FLAT, 'No pattern detected'],
    ['hhhhhh....', FLAT, 'No pattern detected'],
    ['h.h.h.h.h.', FLAT, 'No pattern detected'],
    ['.........h', FLAT, 'New Hot Spot'],
    ['........hh', FLAT, 'Consecutive Hot Spot'],
    ['..hhhhhhhh', RISING, 'Consecutive Hot Spot'],
    ['..h.....hh', FLAT, 'Sporadic Hot Spot'],
    ['.hhhhhhh.h', RISING, 'Sporadic Hot Spot'],
    ['.c.......h', FLAT, 'Oscillating Hot Spot'],
    ['.hhh.c...h', FLAT, 'Oscillating Hot Spot'],
    ['cc...hhhhh', FLAT, 'Oscillating Hot Spot'],
    ['hhhhhhhhhh', RISING, 'Intensifying Hot Spot'],
    ['hhhhhhhhhh', FALLING, 'Diminishing Hot Spot'],
    ['hhhh.hhhhh', FLAT, 'Persistent Hot Spot'],
    ['chhhhhhhhh', FLAT, 'Persistent Hot Spot'],
    ['hhhhhhhhh.', FLAT, 'Historical Hot Spot'],
    ['hhhhhhhhhc', FLAT, 'Historical Hot Spot'],
    ['.........c', FLAT, 'New Cold Spot'],
    ['cccccccccc', FALLING, 'Intensifying Cold Spot'],
    ['cccccccccc', RISING, 'Diminishing Cold Spot'],
    ['ccccccccch', FLAT, 'Historical Cold Spot'],
  ] as const)('takes %s for what the table says', (letters, trend, expected) => {
    expect(classify(letters, trend)).toBe(expected);
  });

  it('takes 27 of 30 steps for mostly, 26 not', () => {
    expect(classify(`...${'h'.repeat(27)}`)).toBe('Persistent Hot Spot');
    expect(classify(`....${'h'.repeat(26)}`)).toBe('Consecutive Hot Spot');
  });

  it('throws without a step', () => {
    expect(() => classifyEmergence([], FLAT)).toThrow('at least one step');
  });
});

describe('what sfdep::classify_hotspot does and we do not', () => {
  it('a first hot step does not lose its class because some earlier step was significant, if cold', () => {
    expect(classify('.c.......h')).toBe('Oscillating Hot Spot');
  });

  it('one hot step, or a cold one followed by a hot one, is not consecutive', () => {
    expect(classify('.........h')).not.toBe('Consecutive Hot Spot');
    expect(classify('........ch')).toBe('Oscillating Hot Spot');
  });

  it('cold steps do not make an intensifying hot spot', () => {
    expect(classify('ccccccccch', RISING)).toBe('Historical Cold Spot');
    expect(classify('cccccccccc', RISING)).toBe('Diminishing Cold Spot');
  });

  it('a spot is historical when it is no longer significant, not only when Gi* has changed its sign', () => {
    expect(classify('hhhhhhhhh.')).toBe('Historical Hot Spot');
  });

  it('a sporadic hot spot is hot in the last step', () => {
    expect(classify('.h..h..h..')).toBe('No pattern detected');
  });

  it('what was always hot but is not now is historical, not persistent by the order of a list', () => {
    expect(classify(`${'h'.repeat(19)}.`)).toBe('Historical Hot Spot');
  });

  it('a p-value of exactly the level is no trend, on either side, and still has a class', () => {
    const edge = { z: 2, pValue: 0.05 };
    expect(classify('hhhhhhhhhh', edge)).toBe('Persistent Hot Spot');
    expect(classify('cccccccccc', edge)).toBe('Persistent Cold Spot');
  });
});
