import { observeColumn } from './observe-column.js';
import { quoted } from './printable.js';
import type {
  CoordinateProfile,
  DuplicateProfile,
  FileFacts,
  Observation,
  Profile,
} from './profile-schema.js';
import { counted, listed, percentOf } from './words.js';

type Found = Pick<Profile, 'records' | 'file' | 'snapshot' | 'columns' | 'duplicates' | 'coordinates'>;

const LEVELS: readonly Observation['level'][] = ['warning', 'note'];
/** A point that holds more than this share of the records stands for something else than a place. */
const CROWDED_POINT = 0.01;
const MIN_CROWD = 10;

/** Says in sentences what stands out in a profile: warnings first, then in the order of the file. */
export function observe(found: Found): Observation[] {
  const all = [
    ...(found.file ? observeFile(found.file) : []),
    ...(found.records === 0 ? [of('no-records', 'warning', null, 0, 'There are no records.')] : []),
    ...(found.duplicates ? observeDuplicates(found.duplicates) : []),
    ...found.coordinates.flatMap(observeCoordinates),
    ...observeColumns(found),
  ];
  return LEVELS.flatMap((level) => all.filter((observation) => observation.level === level));
}

/** In a snapshot `Unknown` is a word of the vocabulary, and a source that has not a field leaves its column empty. */
const BY_DESIGN = ['null-markers', 'column-constant', 'column-empty'];

function observeColumns({ columns, records, snapshot }: Found): Observation[] {
  if (records === 0) return [];
  const seen = columns.flatMap((column) => observeColumn(column, records));
  return snapshot ? seen.filter(({ id }) => !BY_DESIGN.includes(id)) : seen;
}

const of = (
  id: string,
  level: Observation['level'],
  column: string | null,
  records: number | null,
  text: string,
): Observation => ({
  id,
  level,
  column,
  records,
  text,
});

function observeFile(file: FileFacts): Observation[] {
  const found: Observation[] = [];
  if (file.malformed > 0) {
    const reasons = listed(
      file.malformed_by_reason.map(({ reason, records }) => `${reason} ${records.toLocaleString('en-US')}`),
    );
    const noun = file.malformed === 1 ? 'record is' : 'records are';
    found.push(
      of(
        'malformed',
        'warning',
        null,
        file.malformed,
        `${file.malformed.toLocaleString('en-US')} ${noun} malformed (${reasons}) and left out of all other figures.`,
      ),
    );
  }
  const positions = file.header.map((name, index) => ({ name: name.trim(), position: index + 1 }));
  const blank = positions.filter(({ name }) => name === '').map(({ position }) => String(position));
  if (blank.length > 0) {
    found.push(
      of(
        'header-blank',
        'warning',
        null,
        null,
        `${counted(blank.length, 'column')} without a name: ${listed(blank, 20)}.`,
      ),
    );
  }
  const repeated = [...new Set(positions.map(({ name }) => name))].filter(
    (name) => name !== '' && positions.filter((other) => other.name === name).length > 1,
  );
  for (const name of repeated) {
    const at = positions.filter((other) => other.name === name).map(({ position }) => String(position));
    found.push(
      of(
        'header-repeated',
        'warning',
        null,
        null,
        `The name ${quoted(name)} stands over columns ${listed(at)}.`,
      ),
    );
  }
  if (file.not_recognised !== null) {
    const source = file.source ? `It looks like a ${file.source.id} file, but cannot be read as one: ` : '';
    found.push(
      of('source-unknown', 'note', null, null, `${source}${file.not_recognised.split('\n')[0] ?? ''}`),
    );
  } else if (file.source?.vintage && !file.source.vintage.is_exact) {
    found.push(
      of(
        'vintage-unknown',
        'note',
        null,
        null,
        `No known ${file.source.id} header is exactly this; nearest is ${file.source.vintage.id}.`,
      ),
    );
  }
  return found;
}

function observeDuplicates(duplicates: DuplicateProfile): Observation[] {
  const { id_column: id, identical_rows: same, identical_except_id: sameExcept } = duplicates;
  const found: Observation[] = [];
  if (duplicates.repeated_ids > 0) {
    const differing = duplicates.repeated_ids_with_different_rows;
    const how =
      differing === 0
        ? 'always with the same row'
        : `${differing.toLocaleString('en-US')} of them with different rows`;
    found.push(
      of(
        'id-repeated',
        'warning',
        id,
        duplicates.repeated_id_records,
        `${counted(duplicates.repeated_ids, 'id')} of ${id} occur more than once, in ${counted(duplicates.repeated_id_records, 'record')}, ${how}.`,
      ),
    );
  }
  if (duplicates.id_empty > 0) {
    found.push(
      of(
        'id-empty',
        'warning',
        id,
        duplicates.id_empty,
        `${counted(duplicates.id_empty, 'record')} without an id in ${id}.`,
      ),
    );
  }
  if (same.groups > 0) {
    found.push(
      of(
        'rows-identical',
        'warning',
        null,
        same.records,
        `${counted(same.groups, 'row')} occur more than once, equal in every column (${counted(same.records, 'record')}).`,
      ),
    );
  }
  if (sameExcept && sameExcept.groups > 0) {
    found.push(
      of(
        'rows-identical-except-id',
        'note',
        null,
        sameExcept.records,
        `${counted(sameExcept.records, 'record')} in ${counted(sameExcept.groups, 'group')} are equal in everything but the id: often different incidents, so no reason to remove them.`,
      ),
    );
  }
  return found;
}

function observeCoordinates(places: CoordinateProfile): Observation[] {
  const column = `${places.latitude}, ${places.longitude}`;
  const whose = places.source === null ? '' : ` (${places.source})`;
  const found: Observation[] = [];
  const add = (id: string, level: Observation['level'], records: number, text: string) => {
    if (records > 0) found.push(of(id, level, column, records, text));
  };
  const share = (records: number) => percentOf(records / Math.max(1, places.records));
  add(
    'coordinates-zero',
    'warning',
    places.zeros,
    `${counted(places.zeros, 'point')}${whose} at zero degrees (${share(places.zeros)}): no place.`,
  );
  add(
    'coordinates-unreadable',
    'warning',
    places.unreadable,
    `${counted(places.unreadable, 'point')}${whose} not on the globe or not numbers.`,
  );
  add(
    'coordinates-outside',
    'warning',
    places.outside_city ?? 0,
    `${counted(places.outside_city ?? 0, 'point')}${whose} outside the city (${share(places.outside_city ?? 0)}).`,
  );
  add(
    'coordinates-missing',
    'note',
    places.missing,
    `${counted(places.missing, 'record')}${whose} without a point (${share(places.missing)}).`,
  );
  const [crowd] = places.shared;
  if (crowd && crowd.share > CROWDED_POINT && crowd.records >= MIN_CROWD) {
    add(
      'coordinates-crowded',
      'note',
      crowd.records,
      `One point${whose}, ${crowd.latitude}, ${crowd.longitude}, holds ${counted(crowd.records, 'record')} (${percentOf(crowd.share)}).`,
    );
  }
  return found;
}
