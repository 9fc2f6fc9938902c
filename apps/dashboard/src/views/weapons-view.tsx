import { listed } from '@crimetracker/analysis-kit/words';
import { WEAPON_CATEGORIES } from '@crimetracker/schema';
import { countSql } from '../charts/filters-sql.js';
import { Near } from '../charts/near.js';
import { manyTable } from '../charts/tables.js';
import { WeaponChart } from '../charts/weapon-chart.js';
import { weaponMix } from '../charts/weapon-mix.js';
import { Panel } from '../panel.js';
import { counts, filters, shownRange } from '../store.js';

export function WeaponsView() {
  return (
    <Panel
      id="weapons"
      title="Weapons over time"
      note="Shares among incidents for which the city records a weapon. Choose a name to see only that weapon everywhere."
      terms={['weapon category', 'share with a weapon']}
      explain={{
        sql: () =>
          countSql(
            [
              'weapon_category',
              `date_trunc('${counts.value.cities[0]?.weaponSeries.grain ?? 'month'}', occurred_date)`,
            ],
            filters.value,
            shownRange.value,
            ['weapon_category'],
          ),
        method:
          'Each count is divided by the sum of its period without “Not applicable” and “Not recorded”. The six most common kinds of the shown days have a name; the others are together.',
        caveats: ['In Los Angeles the form is left blank for most thefts; such incidents are in no share.'],
      }}
      table={() =>
        manyTable(
          counts.value,
          ({ weaponSeries }) => ({ series: weaponSeries, names: WEAPON_CATEGORIES }),
          'weapon',
        )
      }
    >
      <Near height={300}>
        {({ cities, chosen }) => {
          const mixes = cities.map((city) => ({ city, mix: weaponMix(city.counts.weaponSeries) }));
          const without = mixes.filter(({ city, mix }) => mix === undefined && city.counts.total !== 0);
          return (
            <>
              {mixes.map(({ city: { entry, counts: ofCity, colour }, mix }) =>
                mix === undefined ? null : (
                  <div key={entry.source}>
                    {mix.hiddenPeriods < mix.starts.length && (
                      <WeaponChart
                        city={entry.city}
                        colour={colour}
                        grain={ofCity.weaponSeries.grain}
                        mix={mix}
                        chosen={chosen.weapon_category ?? []}
                      />
                    )}
                    {mix.hiddenPeriods > 0 && (
                      <p class="chart-note">
                        {mix.hiddenPeriods} of {mix.starts.length} periods are left out, because a small count
                        of persons is hidden in them.
                      </p>
                    )}
                  </div>
                ),
              )}
              {without.length > 0 && (
                <p class="aside">
                  {without.length === 1 && without[0]?.city.counts.values.weapon_category.at(-1) !== 0
                    ? `${possessive(without[0]?.city.entry.city ?? '')} file has no weapon.`
                    : `${listed(without.map(({ city }) => city.entry.city))}: no incident with a recorded weapon.`}
                </p>
              )}
              {cities.every(({ counts: { total } }) => total === 0) && (
                <p class="empty">No incident matches the filters.</p>
              )}
            </>
          );
        }}
      </Near>
    </Panel>
  );
}

const possessive = (name: string): string => `${name}${name.endsWith('s') ? '’' : '’s'}`;
