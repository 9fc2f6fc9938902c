import type { CitySetup } from './city-setup.js';
import type { CityStream } from './city-stream.js';
import type { Effects } from './effects.js';
import type { Planted } from './truth.js';

/** Counts what was really drawn: incidents per category and year, and those inside each planted effect. */
export class Observer {
  readonly #setup: CitySetup;
  readonly #years: number;
  readonly #counts: Int32Array;
  readonly #yearOf: Int32Array;
  /** Per category the effects that concern it. */
  readonly #watchers: readonly (readonly ((
    incident: Watched,
    stream: Pick<CityStream<unknown>, 'weapon'>,
  ) => void)[])[];
  readonly #observed: Planted['observed'];

  constructor(setup: CitySetup) {
    const { calendar, categories, effects, hotspots } = setup;
    this.#setup = setup;
    this.#years = calendar.lastYear - calendar.firstYear + 1;
    this.#counts = new Int32Array(categories.length * this.#years);
    this.#yearOf = Int32Array.from(calendar.dates, ({ year }) => year - calendar.firstYear);
    const observed: Planted['observed'] = {
      hotspots: effects.hotspots.map(() => 0),
      peaks: effects.peaks.map(() => 0),
      anomalies: effects.anomalies.map(() => 0),
      weaponTrends: effects.weaponTrends.map(() => ({})),
    };
    this.#observed = observed;
    const bump = (list: number[], index: number): void => {
      list[index] = (list[index] ?? 0) + 1;
    };
    this.#watchers = categories.map(({ label }) => [
      ...effects.hotspots.flatMap((hotspot, index) => {
        const planted = hotspots[index];
        if (hotspot.category !== label || planted === undefined) return [];
        const points = new Set(planted.place.points);
        return [
          ({ startDay, point }: Watched) => {
            if (startDay >= planted.from && startDay <= planted.to && points.has(point))
              bump(observed.hotspots, index);
          },
        ];
      }),
      ...effects.peaks.flatMap((peak, index) =>
        peak.category !== label
          ? []
          : [
              ({ startDay, startMinute }: Watched) => {
                const isPeak =
                  calendar.weekday(startDay) === peak.weekday - 1 &&
                  Math.floor(startMinute / 60) === peak.hour;
                if (isPeak) bump(observed.peaks, index);
              },
            ],
      ),
      ...effects.anomalies.flatMap((anomaly, index) => {
        const from = calendar.dayOf(anomaly.weekStart);
        return anomaly.category !== label
          ? []
          : [
              ({ startDay }: Watched) => {
                if (startDay >= from && startDay < from + 7) bump(observed.anomalies, index);
              },
            ];
      }),
      ...effects.weaponTrends.flatMap((trend, index) =>
        !trend.categories.includes(label)
          ? []
          : [
              ({ startDay }: Watched, stream: Pick<CityStream<unknown>, 'weapon'>) => {
                const weapon = stream.weapon();
                const year = String(calendar.date(startDay).year);
                const years = observed.weaponTrends[index] ?? {};
                const before = years[year] ?? { recorded: 0, firearms: 0 };
                years[year] = {
                  recorded: before.recorded + (weapon === 'none' ? 0 : 1),
                  firearms: before.firearms + (weapon === 'firearm' ? 1 : 0),
                };
              },
            ],
      ),
    ]);
  }

  see(incident: Watched, stream: Pick<CityStream<unknown>, 'weapon'>): void {
    const cell = incident.category * this.#years + (this.#yearOf[incident.startDay] ?? 0);
    this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
    for (const watch of this.#watchers[incident.category] ?? []) watch(incident, stream);
  }

  get planted(): { readonly effects: Effects; readonly observed: Planted['observed'] } {
    return { effects: this.#setup.effects, observed: this.#observed };
  }

  byCategoryAndYear(): Record<string, Record<string, number>> {
    const { calendar, categories } = this.#setup;
    return Object.fromEntries(
      categories.map(({ label }, category) => [
        label,
        Object.fromEntries(
          Array.from({ length: this.#years }, (_, year) => [
            String(calendar.firstYear + year),
            this.#counts[category * this.#years + year] ?? 0,
          ]),
        ),
      ]),
    );
  }
}

/** The numbers an incident of any city has. */
export interface Watched {
  readonly category: number;
  readonly startDay: number;
  readonly startMinute: number;
  readonly point: number;
}
