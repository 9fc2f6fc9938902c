import type { Insert } from '@crimetracker/analysis-kit';
import { html, Markup, unbroken } from '@crimetracker/analysis-kit';
import { bytes, seconds } from '../../console.js';
import { degrees, filledOf } from '../describe-column.js';
import { printable } from '../printable.js';
import type { CoordinateProfile, DuplicateProfile, Observation, Profile } from '../profile-schema.js';
import { VALUE_KINDS } from '../profile-schema.js';
import { counted, percentOf } from '../words.js';
import { densityMap, shareBar, stackedBar } from './charts.js';
import { columnArticle, holdingText, kindShares, number, raw } from './column-article.js';
import { snapshotSection } from './snapshot-section.js';
import { STYLE } from './style.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Insert;
}

/** Draws a profile as one HTML page that needs nothing else: no scripts, no fonts, no network. */
export function drawPage(profile: Profile): string {
  const sections = sectionsOf(profile);
  const warned = new Set(
    profile.observations.filter(({ level }) => level === 'warning').map(({ column }) => column),
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="CrimeTracker 360">
<title>${printable(profile.title)} – profile</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#top">Skip to the profile</a>
<div class="layout">
<nav aria-label="Contents"><h2>Profile</h2><ol>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}"><span class="name">${title}</span></a></li>`,
  )}<li><a href="#each"><span class="name">Each column</span></a><ol>${profile.columns.map(
    ({ position, label }) =>
      html`<li><a href="#column-${position}" title="${label}"><span class="no">${position}</span><span class="name">${label}</span>${
        warned.has(label) && html`<span class="dot" role="img" aria-label="with a warning"></span>`
      }</a></li>`,
  )}</ol></li></ol></nav>
<main id="top">
${head(profile)}
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`)}
<section id="each" aria-labelledby="each-title"><h2 id="each-title">Each column</h2>
${profile.columns.map((column) =>
  columnArticle(
    column,
    profile.records,
    profile.observations.filter((seen) => seen.column === column.label),
  ),
)}</section>
<footer>Profiled by CrimeTracker 360 on ${profile.created_at.slice(0, 16).replace('T', ' ')} UTC in ${seconds(profile.seconds * 1000)}.
Counts are exact${profile.columns.some(({ shapes }) => shapes.sampled_values !== null) && ', except where a table of shapes says that it is an estimate'}.</footer>
</main>
</div>
</body>
</html>
`;
  return page.text;
}

function sectionsOf(profile: Profile): readonly Section[] {
  const places = profile.coordinates.map(
    (of, index): Section => ({
      id: `points-${index + 1}`,
      title: of.source === null || profile.coordinates.length === 1 ? 'Points' : `Points, ${of.source}`,
      body: placesSection(of),
    }),
  );
  return [
    ...(profile.snapshot ? [{ id: 'ledger', title: 'Ledger', body: snapshotSection(profile.snapshot) }] : []),
    ...(profile.observations.length > 0
      ? [{ id: 'seen', title: 'What stands out', body: observationList(profile) }]
      : []),
    { id: 'columns', title: 'Columns', body: overview(profile) },
    ...places,
    ...(profile.duplicates
      ? [{ id: 'duplicates', title: 'Duplicates', body: duplicatesSection(profile.duplicates) }]
      : []),
  ];
}

