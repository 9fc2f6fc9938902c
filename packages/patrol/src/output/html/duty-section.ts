import type { Markup } from '@crimetracker/analysis-kit';
import { proseHtml as html } from '@crimetracker/analysis-kit';
import type { PlannedShift } from '../../visits/plan-week.js';
import type { PublishedSchedule } from '../published-schedule.js';
import { counted, dateText, daysText, hourText, localTime } from '../words.js';
import { shiftTimeline } from './charts.js';

/** Every unit's line of duty. */
export function dutySection({ schedule }: PublishedSchedule): Markup {
  const { lines, demand, rules } = schedule;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Lines of duty"><table>
<thead><tr><th scope="col">Unit</th><th scope="col">Jurisdiction</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Days on which a shift begins</th></tr></thead>
<tbody>${lines.map(
    ({ unit, jurisdiction, startHour, days }) =>
      html`<tr><th scope="row">${unit}</th><td>${demand.jurisdictions[jurisdiction]}</td><td class="keep">${hourText(startHour)}</td><td class="keep">${hourText(startHour + rules.shiftHours)}</td><td>${daysText(days)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** One shift with its visits, as an example. */
export function visitsSection({ schedule, shifts, allocation, meta }: PublishedSchedule): Markup {
  const shift = exampleShift(shifts, (j) => allocation.jurisdictions[j]?.harm ?? 0);
  if (shift === undefined) return html`<p>No shift has visits.</p>`;
  const clock = (ms: number): string => localTime(meta.timeZone, ms).clock;
  const { startMs, endMs, visits, meal, cells, revisitMinutes } = shift;
  return html`<p>${shift.unit} in ${schedule.demand.jurisdictions[shift.jurisdiction]}, ${dateText(shift.date)}, ${clock(startMs)} to ${clock(endMs)}: ${counted(visits.length, 'visit')} to ${counted(cells.length, 'cell')}.
${revisitMinutes === undefined ? 'There are too many cells to come back to each in time; they are visited in proportion to their expected harm.' : `Each cell is visited again within ${revisitMinutes} minutes.`}
The times, and the order as far as that leaves a choice, are drawn anew for each unit and day.</p>
${shiftTimeline(shift, [clock(startMs), clock(endMs)])}
<div class="scroll" tabindex="0" role="region" aria-label="Visits of one shift"><table>
<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col" class="n">Minutes</th><th scope="col" class="n">Way there</th><th scope="col">Cell (H3)</th><th scope="col">Its centre</th></tr></thead>
<tbody>${visits.map(
    (visit) =>
      html`<tr><td>${clock(visit.startMs)}</td><td>${clock(visit.endMs)}</td><td class="n">${visit.minutes}</td><td class="n">${visit.travelMinutes}</td><td><code>${visit.cell.h3}</code></td><td class="keep">${visit.cell.latitude.toFixed(5)}, ${visit.cell.longitude.toFixed(5)}</td></tr>`,
  )}</tbody></table></div>
<p class="small soft">${meal && `Nothing is planned from ${clock(meal.startMs)} to ${clock(meal.endMs)}, for a break. `}The rest of the shift is for calls for service. Ways are estimated from straight lines; the way to the first cell is not counted.</p>`;
}

/** The first shift with visits in the jurisdiction with the most expected harm. */
function exampleShift(
  shifts: readonly PlannedShift[],
  harmOf: (jurisdiction: number) => number,
): PlannedShift | undefined {
  let best: PlannedShift | undefined;
  for (const shift of shifts) {
    if (shift.visits.length === 0) continue;
    if (best === undefined || harmOf(shift.jurisdiction) > harmOf(best.jurisdiction)) best = shift;
  }
  return best;
}
