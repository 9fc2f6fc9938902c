/** What each number of units is worth to a jurisdiction: `values[i]` for `least + i` units, never decreasing. */
export interface ValueCurve {
  readonly least: number;
  readonly values: Float64Array;
}

export interface UnitAllocation {
  /** Greatest total with at most 0, 1, … units; −∞ where they are fewer than all least numbers together. */
  readonly totals: Float64Array;
  /** Units by jurisdiction that reach the total of so many units. */
  readonly unitsFor: (units: number) => readonly number[];
}

/**
 * Divides units among jurisdictions so that the sum of their values is greatest: exact, by dynamic programming over
 * the number of units (the multiple-choice knapsack of Dyer, Kayal and Walker 1984), for values of any shape.
 */
export function allocateUnits(curves: readonly ValueCurve[], units: number): UnitAllocation {
  let totals = new Float64Array(units + 1);
  const choices = curves.map(({ least, values }) => {
    const next = new Float64Array(units + 1).fill(Number.NEGATIVE_INFINITY);
    const choice = new Int32Array(units + 1);
    for (let extra = 0; extra < values.length; extra += 1) {
      const value = values[extra] ?? 0;
      const taken = least + extra;
      for (let budget = taken; budget <= units; budget += 1) {
        const total = (totals[budget - taken] ?? 0) + value;
        if (total > (next[budget] ?? 0)) {
          next[budget] = total;
          choice[budget] = taken;
        }
      }
    }
    totals = next;
    return choice;
  });
  const unitsFor = (budget: number): readonly number[] => {
    let left = budget;
    const taken = choices.map(() => 0);
    for (let j = choices.length - 1; j >= 0; j -= 1) {
      taken[j] = choices[j]?.[left] ?? 0;
      left -= taken[j] ?? 0;
    }
    return taken;
  };
  return { totals, unitsFor };
}
