/** A known event that changes what counts mean, drawn on every trend. */
export interface Break {
  readonly source: string;
  /** First and last day, ISO dates; the same for a single day. */
  readonly from: string;
  readonly to: string;
  readonly event: string;
  /** Whether the days are left out when detectors learn what is usual. */
  readonly isMasked: boolean;
  /** False where the event is general knowledge and not confirmed against a source. */
  readonly isVerified: boolean;
}

/** The register of breaks, by date. A break is drawn, not hidden. */
export const BREAK_REGISTER: readonly Break[] = [
  event('nypd', '2012-09-28', 'Precincts 77, 78 and 88 realigned'),
  event('nypd', '2013-07-01', 'Precinct 121 created'),
  event('lapd', '2014-01-01', 'Assault and rape reclassified', { to: '2015-12-31' }),
  event('nypd', '2015-01-01', 'Marijuana policy changed drug counts', {
    to: '2015-12-31',
    isVerified: false,
  }),
  event('nypd', '2019-01-01', 'Larceny and bail reforms', { to: '2020-12-31', isVerified: false }),
  event('nypd', '2020-03-01', 'COVID-19 measures', { to: '2020-06-30', isMasked: true }),
  event('lapd', '2020-03-01', 'COVID-19 measures', { to: '2020-06-30', isMasked: true }),
  event('nypd', '2020-06-01', 'Burglaries in June 2020', { to: '2020-06-30' }),
  event('lapd', '2020-06-01', 'Motor vehicle theft rises to a new level', { to: '2020-06-30' }),
  event('nypd', '2021-03-31', 'Cannabis legalised in New York'),
  event('nypd', '2021-12-01', 'Grand larceny of one month, perhaps entered in a batch', {
    to: '2021-12-31',
    isVerified: false,
  }),
  event('nypd', '2023-01-01', 'Thefts of Kia and Hyundai cars', { to: '2023-12-31' }),
  event('lapd', '2023-01-01', 'Thefts of Kia and Hyundai cars', { to: '2023-12-31' }),
  event('lapd', '2024-03-07', 'NIBRS roll-out begins; not comparable afterwards'),
  event('nypd', '2024-12-01', 'Precinct 116 opened', { to: '2024-12-31', isVerified: false }),
];

function event(source: string, from: string, text: string, more: Partial<Break> = {}): Break {
  return { source, from, to: from, event: text, isMasked: false, isVerified: true, ...more };
}

/** Whether a period from one day to another (ISO dates, both included) touches a masked break of the source. */
export function isMasked(source: string, from: string, to: string): boolean {
  return BREAK_REGISTER.some(
    (entry) => entry.isMasked && entry.source === source && entry.from <= to && entry.to >= from,
  );
}
