import type { Markup } from '@crimetracker/analysis-kit';
import { proseHtml as html } from '@crimetracker/analysis-kit';
import type { PublishedSchedule } from '../published-schedule.js';
import { DAYS, hourText, number, percent } from '../words.js';
import { weekMap } from './charts.js';

const BLOCK_HOURS = 4;

/** Units on duty in every hour of the week beside the expected harm, by jurisdiction. */
export function weekSection({ schedule, allocation }: PublishedSchedule): Markup {
  const { demand, onDuty } = schedule;
  const mostUnits = onDuty.reduce((most, units) => Math.max(most, ...units), 1);
  return html`<p class="small soft">The stronger the colour, the more: units on the scale of the whole city (at most ${mostUnits}), harm on the scale of each jurisdiction.</p>
<ul class="legend"><li>${swatch('harm')}expected harm</li><li>${swatch('units')}units on duty</li></ul>
<div class="weeks">${demand.jurisdictions.map((name, j) => {
    const units = onDuty[j] ?? new Int32Array();
    const harm = demand.hours[j] ?? new Float64Array();
    const audit = allocation.jurisdictions[j];
    const least = units.reduce((least, n) => Math.min(least, n), units[0] ?? 0);
    const most = units.reduce((most, n) => Math.max(most, n), 0);
    return html`<figure><figcaption><b>${name}</b><span class="soft">${least === most ? least : `${least} to ${most}`} on duty, ${number(audit?.unitHours ?? 0)} unit hours</span></figcaption>
<div class="pair"><div><p>Expected harm</p>${weekMap(harm, Math.max(...harm), 'harm', `Expected harm in ${name} by weekday and hour, most on ${slotText(harm)}; ${percent(audit?.harmShare ?? 0)} of the city's.`)}</div>
<div><p>Units on duty</p>${weekMap(units, mostUnits, 'units', `Units on duty in ${name} by weekday and hour, from ${least} to ${most}, most from ${slotText(units)}.`)}</div></div></figure>`;
  })}</div>
<h3>In numbers</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Units on duty by time of day"><table><caption>Units on duty on an average day, by time of day</caption>
<thead><tr><th scope="col">Jurisdiction</th>${blocks().map((hour) => html`<th scope="col" class="n">${hourText(hour)}–${hour + BLOCK_HOURS === 24 ? '24:00' : hourText(hour + BLOCK_HOURS)}</th>`)}<th scope="col" class="n">Least</th><th scope="col" class="n">Most</th></tr></thead>
<tbody>${demand.jurisdictions.map((name, j) => {
    const units = onDuty[j] ?? new Int32Array();
    return html`<tr><th scope="row">${name}</th>${blocks().map((hour) => html`<td class="n">${number(meanFrom(units, hour), 1)}</td>`)}<td class="n">${units.reduce((least, n) => Math.min(least, n), units[0] ?? 0)}</td><td class="n">${units.reduce((most, n) => Math.max(most, n), 0)}</td></tr>`;
  })}</tbody></table></div>`;
}

const swatch = (kind: string): Markup =>
  html`<svg viewBox="0 0 1 1" aria-hidden="true"><rect class="${kind}" width="1" height="1"/></svg>`;

const blocks = (): readonly number[] =>
  Array.from({ length: 24 / BLOCK_HOURS }, (_, block) => block * BLOCK_HOURS);

function meanFrom(units: Int32Array, hour: number): number {
  let sum = 0;
  for (let day = 0; day < 7; day += 1) {
    for (let h = hour; h < hour + BLOCK_HOURS; h += 1) sum += units[day * 24 + h] ?? 0;
  }
  return sum / (7 * BLOCK_HOURS);
}

function slotText(values: Float64Array | Int32Array): string {
  let best = 0;
  for (const [slot, value] of values.entries()) if (value > (values[best] ?? 0)) best = slot;
  return `${DAYS[Math.floor(best / 24)]} ${hourText(best)}`;
}
