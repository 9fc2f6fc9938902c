import type { Insert } from '@crimetracker/analysis-kit';
import { html, Markup } from '@crimetracker/analysis-kit';
import { counted } from '@crimetracker/analysis-kit/words';
import type { SqlRow } from '@crimetracker/engine';
import type { Figure, LegendEntry, Picture, Report, ReportTable, Sentence } from '../../report.js';
import { isNumeric, valueText } from '../../values.js';
import { visibleText, withoutUnseen } from '../../visible-text.js';

/** Tables up to this size are open at once. */
const OPEN_ROWS = 12;
const LONG_TEXT = 28;
/** Values up to this length stay on one line. */
const KEPT = 24;
const HASH = /^[0-9a-f]{64}$/;

export function sentenceMarkup(sentence: Sentence): Markup {
  return html`${sentence.map((piece) =>
    typeof piece === 'string'
      ? unbroken(visibleText(piece))
      : html`<a class="told${piece.text.length <= KEPT && ' keep'}" href="#${rowId(piece.table, piece.row)}">${unbroken(visibleText(piece.text))}</a>`,
  )}`;
}

/** A per cent sign stays with its number. */
const unbroken = (text: string): string => text.replaceAll(' %', '\u00a0%');

const rowId = (table: string, row: number): string => `${table}-row-${row + 1}`;

/** A figure: the claim, the drawing, the table behind it, and where that is from. */
export function figureMarkup(
  { claim, table, picture, notes, shownRows }: Figure,
  report: Pick<Report, 'snapshot' | 'origins'>,
  told: ReadonlySet<string>,
): Markup {
  const shown = [...table.rows.entries()].filter(
    ([index]) => index < shownRows || told.has(rowId(table.id, index)),
  );
  const more = table.rows.length - shown.length;
  const isOpen = picture === undefined || shown.length <= OPEN_ROWS;
  return html`<figure id="${table.id}" data-query="${withoutUnseen(table.query)}">
<figcaption>${sentenceMarkup(claim)}</figcaption>
${picture && pictureMarkup(picture)}
${notes.length > 0 && html`<div class="notes">${notes.map((note) => html`<p>${sentenceMarkup(note)}</p>`)}</div>`}
<details${isOpen && new Markup(' open')}><summary>${picture ? 'The numbers' : 'Table'}: ${visibleText(table.title)} (${counted(table.rows.length, 'row')}${more > 0 && `, ${shown.length} of them here`})</summary>
${tableMarkup(table, shown, told)}</details>
${originMarkup(table, report)}
</figure>`;
}

function pictureMarkup({ description, svg, narrow, legend }: Picture): Markup {
  const drawing = (kind: string, text: string): Markup =>
    html`<div class="${kind}" role="img" aria-label="${visibleText(description)}">${new Markup(text)}</div>`;
  return html`${narrow === undefined ? drawing('chart', svg) : html`${drawing('chart wide', svg)}${drawing('chart narrow', narrow)}`}
${legend.length > 0 && html`<ul class="legend">${legend.map(legendMarkup)}</ul>`}`;
}

function legendMarkup({ label, colour, shape }: LegendEntry): Markup {
  const property = ['area', 'dot', 'shade'].includes(shape) ? 'background' : 'border-color';
  return html`<li><i class="${shape}" style="${property}:${colour}"></i>${visibleText(label)}</li>`;
}

function tableMarkup(
  { id, title, columns, rows }: ReportTable,
  shown: readonly (readonly [index: number, row: SqlRow])[],
  told: ReadonlySet<string>,
): Markup {
  if (rows.length === 0) return html`<p class="soft">No row.</p>`;
  const used = columns.filter(({ name }) =>
    rows.some((row) => row[name] !== null && row[name] !== undefined),
  );
  return html`<section class="scroll" tabindex="0" aria-label="${visibleText(title)}"><table>
<thead><tr>${used.map(({ label, kind }) => html`<th scope="col"${isNumeric(kind) && new Markup(' class="n"')}>${visibleText(label)}</th>`)}</tr></thead>
<tbody>${shown.map(
    ([
      index,
      row,
    ]) => html`<tr${told.has(rowId(id, index)) && html` id="${rowId(id, index)}"`}>${used.map(({ name, kind }, place) => cell(valueText(row[name], kind), isNumeric(kind), place === 0))}</tr>
`,
  )}</tbody></table></section>`;
}

function cell(text: string, isNumber: boolean, isFirst: boolean): Markup {
  const name = isNumber ? 'n' : HASH.test(text) ? 'hash' : text.length > LONG_TEXT ? 'long' : undefined;
  const kind: Insert = name !== undefined && html` class="${name}"`;
  const shown = visibleText(text);
  return isFirst && !isNumber ? html`<th scope="row"${kind}>${shown}</th>` : html`<td${kind}>${shown}</td>`;
}

function originMarkup(
  table: ReportTable,
  { snapshot, origins }: Pick<Report, 'snapshot' | 'origins'>,
): Markup {
  const counts = [...new Set(table.reads.flatMap((name) => origins.get(name) ?? []))];
  return html`<details class="from"><summary>Where is this from?</summary><p>Snapshot <code>${snapshot}</code>; the query that gives these rows:</p><pre><code>${withoutUnseen(table.query)}</code></pre>${
    counts.length > 0 &&
    html`<p>${table.reads.join(', ')} ${table.reads.length === 1 ? 'is' : 'are'} computed from the counts ${counts.map((name, index) => html`${index > 0 && ', '}<a href="#query-${name}">${name}</a>`)}.</p>`
  }</details>`;
}

/** Ids of the rows that sentences point to. */
export function toldRows(sentences: readonly Sentence[]): ReadonlySet<string> {
  return new Set(
    sentences.flatMap((sentence) =>
      sentence.flatMap((piece) => (typeof piece === 'string' ? [] : [rowId(piece.table, piece.row)])),
    ),
  );
}
