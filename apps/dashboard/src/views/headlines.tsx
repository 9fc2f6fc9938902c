import type { Grade } from '@crimetracker/analysis-kit';
import { GRADES, gradeOf } from '@crimetracker/analysis-kit';
import { listed, number, percent, signed } from '@crimetracker/analysis-kit/words';
import { namesSexOffence } from '@crimetracker/crossfilter';
import type { PanelTable } from '../export/panel-table.js';
import { countCell, HIDDEN, HIDDEN_SEX_OFFENCE } from '../export/panel-table.js';
import { rangeText } from '../filters/filter-words.js';
import { incompleteIn } from '../frame/incomplete-months.js';
import type { CityFigures } from '../headlines/city-figures.js';
import { cityFigures } from '../headlines/city-figures.js';
import { headlinesSql } from '../headlines/headlines-sql.js';
import { Panel } from '../panel.js';
import { catalogue, countedFilters, counts, shownRange } from '../store.js';

interface ShownFigures {
  readonly city: string;
  readonly place: number;
  readonly range: string;
  readonly figures: CityFigures;
  /** Whether months of the range are not reported in full yet. */
  readonly isIncomplete: boolean;
}

const CITY_COLOURS = 3;

const percentChange = (ratio: number): string => {
  const change = 100 * (ratio - 1);
  return `${signed(number(change, 1), Number(change.toFixed(1)))} %`;
};

function shownFigures(): readonly ShownFigures[] {
  const { cities, filters } = counts.value;
  const entries = catalogue.value?.cities ?? [];
  return cities.flatMap((city) => {
    const place = entries.findIndex(({ source }) => source === city.source);
    const entry = entries[place];
    if (entry === undefined) return [];
    return [
      {
        city: entry.city,
        place,
        range: rangeText(city.range),
        figures: cityFigures(city, filters, entry.range),
        isIncomplete: incompleteIn(entry.completeness, city.range).length > 0,
      },
    ];
  });
}

/** The interval of the change and what it is against, or why there is none. */
function changeText({ change, before, beforeRange }: CityFigures): string {
  if (beforeRange === null || before === null)
    return 'Nothing to compare with: the data do not reach back that far, or counts are hidden.';
  const against = `against ${rangeText(beforeRange)} (${number(before)})`;
  if (change?.ratio.ratio === undefined) return `No change can be given, ${against}.`;
  const { lower, upper } = change.ratio;
  return `95 % interval ${percentChange(lower)} to ${upper === undefined ? 'open' : percentChange(upper)}; incidents a day, ${against}`;
}

const HEADINGS = {
  more: 'More than before',
  fewer: 'Fewer than before',
  'no clear change': 'No clear change',
} as const;
const ARROWS = { more: '▲', fewer: '▼', 'no clear change': '≈' } as const;

/** Whether the shown cities may be held against each other, by the categories that are counted. */
function comparison(): string | undefined {
  const { cities, filters } = counts.value;
  if (cities.length < 2) return undefined;
  const chosen = filters.crime_category;
  if (chosen === undefined)
    return 'All categories together must not be held against each other: the cities record different things. Choose categories graded “comparable”.';
  const byGrade = new Map<Grade, string[]>(GRADES.map((grade) => [grade, []]));
  for (const name of chosen) byGrade.get(gradeOf(name))?.push(name);
  if (byGrade.get('comparable')?.length === chosen.length)
    return `${listed(chosen)}: comparable between the cities, as recorded crime; mind that they differ in size.`;
  return GRADES.flatMap((grade) => {
    const names = byGrade.get(grade) ?? [];
    return names.length === 0 ? [] : [`${listed(names)}: ${grade}`];
  }).join('. ');
}

function headlineTable(): PanelTable {
  const hidden = namesSexOffence(counts.value.filters) ? HIDDEN_SEX_OFFENCE : HIDDEN;
  return {
    columns: [
      'City',
      'Range',
      'Incidents',
      'Incidents a day',
      'Before',
      'Incidents before',
      'Change in %',
      'Lower end in %',
      'Upper end in %',
      'Most common category',
      'Its incidents',
      'Busiest hour',
      'Its incidents in that hour',
      'Arrest recorded, share in %',
    ],
    rows: shownFigures().map(({ city, range, figures }) => {
      const { total, perDay, before, beforeRange, change, category, hour, arrests } = figures;
      const inPercent = (ratio: number | undefined) =>
        ratio === undefined ? null : Number((100 * (ratio - 1)).toFixed(2));
      return [
        city,
        range,
        countCell(total, hidden),
        perDay === null ? null : Number(perDay.toFixed(2)),
        beforeRange === null ? null : rangeText(beforeRange),
        before,
        inPercent(change?.ratio.ratio),
        inPercent(change?.ratio.lower),
        inPercent(change?.ratio.upper),
        category?.name ?? null,
        category?.count ?? null,
        hour?.name ?? null,
        hour?.count ?? null,
        arrests === undefined
          ? 'not recorded'
          : arrests === null
            ? null
            : Number((100 * arrests.share).toFixed(2)),
      ];
    }),
  };
}

