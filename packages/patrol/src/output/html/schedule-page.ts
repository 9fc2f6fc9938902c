import { proseHtml as html, Markup } from '@crimetracker/analysis-kit';
import type { PublishedSchedule } from '../published-schedule.js';
import { CLAIM, harmText } from '../published-schedule.js';
import { capital, coveredShare } from '../summary-lines.js';
import { counted, dateText, number, percent } from '../words.js';
import { auditSection } from './audit-section.js';
import { certificateSection } from './certificate-section.js';
import { dutySection, visitsSection } from './duty-section.js';
import { STYLE } from './style.js';
import { weekSection } from './week-section.js';

/** Draws a schedule as one HTML page that needs nothing else: no scripts, no fonts, no network. */
export function drawSchedulePage(published: PublishedSchedule): string {
  const { meta } = published;
  const title = `Patrol schedule for ${meta.city}, week of ${dateText(meta.weekStart)}`;
  const sections = [
    { id: 'certificate', title: 'How good it is', body: certificateSection(published) },
    { id: 'week', title: 'The week', body: weekSection(published) },
    { id: 'visits', title: 'Visits, an example', body: visitsSection(published) },
    { id: 'audit', title: 'Audit', body: auditSection(published) },
    { id: 'duty', title: 'Lines of duty', body: dutySection(published) },
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="CrimeTracker 360">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#top">Skip to the schedule</a>
<nav aria-label="Contents"><ul>${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}</ul></nav>
<main id="top">
${head(published, title)}
${sections.map((section) => html`<section id="${section.id}" aria-labelledby="${section.id}-title"><h2 id="${section.id}-title">${section.title}</h2>${section.body}</section>`)}
<footer><p>${CLAIM}</p><p>Data: ${meta.data} Snapshot <code>${meta.snapshotId}</code>. Harm: ${harmText(meta)}. Times are those of ${meta.timeZone}. Made by CrimeTracker 360 on ${meta.createdAt.slice(0, 16).replace('T', ' ')} UTC.</p></footer>
</main>
</body>
</html>
`.text;
}

function head({ meta, schedule, shifts }: PublishedSchedule, title: string): Markup {
  const { lines, bound, gap, totalHarm, method, comparisons } = schedule;
  const visits = shifts.reduce((sum, shift) => sum + shift.visits.length, 0);
  const card = (name: string, value: string): Markup =>
    html`<div class="card"><dt>${name}</dt><dd>${value}</dd></div>`;
  const proven =
    method === 'optimal'
      ? `No schedule under the same rules covers more than ${percent(coveredShare({ objective: bound, totalHarm }))}; that is proven.`
      : `At most ${percent(coveredShare({ objective: bound, totalHarm }))} could be covered under the same rules; whether a schedule does is not known.`;
  const others = comparisons.map(
    ({ name, objective }) => `${name} would cover ${percent(coveredShare({ objective, totalHarm }))}`,
  );
  return html`<header><h1>${title}</h1>
<p class="lead">${counted(lines.length, 'unit')} on ${counted(shifts.length, 'shift')} cover ${percent(coveredShare(schedule))} of the harm that is expected to be recorded in the week. ${proven}${others.length > 0 && ` ${capital(others.join(', '))}.`}</p>
<p class="claim">${CLAIM}</p>
<dl class="cards">${card('Covered', percent(coveredShare(schedule)))}${card('Gap to the bound', percent(gap))}${card('Units', number(lines.length))}${card('Shifts', number(shifts.length))}${card('Visits', number(visits))}${card('Jurisdictions', number(schedule.demand.jurisdictions.length))}</dl>
<p class="small soft">Harm: ${harmText(meta)}.</p></header>`;
}
