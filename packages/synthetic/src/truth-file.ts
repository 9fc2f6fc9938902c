import { Random } from '@crimetracker/analysis-kit';
import type { Calendar } from './calendar.js';
import { cellText, splitCells } from './csv-cells.js';
import type { DirtKind, RowFacts } from './dirt.js';
import { EditableRow } from './dirt.js';
import { DATE_DIRT } from './dirt-dates.js';
import { OPEN_QUOTE, RECORD_DIRT, UNCLOSED_AT_END } from './dirt-records.js';
import { VALUE_DIRT } from './dirt-values.js';
import type { City } from './effects.js';
import type { RecordFile } from './record-file.js';
import type { TextSink } from './text-sink.js';
import type { DirtRow, DuplicateRow, FileSummary } from './truth.js';
import type { Vintage } from './vintage.js';

export const DIRT_KINDS: readonly DirtKind[] = [...DATE_DIRT, ...VALUE_DIRT, ...RECORD_DIRT, UNCLOSED_AT_END];

/** The last record of a file is damaged without looking at its incident. */
const NO_FACTS: RowFacts = {
  startDay: 0,
  startMinute: 0,
  endDay: -1,
  endMinute: 0,
  reportDay: 0,
  category: '',
  code: '',
  district: 0,
  victimIsPerson: false,
  victimIsNobody: false,
  hasSuspect: false,
  hasWeapon: false,
  atStationHouse: false,
};

/** Times that are flagged as heaped. */
const HEAPED: ReadonlySet<number> = new Set([0, 1, 720]);

/** What of a row decides its flags when it is clean. */
export type Counted = Pick<RowFacts, 'startMinute' | 'endMinute' | 'atStationHouse'>;

export interface TruthSinks {
  readonly dirt: TextSink<DirtRow>;
  readonly duplicates: TextSink<DuplicateRow>;
}

/** A raw file together with the truth about it: plants dirt, and counts what must become of its records. */
export class TruthFile<Incident extends Counted> {
  readonly file: RecordFile;
  readonly #city: City;
  readonly #calendar: Calendar;
  readonly #random: Random;
  readonly #sinks: TruthSinks;
  /** Kinds in the order in which they are due: every kind gets its turn, however small the file. */
  readonly #kinds: DirtKind[];
  readonly #endKind: DirtKind | undefined;
  readonly #vintages = new Set<string>();
  readonly #quarantined: Record<string, number> = {};
  readonly #duplicates: Record<string, number> = {};
  readonly #flags: Record<string, number> = {};
  #curated = 0;
  /** A record whose quote runs on into the lines after it, until one of them has a quote. */
  #open: DirtRow | undefined;
  /** Of the last record, where it is a clean one. */
  #lastVintage: Vintage<Incident> | undefined;
  #lastCounted: Counted = { startMinute: 0, endMinute: 0, atStationHouse: false };

  constructor(options: {
    readonly file: RecordFile;
    readonly city: City;
    readonly calendar: Calendar;
    readonly seed: number;
    readonly sinks: TruthSinks;
    readonly kinds: readonly DirtKind[];
  }) {
    this.file = options.file;
    this.#city = options.city;
    this.#calendar = options.calendar;
    this.#random = new Random(options.seed, `${options.file.name}/dirt`);
    this.#sinks = options.sinks;
    const kinds = options.kinds.filter(({ cities }) => cities.includes(options.city));
    this.#endKind = kinds.find(({ id }) => id === UNCLOSED_AT_END.id);
    this.#kinds = this.#shuffled(kinds.filter((kind) => kind !== this.#endKind));
  }

