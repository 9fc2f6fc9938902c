import type { Insert, Markup } from '@crimetracker/analysis-kit';
import { html } from '@crimetracker/analysis-kit';
import type { SnapshotFacts } from '../profile-schema.js';
import { percentOf } from '../words.js';
import { shareBar } from './charts.js';
import { number } from './column-article.js';

/** The ledger of a snapshot, and its incidents per year and source. */
export function snapshotSection(snapshot: SnapshotFacts): Markup {
  const { ledger } = snapshot;
  const figures = (of: { records: number; curated: number; quarantined: number; duplicates: number }) =>
    html`<td class="n">${number(of.records)}</td><td class="n">${number(of.curated)}</td><td class="n">${number(of.quarantined)}</td><td class="n">${number(of.duplicates)}</td>`;
  return html`<p class="soft">${
    ledger.balanced
      ? 'Records in = curated + quarantined + duplicates, in every file.'
      : 'The ledger does not balance: records in differ from curated + quarantined + duplicates.'
  }</p>
<div class="scroll" tabindex="0" role="region" aria-label="Ledger by file"><table>
<thead><tr><th scope="col">File</th><th scope="col">Source</th><th scope="col" class="n">Records</th><th scope="col" class="n">Curated</th><th scope="col" class="n">Quarantined</th><th scope="col" class="n">Duplicates</th></tr></thead>
<tbody>${ledger.files.map((file) => html`<tr><th scope="row">${file.file}</th><td>${file.source}</td>${figures(file)}</tr>`)}
<tr><th scope="row">All files</th><td></td>${figures(ledger)}</tr></tbody></table></div>
<div class="pair wide">${countTable('Quarantined, by first reason', 'Reason', ledger.quarantined_by_reason, ledger.records)}
${countTable('Duplicates set aside', 'Rule', ledger.duplicates_by_rule, ledger.records)}
${countTable('Rows touched', 'Finding or rule', ledger.touched_by_rule, ledger.records)}
${unmappedTable(snapshot)}${yearTable(snapshot)}</div>`;
}

function countTable(
  caption: string,
  head: string,
  counts: Readonly<Record<string, number>>,
  records: number,
): Insert {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return null;
  return html`<table><caption>${caption}</caption><thead><tr><th scope="col">${head}</th><th scope="col" class="n">Records</th><th scope="col" class="n">Share</th><td class="bar"></td></tr></thead>
<tbody>${entries.map(([name, n]) => html`<tr><th scope="row">${name}</th><td class="n">${number(n)}</td><td class="n">${percentOf(n / Math.max(1, records))}</td><td class="bar">${shareBar(n / Math.max(1, records))}</td></tr>`)}</tbody></table>`;
}

const LISTED_UNMAPPED = 20;

function unmappedTable({ ledger: { unmapped } }: SnapshotFacts): Insert {
  if (unmapped.length === 0) return null;
  const more = unmapped.length > LISTED_UNMAPPED && `, the first ${LISTED_UNMAPPED}`;
  return html`<table><caption>Raw values without an entry in a code table${more}</caption><thead><tr><th scope="col">Source</th><th scope="col">Raw value</th><th scope="col" class="n">Records</th></tr></thead>
<tbody>${unmapped.slice(0, LISTED_UNMAPPED).map(({ source, raw, records }) => html`<tr><td>${source}</td><td class="raw">${raw}</td><td class="n">${number(records)}</td></tr>`)}</tbody></table>`;
}

function yearTable({ years, sources }: SnapshotFacts): Insert {
  const listed = [...new Set(years.map(({ year }) => year))].sort((a, b) => a - b);
  if (listed.length === 0) return null;
  const of = (year: number, source: string) =>
    years.find((row) => row.year === year && row.source === source)?.records ?? 0;
  const most = Math.max(...years.map(({ records }) => records));
  return html`<table><caption>Incidents per year of occurrence</caption><thead><tr><th scope="col">Year</th>${sources.map(({ id }) => html`<th scope="col" class="n">${id}</th><td></td>`)}</tr></thead>
<tbody>${listed.map((year) => html`<tr><th scope="row">${year}</th>${sources.map(({ id }) => html`<td class="n">${number(of(year, id))}</td><td>${shareBar(of(year, id) / most)}</td>`)}</tr>`)}</tbody></table>`;
}