function head({ title, file, snapshot, records, columns, observations }: Profile): Markup {
  const warnings = observations.filter(({ level }) => level === 'warning').length;
  const card = (name: string, value: string, warn = false) =>
    html`<div class="card ${warn && 'warn'}"><dt>${name}</dt><dd>${value}</dd></div>`;
  const fact = (name: string, value: Insert) => html`<dt>${name}</dt><dd>${value}</dd>`;
  const vintage = file?.source?.vintage;
  return html`<header><h1>${printable(title)}</h1>
<p class="soft">${file?.source && `${file.source.agency}, ${file.source.city}`}${file && !file.source && 'A file of no known source'}${
    snapshot &&
    `Incidents from ${snapshot.window.from} to ${snapshot.window.to}: ${snapshot.sources.map(({ city }) => city).join(', ')}`
  }</p>
<dl class="cards">${card('Records', number(records))}${card('Columns', number(columns.length))}${
    file && [card('Malformed', number(file.malformed), file.malformed > 0), card('Size', bytes(file.bytes))]
  }${
    snapshot && [
      card('Quarantined', number(snapshot.ledger.quarantined)),
      card('Duplicates', number(snapshot.ledger.duplicates)),
    ]
  }${card('Warnings', number(warnings), warnings > 0)}</dl>
${
  file &&
  html`<dl class="facts">
${fact('Header', vintage ? html`${vintage.is_exact ? '' : 'nearest to '}<code>${vintage.id}</code>: ${vintage.description}${!vintage.is_exact && `, ${Math.floor(vintage.similarity * 100)} % of names in common`}` : (file.not_recognised ?? '').split('\n').map((line) => html`<div>${line}</div>`))}
${fact('Text', `${file.encoding}, ${{ ',': 'commas', '\t': 'tabs', ';': 'semicolons', '|': 'bars' }[file.delimiter] ?? file.delimiter} between fields${file.compression === 'none' ? '' : `, ${file.compression}`}`)}
${fact('SHA-256', html`<code>${file.sha256}</code>`)}
${
  file.malformed_by_reason.length > 0 &&
  fact(
    'Malformed',
    file.malformed_by_reason.map(
      ({ reason, records: n, first_record: first }) =>
        html`<div>${number(n)} <code>${reason}</code>, first in record ${number(first)}</div>`,
    ),
  )
}
${(file.source?.missing.length ?? 0) > 0 && fact('Not in this file', file.source?.missing.join(', '))}
${(file.source?.ignored.length ?? 0) > 0 && fact('Not read by a build', file.source?.ignored.map((name) => (name === '' ? '(no name)' : printable(name))).join(', '))}
${
  (file.source?.notes.length ?? 0) > 0 &&
  fact(
    'Notes',
    file.source?.notes.map((note) => html`<div>${note}</div>`),
  )
}
</dl>`
}</header>`;
}

function observationList({ observations, columns }: Profile): Markup {
  const position = new Map(columns.map(({ label, position: at }) => [label, at]));
  const where = ({ column }: Observation) => {
    if (column === null) return html`<span class="soft">All</span>`;
    const at = position.get(column);
    return at === undefined ? html`<span>${column}</span>` : html`<a href="#column-${at}">${column}</a>`;
  };
  return html`<ul class="seen">${observations.map(
    (seen) =>
      html`<li class="${seen.level}"><span class="level">${seen.level === 'warning' ? 'Warning' : 'Note'}</span>${where(seen)}<span>${unbroken(seen.text)}</span></li>`,
  )}</ul>`;
}

function overview({ columns, records }: Profile): Markup {
  const used = VALUE_KINDS.filter((kind) => columns.some((column) => column.kinds[kind]));
  return html`<div class="scroll overview" tabindex="0" role="region" aria-label="Columns"><table>
<thead><tr><th scope="col" class="n">#</th><th scope="col">Column</th><th scope="col">Holds</th><th scope="col">Kinds</th><th scope="col" class="n">Filled</th><th scope="col" class="n">Different</th><th scope="col">Most common</th></tr></thead>
<tbody>${columns.map((column) => {
    const [top] = column.top;
    const filled = records === 0 ? 0 : filledOf(column) / records;
    return html`<tr><td class="n soft">${column.position}</td><th scope="row"><a href="#column-${column.position}">${column.label}</a></th><td>${holdingText(column)}</td><td>${stackedBar(kindShares(column, records))}</td><td class="n">${percentOf(filled)}</td><td class="n">${number(column.distinct)}</td><td class="common">${
      top &&
      (column.repeated.values === 0
        ? html`<span class="soft">each different</span>`
        : html`${raw(top.value)} <span class="soft">${percentOf(top.share)}</span>`)
    }</td></tr>`;
  })}</tbody></table></div>
<ul class="legend">${used.map((kind) => html`<li><i class="kind-${kind}"></i>${kind === 'marker' ? 'word for no value' : kind}</li>`)}</ul>`;
}

