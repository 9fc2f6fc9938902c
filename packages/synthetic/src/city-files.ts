import type { CitySetup } from './city-setup.js';
import type { VintageId } from './city-stream.js';
import type { City } from './effects.js';
import type { Watched } from './observer.js';

/** The files one folder of raw data has. */
export const FILE_NAMES = [
  'nypd-historic.csv',
  'nypd-ytd.csv',
  'lapd-2010-2019.csv',
  'lapd-2020-present.csv',
] as const;
export type FileName = (typeof FILE_NAMES)[number];

export interface FilePlan {
  readonly name: FileName;
  readonly vintage: VintageId;
  /** Formats some rows have instead: Excel touched a part of the file. */
  readonly touched?: { readonly vintage: VintageId; readonly share: number };
}

/** Which files a city has and which of them an incident goes to: an older export and a newer one. */
export interface CityFiles {
  readonly older: FilePlan | undefined;
  readonly newer: FilePlan | undefined;
  isNewer(incident: Watched & { readonly reportDay: number }): boolean;
  /** The incident is in both exports, unless chance has it otherwise. */
  isInBoth(incident: Watched & { readonly reportDay: number }): boolean;
  /** Last day on which an incident of both exports can happen. */
  readonly lastSharedDay: number;
}

const LAPD_NEW_FILE = 2020;

/**
 * NYPD: one file up to the year before the last, and the last year's file, by date of report; the reports of January
 * to March of the last year can be in both. LAPD: one file up to 2019 and one from 2020 on, by date of occurrence; the
 * last two months of 2019 can be in both.
 */
export function cityFiles(
  city: City,
  setup: CitySetup,
  vintages: Readonly<Partial<Record<FileName, VintageId>>>,
): CityFiles {
  const { calendar } = setup;
  if (city === 'nypd') {
    const newYear = calendar.dayOf(`${calendar.lastYear}-01-01`);
    const shared = calendar.dayOf(`${calendar.lastYear}-03-31`);
    const hasOlder = calendar.firstYear < calendar.lastYear;
    return {
      older: hasOlder
        ? { name: 'nypd-historic.csv', vintage: vintages['nypd-historic.csv'] ?? 'nypd-b' }
        : undefined,
      newer: { name: 'nypd-ytd.csv', vintage: vintages['nypd-ytd.csv'] ?? 'nypd-e' },
      isNewer: ({ reportDay }) => reportDay >= newYear,
      isInBoth: ({ reportDay }) => hasOlder && reportDay >= newYear && reportDay <= shared,
      lastSharedDay: hasOlder ? shared : -1,
    };
  }
  const split = calendar.dayOf(`${LAPD_NEW_FILE}-01-01`);
  const hasOlder = calendar.firstYear < LAPD_NEW_FILE;
  const hasNewer = calendar.lastYear >= LAPD_NEW_FILE;
  const newVintage = vintages['lapd-2020-present.csv'];
  return {
    older: hasOlder
      ? { name: 'lapd-2010-2019.csv', vintage: vintages['lapd-2010-2019.csv'] ?? 'lapd-e' }
      : undefined,
    newer: hasNewer
      ? {
          name: 'lapd-2020-present.csv',
          vintage: newVintage ?? 'lapd-a',
          ...(newVintage === undefined && { touched: { vintage: 'lapd-b', share: 0.4 } as const }),
        }
      : undefined,
    isNewer: ({ startDay }) => startDay >= split,
    isInBoth: ({ startDay }) => hasOlder && hasNewer && startDay < split && startDay >= split - 61,
    lastSharedDay: hasOlder && hasNewer ? split - 1 : -1,
  };
}
