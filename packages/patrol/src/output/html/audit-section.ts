import type { Insert, Markup } from '@crimetracker/analysis-kit';
import { proseHtml as html } from '@crimetracker/analysis-kit';
import type { DemandChange } from '../../audit/compare-demands.js';
import type { PublishedSchedule } from '../published-schedule.js';
import { harmUnit } from '../published-schedule.js';
import { number, percent, points } from '../words.js';
import { runLines } from './charts.js';

/** Who gets how much, what was left out and why. */
export function auditSection(published: PublishedSchedule): Markup {
  return html`<p>No attribute of a person – race, sex or age – enters the demand, the schedule or this audit.</p>
${allocationTable(published)}${discoveredPart(published)}${runawayPart(published)}`;
}

function allocationTable({ schedule, allocation, meta }: PublishedSchedule): Markup {
  const { comparisons, lines } = schedule;
  const { giniOfHours, giniPerHarm, jurisdictions } = allocation;
  const unitsOf = (j: number): number => lines.filter(({ jurisdiction }) => jurisdiction === j).length;
  const cell = (value: Insert): Markup => html`<td class="n">${value}</td>`;
  const head = (value: Insert): Markup => html`<th scope="col" class="n">${value}</th>`;
  return html`<h3>Who gets how much</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Allocation by jurisdiction"><table>
<thead><tr><th scope="col">Jurisdiction</th>${head('Units')}${comparisons.map(({ name }) => head(`Units, ${name}`))}${head('Unit hours')}${head('Share of hours')}${head('Share of expected harm')}${head(`Hours per ${meta.harmSource === undefined ? 'expected incident' : 'unit of harm'}`)}${head('Harm covered')}</tr></thead>
<tbody>${jurisdictions.map(
    ({ jurisdiction, unitHours, unitHoursShare, harmShare, unitHoursPerHarm, coveredShare }, j) =>
      html`<tr><th scope="row">${jurisdiction}</th>${cell(unitsOf(j))}${comparisons.map(({ unitsByJurisdiction }) => cell(unitsText(unitsByJurisdiction[j] ?? 0)))}${cell(number(unitHours))}${cell(percent(unitHoursShare))}${cell(percent(harmShare))}${cell(unitHoursPerHarm === undefined ? '–' : number(unitHoursPerHarm, 2))}${cell(coveredShare === undefined ? '–' : percent(coveredShare))}</tr>`,
  )}</tbody></table></div>
<p class="small">Gini’s coefficient of unit hours over jurisdictions: ${giniText(giniOfHours)}; of unit hours per expected harm (${harmUnit(meta)}): ${giniText(giniPerHarm)}. 0 is the same for all, 1 is everything for one.</p>`;
}

const unitsText = (units: number): string => number(units, Number.isInteger(units) ? 0 : 1);
const giniText = (gini: number | undefined): string => (gini === undefined ? '–' : gini.toFixed(2));

function discoveredPart({ discovered }: PublishedSchedule): Markup | false {
  if (discovered === undefined) return false;
  const list = (name: string, changes: readonly DemandChange[]): Markup | false =>
    changes.length > 0 &&
    html`<li>${name}: ${changes.map(({ jurisdiction, difference }) => `${jurisdiction} ${points(difference)}`).join(', ')}.</li>`;
  return html`<h3>If incidents that police discover were added</h3>
<p>Drugs, prostitution, weapons, public order, trespass and traffic offences are recorded where police look for them, so they are left out. With them ${percent(discovered.moved)} of the expected harm would lie in other jurisdictions.</p>
<ul class="plain">${list('Would gain most', discovered.gainers)}${list('Would lose most', discovered.losers)}</ul>`;
}

function runawayPart({ runaway }: PublishedSchedule): Markup {
  const { trueShare, uncorrected, corrected } = runaway;
  const groups = [
    { kind: 'without', paths: runaway.uncorrectedPaths },
    { kind: 'with', paths: runaway.correctedPaths },
  ];
  const label = `Share of the second district on record: without correction it ends at ${percent(uncorrected.lower)} to ${percent(uncorrected.upper)}, with correction at ${percent(corrected.lower)} to ${percent(corrected.upper)}; the truth is ${percent(trueShare)}.`;
  return html`<h3>Why: a simulation, not this city</h3>
<p>${runaway.text}</p>
<figure class="runs"><figcaption><b>Share of the second district on record</b></figcaption>${runLines(groups, trueShare, label)}
<div class="ends" aria-hidden="true"><span>first patrol</span><span>last patrol</span></div>
<ul class="legend"><li>${key('without')}without correction</li><li>${key('with')}with correction</li><li>${key('truth')}the truth</li></ul></figure>
<p class="small soft">After Ensign and others (2018), “Runaway feedback loops in predictive policing”.</p>`;
}

const key = (kind: string): Markup =>
  html`<svg viewBox="0 0 12 12" aria-hidden="true" style="height:.75rem"><line class="${kind}" x1="0" x2="12" y1="6" y2="6"/></svg>`;
