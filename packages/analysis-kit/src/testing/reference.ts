/** For tests only: the reference tables beside the repository, which are not part of it. */
import { existsSync, readFileSync } from 'node:fs';

const TABLES = new URL('../../../../../shared/reference/tables/', import.meta.url);

/** Why a test that needs the tables cannot run; undefined when they are there. */
export const missingTables: string | undefined = existsSync(TABLES)
  ? undefined
  : 'the folder ../shared/reference/tables is absent';

if (missingTables !== undefined) console.info(`Not compared with reference numbers: ${missingTables}.`);

/** One of the tables as text. */
function readTable(name: string): string {
  return readFileSync(new URL(name, TABLES), 'utf8');
}

/** The rows of a table of numbers and words, cells without blanks and quotes. */
export function readRows(name: string): readonly (readonly string[])[] {
  return readTable(name)
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim().replaceAll('"', '')));
}

interface GoldenVectors {
  readonly gistar_binary: {
    readonly points: readonly (readonly [number, number])[];
    readonly threshold: number;
    readonly y: readonly number[];
    readonly Zs_star: readonly number[];
  };
  readonly bh_fdr: { readonly p: readonly number[]; readonly q: readonly number[] };
  readonly mann_kendall: {
    readonly x: readonly number[];
    readonly S: number;
    readonly varS_tie_corrected: number;
    readonly z: number;
    readonly p_two_sided: number;
  };
  readonly poisson_z: { readonly obs: number; readonly mean: number; readonly z: number };
  readonly poisson_band: {
    readonly mean: number;
    readonly z: number;
    readonly low: number;
    readonly high: number;
  };
  readonly farrington_threshold_2_3: Readonly<
    Record<'mu0' | 'phi' | 'se_fit' | 'alpha' | 'lower' | 'upper', number>
  >;
  readonly pai_pei: Readonly<Record<'obs' | 'pred' | 'area' | 'cum_obs' | 'pai' | 'pei', readonly number[]>>;
  readonly e_test: {
    readonly args_k1_n1_k2_n2: readonly (readonly [number, number, number, number])[];
    readonly p: readonly number[];
  };
  readonly gini: { readonly x: readonly number[]; readonly gini: number };
  /** Demands that each site covers, and their weights. */
  readonly mclp: {
    readonly cover: readonly (readonly number[])[];
    readonly w: readonly number[];
    readonly k: number;
    readonly opt: number;
    readonly sites: readonly number[];
  };
}

/** The golden numbers of the methods in this package. */
export function readGoldenVectors(): GoldenVectors {
  return JSON.parse(readTable('golden_vectors.json'));
}