/** The year of each city in a few figures, the cities side by side. */
export function Headlines() {
  const shown = shownFigures();
  const note = comparison();
  return (
    <Panel
      id="headlines"
      title="At a glance"
      size="full"
      note="Recorded incidents that match the filters, each city on its own."
      terms={[
        'recorded crime',
        'incident',
        'occurrence date',
        'change against before',
        '95 % interval',
        'dispersion',
        'busiest hour',
        'arrest recorded',
        'completeness',
        'comparability grade',
        'small counts',
        'snapshot',
      ]}
      explain={{
        sql: () => headlinesSql(countedFilters.value, shownRange.value),
        method:
          'The change is incidents a day in the range over incidents a day in the same days a year earlier (as many years earlier as the range is long). Its 95 % interval is the exact conditional interval of a ratio of two Poisson rates (Clopper and Pearson), both counts divided by the dispersion first: the variance over the mean of sums of months, estimated from all whole months of the city under the same filters, net of the season and the days of the month. With less than two years of data (hidden months left out) the dispersion is taken as 1. “No clear change” means that the interval includes zero.',
        caveats: [
          'The share with an arrest is among incidents where the field is recorded.',
          'The busiest hour goes by recorded times, which are often rounded to noon and midnight.',
          'The change is too low where the last months are not complete.',
        ],
      }}
      table={headlineTable}
    >
      <div class="city-cards">
        {shown.map((one) => (
          <CityCard key={one.city} {...one} />
        ))}
        {shown.length === 0 && <div class="skeleton" aria-hidden="true" />}
      </div>
      {note !== undefined && <p class="comparison">{note}</p>}
    </Panel>
  );
}

function CityCard({ city, place, range, figures, isIncomplete }: ShownFigures) {
  const { total, perDay, change, category, hour, arrests } = figures;
  const isSexOffence = namesSexOffence(counts.value.filters);
  return (
    <article class="city-card" style={{ '--city': `var(--city-${(place % CITY_COLOURS) + 1})` }}>
      <h3>{city}</h3>
      <p class="total">
        <b>{total === null ? (isSexOffence ? HIDDEN_SEX_OFFENCE : HIDDEN) : number(total)}</b>
        <span>{`recorded incidents, ${range}`}</span>
      </p>
      <div class={`city-change ${change?.direction.replaceAll(' ', '-') ?? ''}`}>
        {change?.ratio.ratio !== undefined && (
          <p class="direction">
            <span aria-hidden="true">{ARROWS[change.direction]}</span> {HEADINGS[change.direction]}
            {` ${percentChange(change.ratio.ratio)}`}
          </p>
        )}
        <p class="soft">{changeText(figures)}</p>
        {isIncomplete && change !== undefined && (
          <p class="caution">The last months are not complete yet, so the change is too low.</p>
        )}
      </div>
      <dl>
        <div>
          <dt>Incidents a day</dt>
          <dd>{perDay === null ? '–' : number(perDay, perDay > 0 && perDay < 10 ? 1 : 0)}</dd>
        </div>
        <div>
          <dt>Most common</dt>
          <dd>
            {category === null ? '–' : category.name}
            {category !== null && <small>{`${number(category.count)}, ${percent(category.share)}`}</small>}
          </dd>
        </div>
        <div>
          <dt>Busiest hour</dt>
          <dd>
            {hour === null ? 'too few to say' : hour.name}
            {hour !== null && <small>{`${number(hour.count)}, ${percent(hour.share)}`}</small>}
          </dd>
        </div>
        <div>
          <dt>With an arrest</dt>
          <dd>
            {arrests === undefined ? 'not recorded' : arrests === null ? '–' : percent(arrests.share)}
            {arrests === undefined && <small>the city does not publish it</small>}
          </dd>
        </div>
      </dl>
    </article>
  );
}