function placesSection(places: CoordinateProfile): Markup {
  const { records, box } = places;
  const row = (name: string, n: number) =>
    html`<tr><th scope="row">${name}</th><td class="n">${number(n)}</td><td class="n">${percentOf(n / Math.max(1, records))}</td><td class="bar">${shareBar(n / Math.max(1, records))}</td></tr>`;
  return html`<div class="places"><div>${densityMap(places)}
${places.grid && html`<p class="small soft">Where the records lie, darker with the logarithm of their number; the outermost 0.5 % on each side are not drawn.</p>`}</div>
<div class="pair"><table><caption>${places.latitude} and ${places.longitude}</caption><thead><tr><th scope="col">Points</th><th scope="col" class="n">Records</th><th scope="col" class="n">Share</th><td></td></tr></thead><tbody>
${row('Located', places.located)}${places.outside_city !== null && row('Outside the city', places.outside_city)}${row('Missing', places.missing)}${row('At zero degrees', places.zeros)}${row('Not on the globe', places.unreadable)}</tbody></table>
${box && html`<p class="small">All located points lie between ${degrees(box.south)} and ${degrees(box.north)} north, ${degrees(box.west)} and ${degrees(box.east)} east; ${counted(places.distinct_points, 'different point')}.</p>`}
${
  places.shared.length > 0 &&
  html`<table><caption>Most shared points</caption><thead><tr><th scope="col">Latitude</th><th scope="col">Longitude</th><th scope="col" class="n">Records</th><th scope="col" class="n">Share</th></tr></thead><tbody>${places.shared.map(
    ({ latitude, longitude, records: n, share }) =>
      html`<tr><td>${latitude}</td><td>${longitude}</td><td class="n">${number(n)}</td><td class="n">${percentOf(share)}</td></tr>`,
  )}</tbody></table>`
}</div></div>`;
}

function duplicatesSection(duplicates: DuplicateProfile): Markup {
  const { id_column: id, identical_rows: same, identical_except_id: sameExcept, examples } = duplicates;
  const groups = ({ groups: n, records }: { groups: number; records: number }) =>
    n === 0 ? 'none' : `${counted(records, 'record')} in ${counted(n, 'group')}`;
  const fact = (name: string, value: Insert) => html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<dl class="facts">
${fact('Id', id === null ? 'No column looks like one.' : `${id}${duplicates.id_known_by === 'values' ? ', by its values' : ''}`)}
${id !== null && fact('Repeated ids', duplicates.repeated_ids === 0 ? 'none' : `${number(duplicates.repeated_ids)} in ${counted(duplicates.repeated_id_records, 'record')}, ${number(duplicates.repeated_ids_with_different_rows)} of them with different rows`)}
${id !== null && duplicates.id_empty > 0 && fact('Without an id', counted(duplicates.id_empty, 'record'))}
${
  examples.length > 0 &&
  fact(
    'Such as',
    examples.map(
      ({ value, records }, index) =>
        html`${index > 0 && ', '}${raw(value)} <span class="soft">${records} times</span>`,
    ),
  )
}
${fact('Equal in all columns', groups(same))}
${sameExcept && fact('Equal except the id', groups(sameExcept))}
${sameExcept && fact('Left out there', duplicates.excluded.join(', '))}
</dl>
${sameExcept && sameExcept.groups > 0 && html`<p class="small soft">Different incidents are often equal in everything but their id, so these are no duplicates by themselves.</p>`}`;
}
