import type { Insert, Markup } from '@crimetracker/analysis-kit';
import { html, unbroken } from '@crimetracker/analysis-kit';
import { filledOf, holdingOf, mainYears } from '../describe-column.js';
import { printable } from '../printable.js';
import type { ColumnProfile, Heap, Observation, VALUE_KINDS } from '../profile-schema.js';
import { counted, figure, percentOf, times } from '../words.js';
import { barChart, minuteChart, shareBar, stackedBar } from './charts.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ONE_IN_A_PAGE = 3;

/** A raw value, made visible. */
export const raw = (text: string): Markup => html`<span class="raw">${printable(text)}</span>`;

export const number = (value: number): string => value.toLocaleString('en-US');

export function kindShares(column: ColumnProfile, records: number): { name: string; share: number }[] {
  const order = [
    'integer',
    'decimal',
    'date',
    'time',
    'text',
    'marker',
    'empty',
  ] as const satisfies readonly (typeof VALUE_KINDS)[number][];
  return order.map((name) => ({ name, share: records === 0 ? 0 : (column.kinds[name] ?? 0) / records }));
}

/** In words what most values of a column are. */
export function holdingText(column: ColumnProfile): string {
  const holding = holdingOf(column);
  if (!holding) return 'nothing';
  const what = holding.shape === null ? holding.kind : `${holding.kind} ${holding.shape}`;
  return holding.share >= 0.9995 ? what : `${what}, ${percentOf(holding.share)}`;
}

/** Everything known of one column. */
export function columnArticle(
  column: ColumnProfile,
  records: number,
  observations: readonly Observation[],
): Markup {
  const kinds = kindShares(column, records).filter(({ share }) => share > 0);
  return html`<article id="column-${column.position}" aria-labelledby="name-${column.position}">
<header><span class="no">${column.position}</span><h3 id="name-${column.position}">${column.label}</h3>${
    column.description !== null && html`<span class="soft small">${column.description}</span>`
  }</header>
${stackedBar(kinds)}
<ul class="legend">${kinds.map(({ name, share }) => html`<li><i class="kind-${name}"></i>${name} ${percentOf(share)}</li>`)}</ul>
<div class="kpi">${keyFigures(column, records)}</div>
${observations.length > 0 && html`<ul class="notes">${observations.map(({ level, text }) => html`<li class="${level}">${unbroken(text)}</li>`)}</ul>`}
${charts(column)}
<div class="pair">${topTable(column)}${shapeTable(column)}${column.by_source.length > 0 && sourceTable(column)}</div>
</article>`;
}

function keyFigures(column: ColumnProfile, records: number): Insert {
  const { lengths, numbers, dates, repeated, distinct } = column;
  const item = (name: string, value: string) => html`<div><span>${name}</span> <b>${value}</b></div>`;
  return [
    item('Filled', percentOf(records === 0 ? 0 : filledOf(column) / records)),
    item('Different', number(distinct)),
    distinct > 0 && item('Repeated', repeated.values === 0 ? 'none' : number(repeated.values)),
    lengths &&
      item(
        'Characters',
        lengths.min === lengths.max
          ? number(lengths.min)
          : `${number(lengths.min)} to ${number(lengths.max)}`,
      ),
    numbers && [
      item('Range', `${figure(numbers.min)} to ${figure(numbers.max)}`),
      item('Median', figure(numbers.quartiles[1])),
      item('Quartiles', `${figure(numbers.quartiles[0])}, ${figure(numbers.quartiles[2])}`),
      item('Mean', figure(numbers.mean)),
      numbers.zeros > 0 && item('Zeros', number(numbers.zeros)),
      numbers.negatives > 0 && item('Negative', number(numbers.negatives)),
    ],
    dates && [
      item('First', dates.min ?? '–'),
      item('Last', dates.max ?? '–'),
      item('Days', number(dates.distinct)),
      item('Order', dates.order.replace('-', ' ')),
    ],
    !numbers &&
      !dates &&
      column.first !== null &&
      distinct > 1 &&
      html`<div><span>First to last</span> ${raw(column.first)} <span>to</span> ${raw(column.last ?? '')}</div>`,
  ];
}