  /** Appends a clean record that must be curated. */
  addClean(vintage: Vintage<Incident>, incident: Incident): number {
    const record = this.file.append(vintage, incident);
    this.#vintages.add(vintage.id);
    this.#countCurated(incident, '');
    this.#lastVintage = vintage;
    this.#lastCounted = incident;
    if (this.#open !== undefined) this.#resolveOpen(this.file.lastLine.includes('"'));
    return record;
  }

  /** Appends a record with one defect; clean when no kind fits the incident. */
  addDirty(vintage: Vintage<Incident>, incident: Incident, facts: RowFacts): number {
    const record = this.addClean(vintage, incident);
    const row = this.#editable(vintage, facts);
    const turn = this.#kinds.findIndex((kind) => kind.fits?.(row) ?? true);
    const [kind] = turn < 0 ? [] : this.#kinds.splice(turn, 1);
    if (kind === undefined) return record;
    this.#kinds.push(kind);
    this.#countCurated(incident, '', -1);
    this.#damage(row, kind, facts);
    return record;
  }

  /** The record appended last, as written. */
  get lastLine(): string {
    return this.file.lastLine;
  }

  /** Appends a line again that stands in the file already; it is kept in its place. */
  addRepeat(line: string): number {
    const record = this.file.appendLine(line);
    this.#lastVintage = undefined;
    if (this.#open !== undefined) this.#resolveOpen(line.includes('"'));
    return record;
  }

  /** Appends a clean record that another file replaces. */
  addReplaced(vintage: Vintage<Incident>, incident: Incident): number {
    const record = this.addClean(vintage, incident);
    this.#countCurated(incident, '', -1);
    this.#lastVintage = undefined;
    return record;
  }

  /** The last record is named in the truth already and must stay as it is. */
  protectLast(): void {
    this.#lastVintage = undefined;
  }

  /** Records that `record` of this file is set aside for a later record. */
  setAside(
    record: number,
    later: { readonly file: string; readonly record: number },
    kind: DuplicateRow['kind'],
  ): void {
    const rule = kind === 'superseded' ? 'duplicate-superseded' : 'duplicate-exact';
    increase(this.#duplicates, rule);
    this.#sinks.duplicates.add({
      file: this.file.name,
      record,
      of_file: later.file,
      of_record: later.record,
      kind,
    });
  }

  /** Closes the file and says what must become of it. */
  async finish(): Promise<FileSummary> {
    if (this.#endKind !== undefined && this.#lastVintage !== undefined) {
      this.#countCurated(this.#lastCounted, '', -1);
      this.#damage(this.#editable(this.#lastVintage, NO_FACTS), this.#endKind, NO_FACTS);
    }
    if (this.#open !== undefined) this.#resolveOpen(false, true);
    const sha256 = await this.file.finish();
    return {
      file: this.file.name,
      source: this.#city,
      vintages: [...this.#vintages].sort(),
      bytes: this.file.bytes,
      sha256,
      records: this.file.records,
      expected: {
        curated: this.#curated,
        quarantined: sorted(this.#quarantined),
        duplicates: sorted(this.#duplicates),
        flags: sorted(this.#flags),
      },
    };
  }

  #editable(vintage: Vintage<Incident>, facts: RowFacts): EditableRow {
    return new EditableRow(vintage, splitCells(this.file.lastLine), facts, this.#calendar, this.#random);
  }

  #damage(row: EditableRow, kind: DirtKind, facts: RowFacts): void {
    const column = kind.column(row);
    const expected = kind.plant(row);
    const line = kind.mangle?.(row) ?? row.cells.join(',');
    this.file.replaceLast(line);
    this.#lastVintage = undefined;
    if (this.#open !== undefined) this.#resolveOpen(line.includes('"'));
    const index = row.vintage.columns.indexOf(column);
    const truth: DirtRow = {
      file: this.file.name,
      record: this.file.records,
      column: row.vintage.names[index] ?? '',
      kind: kind.id,
      raw_value: kind.mangle === undefined ? cellText(row.cells[index] ?? '') : '',
      disposition: kind.disposition,
      rule: kind.rule,
      canonical_column: expected?.column ?? '',
      canonical_value: expected?.value ?? '',
    };
    if (kind.disposition === 'curated') this.#countCurated(facts, kind.rule);
    if (kind.id === OPEN_QUOTE) {
      this.#open = truth;
      return;
    }
    if (kind.disposition === 'quarantined') increase(this.#quarantined, kind.rule);
    this.#sinks.dirt.add(truth);
  }

  /** The fate of an open quote shows when the next quote comes, or at the end of the file. */
  #resolveOpen(hasQuote: boolean, atEnd = false): void {
    if (this.#open === undefined || !(hasQuote || atEnd)) return;
    const truth = hasQuote ? this.#open : { ...this.#open, rule: UNCLOSED_AT_END.rule };
    this.#open = undefined;
    increase(this.#quarantined, truth.rule);
    this.#sinks.dirt.add(truth);
  }

  #countCurated(row: Counted, rule: string, by = 1): void {
    this.#curated += by;
    if (rule !== '') increase(this.#flags, rule, by);
    if (row.atStationHouse) increase(this.#flags, 'station-house', by);
    const hasNoTime = rule === 'occurred-time-24-00' || rule === 'occurred-time-unreadable';
    const minute = rule === 'occurred-date-from-end' ? row.endMinute : row.startMinute;
    if (!hasNoTime && HEAPED.has(minute)) increase(this.#flags, 'time-heaped', by);
  }

  #shuffled(kinds: readonly DirtKind[]): DirtKind[] {
    const order = [...kinds];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = this.#random.below(last + 1);
      [order[last], order[other]] = [order[other] as DirtKind, order[last] as DirtKind];
    }
    return order;
  }
}

function increase(counts: Record<string, number>, key: string, by = 1): void {
  counts[key] = (counts[key] ?? 0) + by;
}

/** Sorted by key, without the zeros. */
const sorted = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, number]) => number !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
