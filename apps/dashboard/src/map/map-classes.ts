/** What a cell looks like, and what the legend says about it. */
interface MapClass {
  readonly label: string;
  /** Name of a CSS variable of the page. */
  readonly colour: string;
}

/** A class for each cell, by its place; -1 is not drawn. */
export interface Classed {
  readonly classes: readonly MapClass[];
  readonly classOf: Int8Array;
}

const STEPS = 6;

/**
 * At most six classes of counts with about as many cells in each. Cells without an incident are in none. Few cells have
 * most incidents, so that equal steps would give one colour to nearly all of the map.
 */
export function countClasses(counts: ArrayLike<number>): Classed {
  const positive = Array.from(counts)
    .filter((count) => count > 0)
    .sort((a, b) => a - b);
  const starts: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const start = positive[Math.floor((step * positive.length) / STEPS)];
    if (start !== undefined && start > (starts.at(-1) ?? 0)) starts.push(start);
  }
  const most = positive.at(-1) ?? 0;
  const classes = starts.map((start, step) => {
    const end = (starts[step + 1] ?? most + 1) - 1;
    const shade = starts.length === 1 ? 3 : Math.round((step * (STEPS - 1)) / (starts.length - 1));
    return { label: start === end ? `${start}` : `${start} to ${end}`, colour: `--ramp-${shade}` };
  });
  const classOf = Int8Array.from(counts, (count) => {
    if (count === 0) return -1;
    let step = starts.length - 1;
    while (step > 0 && count < (starts[step] ?? 0)) step -= 1;
    return step;
  });
  return { classes, classOf };
}

const STRONG = 4;
const GI_CLASSES: readonly MapClass[] = [
  { label: `hot, Gi* ${STRONG} or more`, colour: '--hot-2' },
  { label: 'hot', colour: '--hot-1' },
  { label: 'not beyond chance', colour: '--neutral' },
  { label: 'cold', colour: '--cold-1' },
  { label: `cold, Gi* −${STRONG} or less`, colour: '--cold-2' },
];

/** Classes of Gi*: hot and cold are those that are discovered. */
export function giClasses(z: ArrayLike<number>, isDiscovered: ArrayLike<number>): Classed {
  return {
    classes: GI_CLASSES,
    classOf: Int8Array.from(z, (value, place) => {
      if (isDiscovered[place] !== 1) return 2;
      if (value > 0) return value >= STRONG ? 0 : 1;
      return value <= -STRONG ? 4 : 3;
    }),
  };
}

/** Patterns of emerging hot and cold spots, from what was long ago to what is there and grows. */
const PATTERNS = [
  'Historical',
  'Sporadic',
  'Oscillating',
  'Diminishing',
  'New',
  'Consecutive',
  'Persistent',
  'Intensifying',
] as const;

/** Classes of emerging hot spots among the cells; only those that there are. */
export function emergingClasses(cells: readonly string[], classOfCell: ReadonlyMap<string, string>): Classed {
  const names = PATTERNS.flatMap((pattern, place) => [
    { name: `${pattern} Hot Spot`, colour: `--emerging-hot-${place}` },
    { name: `${pattern} Cold Spot`, colour: `--emerging-cold-${place}` },
  ]);
  const present = names.filter(({ name }) => [...classOfCell.values()].includes(name));
  const places = new Map(present.map(({ name }, place) => [name, place]));
  return {
    classes: present.map(({ name, colour }) => ({ label: name, colour })),
    classOf: Int8Array.from(cells, (cell) => places.get(classOfCell.get(cell) ?? '') ?? -1),
  };
}

/** The resolution for a zoom, where 1 shows the whole city. */
export function resolutionAt(zoom: number): 7 | 8 | 9 {
  return zoom < 0.85 ? 7 : zoom < 2.2 ? 8 : 9;
}