function charts({ numbers, dates, times: clock, distinct, top }: ColumnProfile): Insert {
  const found: Insert[] = [];
  if (numbers?.histogram && distinct > top.length) {
    const { bins, from, to, below, above } = numbers.histogram;
    found.push(html`<figure><figcaption>Distribution from the 1st to the 99th percentile${
      below + above > 0 && `; ${counted(below, 'record')} below, ${number(above)} above`
    }</figcaption>
${barChart(bins, `Distribution of the numbers from ${figure(from)} to ${figure(to)}`, [figure(from), figure((from + to) / 2), figure(to)])}</figure>`);
  }
  if (dates && dates.records > 0) {
    const years = mainYears(dates);
    const span =
      years.length > 6
        ? [String(years[0]?.year), String(years.at(-1)?.year)]
        : years.map(({ year }) => String(year));
    const list = years.map(({ year, records }) => `${year}: ${number(records)}`).join(', ');
    const perYear = html`<figure><figcaption>Per year</figcaption>${barChart(
      years.map(({ records }) => records),
      `Records per year. ${list}`,
      span,
    )}</figure>`;
    found.push(html`<div class="days">${years.length > 1 && perYear}
<figure><figcaption>Per day of the month, day 1 marked</figcaption>${barChart(dates.days, `Records per day of the month; ${percentOf(dates.heaps[0]?.share ?? 0)} on day 1`, ['1', '8', '15', '22', '31'], (day) => day === 0)}</figure>
<figure><figcaption>Per weekday</figcaption>${barChart(dates.weekdays, `Records per weekday. ${WEEKDAYS.map((day, index) => `${day} ${number(dates.weekdays[index] ?? 0)}`).join(', ')}`, WEEKDAYS)}</figure></div>
<div class="pair">${heapTable('Heaped days', dates.heaps)}</div>`);
  }
  if (clock && (clock.top[0]?.share ?? 1) < 1) {
    found.push(html`<figure><figcaption>Per minute of the day; hours and half hours marked</figcaption>${minuteChart(clock)}</figure>
<div class="pair">${heapTable('Heaped times', clock.heaps)}${heapTable('Most common times', clock.top)}</div>`);
  }
  return found;
}

function heapTable(caption: string, heaps: readonly Heap[]): Markup {
  const hasIndex = heaps.some(({ index }) => index !== null);
  return html`<table><caption>${caption}</caption><thead><tr><th scope="col">When</th><th scope="col" class="n">Records</th><th scope="col" class="n">Share</th><th scope="col" class="n">Expected</th><th scope="col" class="n">Ratio</th>${
    hasIndex && html`<th scope="col" class="n" title="Beside the mean of the minutes 5 to 30 away">Index</th>`
  }</tr></thead>
<tbody>${heaps.map(
    ({ what, records, share, expected, ratio, index }) =>
      html`<tr><th scope="row">${what}</th><td class="n">${number(records)}</td><td class="n">${percentOf(share)}</td><td class="n">${percentOf(expected)}</td><td class="n">${
        ratio === null ? '–' : times(ratio)
      }</td>${hasIndex && html`<td class="n">${index === null ? '–' : times(index)}</td>`}</tr>`,
  )}</tbody></table>`;
}

function topTable(column: ColumnProfile): Insert {
  if (column.top.length === 0) return null;
  const isUnique = column.repeated.values === 0;
  const shown = isUnique ? column.top.slice(0, ONE_IN_A_PAGE) : column.top;
  const most = shown[0]?.records ?? 0;
  const title = isUnique
    ? 'Some values; each occurs once'
    : column.distinct > shown.length
      ? `Most common of ${number(column.distinct)} values`
      : 'All values';
  return html`<table><caption>${title}</caption><thead><tr><th scope="col">Value</th><th scope="col" class="n">Records</th><th scope="col" class="n">Share</th><td class="bar"></td></tr></thead>
<tbody>${shown.map(({ value, records, share }) => html`<tr><td class="raw">${printable(value)}</td><td class="n">${number(records)}</td><td class="n">${percentOf(share)}</td><td class="bar">${shareBar(most === 0 ? 0 : records / most)}</td></tr>`)}</tbody></table>`;
}

function shapeTable({ shapes }: ColumnProfile): Insert {
  if (shapes.top.length === 0) return null;
  const sampled =
    shapes.sampled_values !== null && `, estimated from ${number(shapes.sampled_values)} values`;
  const title =
    shapes.distinct > shapes.top.length ? `Most common of ${number(shapes.distinct)} shapes` : 'Shapes';
  return html`<table><caption>${title}${sampled}</caption><thead><tr><th scope="col">Shape</th><th scope="col">Such as</th><th scope="col" class="n">Records</th><th scope="col" class="n">Share</th></tr></thead>
<tbody>${shapes.top.map(({ shape, example, records, share }) => html`<tr><td class="raw">${printable(shape)}</td><td class="raw soft">${printable(example)}</td><td class="n">${number(records)}</td><td class="n">${percentOf(share)}</td></tr>`)}</tbody></table>`;
}

function sourceTable({ by_source: sources }: ColumnProfile): Markup {
  return html`<table><caption>By source</caption><thead><tr><th scope="col">Source</th><th scope="col" class="n">Filled</th><th scope="col" class="n">Different</th><th scope="col">Most common</th></tr></thead>
<tbody>${sources.map(
    ({ source, records, filled, distinct, top }) =>
      html`<tr><th scope="row">${source}</th><td class="n">${percentOf(records === 0 ? 0 : filled / records)}</td><td class="n">${number(distinct)}</td><td>${top
        .slice(0, ONE_IN_A_PAGE)
        .map(
          ({ value, share }, index) =>
            html`${index > 0 && ', '}${raw(value)} <span class="soft">${percentOf(share)}</span>`,
        )}</td></tr>`,
  )}</tbody></table>`;
}
