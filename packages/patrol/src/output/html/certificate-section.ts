import type { Insert, Markup } from '@crimetracker/analysis-kit';
import { proseHtml as html } from '@crimetracker/analysis-kit';
import type { PublishedSchedule } from '../published-schedule.js';
import { harmUnit } from '../published-schedule.js';
import { betterText, bindingTexts, capital, coveredShare } from '../summary-lines.js';
import { counted, hourText, METHODS, number, percent } from '../words.js';

/** What is proven about the schedule, what it is compared with, and the rules it keeps to. */
export function certificateSection({ meta, schedule }: PublishedSchedule): Markup {
  const { objective, bound, gap, totalHarm, method, solveMs, binding, greedy, comparisons, rules } = schedule;
  const fact = (name: string, value: Insert): Markup => html`<dt>${name}</dt><dd>${value}</dd>`;
  const row = (name: string, covered: number, isOwn: boolean): Markup => {
    const share = coveredShare({ objective: covered, totalHarm });
    const limit = coveredShare({ objective: bound, totalHarm });
    return html`<div><span>${name}</span><span class="track ${isOwn && 'own'}" aria-hidden="true"><span style="width:${percentWidth(share)}"></span><i style="left:${percentWidth(limit)}"></i></span><span class="n">${percent(share)}</span></div>`;
  };
  return html`<h3>Beside other ways to share out the same units</h3>
<div class="bars">${row('This schedule', objective, true)}${comparisons.map(({ name, objective: covered }) => row(capital(name), covered, false))}</div>
<p class="small soft">Share of the expected harm that is covered. The upright line is the bound: no schedule under these rules covers more.</p>
<ul class="plain">${comparisons.map(({ name, objective: covered }) => html`<li>Against ${name}, ${betterText(objective, covered)}.</li>`)}</ul>
<h3>Certificate</h3>
<dl class="facts">
${fact('Covered', `${number(objective, 1)} of ${number(totalHarm, 1)} expected (${harmUnit(meta)})`)}
${fact('Bound', number(bound, 1))}
${fact('Gap', percent(gap))}
${fact('Method', `${capital(METHODS[method])}, ${(solveMs / 1000).toFixed(1)} s`)}
${fact('Greedy method', `Would cover ${number(greedy.objective, 1)}, ${percent(greedy.ratioToBound)} of the bound. ${greedy.guaranteeFor}`)}
${fact('What binds', binding.length === 0 ? 'Nothing.' : html`<ul class="plain">${bindingTexts(binding).map((each) => html`<li>${capital(each)}.</li>`)}</ul>`)}
</dl>
<h3>Rules</h3>
<dl class="facts">
${fact('Units', `${number(rules.units)}, ${counted(rules.shiftsPerUnit, 'shift')} of ${rules.shiftHours} hours a week each`)}
${fact('Shifts begin', rules.startHours.map(hourText).join(', '))}
${fact('In a row', `at most ${counted(rules.maxConsecutiveShifts, 'day')}, ${counted(rules.minRestHours, 'hour')} of rest between shifts`)}
${fact('Presence', `at least ${counted(rules.minimumPresence, 'unit')} in every jurisdiction at every hour`)}
${fact('Fairness', `every jurisdiction gets at least ${percent(rules.fairnessFloor)} of the units that its share of the expected harm would give it`)}
</dl>`;
}

function percentWidth(share: number): string {
  return `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
}
