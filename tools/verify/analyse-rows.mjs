// Hours and weapons of a synthetic city, from its incidents as they were drawn: no files, no dirt, no build.
import { openDuckDb } from '../../packages/engine/dist/duckdb/index.js';
import { LAPD_OFFENCE_LIST } from '../../packages/synthetic/dist/lapd-incidents.js';
import { FIRST_FIREARM, WEAPONLESS_CODES } from '../../packages/synthetic/dist/lapd-tables.js';
import { ANALYSES, runAnalyses } from '../../packages/trends/dist/index.js';

const SOURCES = [
  { id: 'nypd', city: 'New York', timeZone: 'America/New_York' },
  { id: 'lapd', city: 'Los Angeles', timeZone: 'America/Los_Angeles' },
];
const COLUMNS = [
  ['source', 'text'],
  ['crime_category', 'text'],
  ['weapon_category', 'text'],
  ['occurred_date', 'date'],
  ['occurred_time', 'text'],
  ['occurred_end_date', 'date'],
  ['occurred_end_time', 'text'],
].map(([name, type]) => ({ name, type }));

const clock = (minute) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** What the table says of the weapon: all firearms together, every other weapon as its own. */
function weaponOf(city, { weapon, offence }) {
  if (city === 'nypd') return 'Not recorded';
  if (weapon >= FIRST_FIREARM) return 'Firearm';
  if (weapon > 0) return `weapon ${weapon}`;
  return WEAPONLESS_CODES.has(LAPD_OFFENCE_LIST[offence][1]) ? 'Not applicable' : 'Not recorded';
}

/** Rows of the columns above, one an incident. */
export function* incidentRows({ city, calendar, categories }, stream) {
  while (stream.next()) {
    const { incident } = stream;
    const hasEnd = city === 'nypd' && incident.endDay >= 0;
    yield [
      city,
      categories[incident.category].label,
      weaponOf(city, incident),
      calendar.iso(incident.startDay),
      clock(incident.startMinute),
      hasEnd ? calendar.iso(incident.endDay) : null,
      hasEnd ? clock(incident.endMinute) : null,
    ];
  }
}

/** The rows of the two analyses' tables, by the table's name. */
export async function analyseRows(rows) {
  const engine = await openDuckDb();
  try {
    await engine.loadRows('incidents', COLUMNS, rows);
    const { results } = await runAnalyses({
      engine,
      sources: SOURCES,
      window: { from: '2010-01-01', to: '2023-12-31' },
      analyses: ANALYSES.filter(({ id }) => id === 'hours' || id === 'weapons'),
    });
    return new Map(results.map(({ mart, rows: found }) => [mart.name, found]));
  } finally {
    await engine.close();
  }
}
