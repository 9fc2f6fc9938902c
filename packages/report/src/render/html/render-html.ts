import { html, Markup } from '@crimetracker/analysis-kit';
import { dateText } from '@crimetracker/analysis-kit/words';
import type { Block, Report, Section, Sentence } from '../../report.js';
import { reportFacts } from '../../report-facts.js';
import { visibleText } from '../../visible-text.js';
import { figureMarkup, sentenceMarkup, toldRows } from './figure-markup.js';
import { STYLE } from './style.js';

/** Writes a report as one HTML page that needs nothing else: no scripts, no fonts, no network. */
export function renderHtml(report: Report): string {
  const told = toldRows(report.sections.flatMap(({ blocks }) => blocks.flatMap(sentencesOf)));
  const title = visibleText(report.title);
  return html`<!DOCTYPE html>
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
<a class="skip" href="#top">Skip to the report</a>
<div class="layout">
<nav aria-label="Contents"><ol>${report.sections.map(({ id, title: name }) => html`<li><a href="#${id}">${visibleText(name)}</a></li>`)}</ol></nav>
<main id="top">
<header><h1>${title}</h1><p class="soft">Snapshot <code>${report.snapshot}</code>, made on ${dateText(report.createdAt.slice(0, 10))}. Dotted underlines lead from a number to its row.</p></header>
${report.sections.map((section) => sectionMarkup(section, report, told))}
<footer><p>Made by CrimeTracker 360 on ${report.createdAt}. Recorded crime is not crime.</p></footer>
</main>
</div>
<script type="application/json" id="report-data">${new Markup(jsonForScript(reportFacts(report)))}</script>
</body>
</html>
`.text;
}

function sentencesOf(block: Block): readonly Sentence[] {
  switch (block.kind) {
    case 'figure':
      return [block.claim, ...block.notes];
    case 'list':
      return block.items;
    case 'paragraph':
    case 'caution':
      return [block.sentence];
    case 'heading':
    case 'queries':
    case 'empty':
      return [];
  }
}

function sectionMarkup({ id, title, blocks }: Section, report: Report, told: ReadonlySet<string>): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${visibleText(title)}</h2>
${blocks.map(
  (block) => html`${blockMarkup(block, report, told)}
`,
)}</section>
`;
}

function blockMarkup(block: Block, report: Report, told: ReadonlySet<string>): Markup {
  switch (block.kind) {
    case 'figure':
      return figureMarkup(block, report, told);
    case 'heading':
      return html`<h3>${visibleText(block.text)}</h3>`;
    case 'list':
      return html`<ul class="plain">${block.items.map((item) => html`<li>${sentenceMarkup(item)}</li>`)}</ul>`;
    case 'paragraph':
      return html`<p>${sentenceMarkup(block.sentence)}</p>`;
    case 'caution':
      return html`<p class="caution">${sentenceMarkup(block.sentence)}</p>`;
    case 'queries':
      return html`<h3>Queries of the counts</h3>${block.items.map(({ name, query }) => html`<details id="query-${name}"><summary>${name}</summary><pre><code>${query}</code></pre></details>`)}`;
    case 'empty':
      return html`<p class="empty">${visibleText(block.reason)}</p>`;
  }
}

/** JSON that no parser of HTML takes for the end of a script. */
function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
