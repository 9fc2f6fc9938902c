import { signal } from '@preact/signals';

/** Years that are being loaded. */
export interface LoadingYears {
  readonly years: string;
  readonly bytes: number;
  readonly loaded: number;
}
export const loadingYears = signal<LoadingYears | undefined>(undefined);

/** Years that could be loaded beside those that are there. */
export interface FurtherYears {
  readonly from: string;
  readonly years: string;
  readonly bytes: number;
  readonly load: () => void;
}
export const furtherYears = signal<FurtherYears | undefined>(undefined);
