import { dateText } from '@crimetracker/analysis-kit/words';
import { useComputed, useSignal } from '@preact/signals';
import { latLngToCell } from 'h3-js';
import { useMemo } from 'preact/hooks';
import { askServer } from '../count-source.js';
import type { CityEntry, CitySchedule, ScheduleView } from '../documents.js';
import { loadDocument } from '../load.js';
import { cellRing, loadShapes } from '../map/city-shapes.js';
import { MapCanvas } from '../map/map-canvas.js';
import { useLoaded } from '../map/use-loaded.js';
import { catalogue } from '../store.js';
import { dutyParts, shiftStarts, startText } from './week-grid.js';

const MAP_HEIGHT = 380;
const SHIFTS = [8, 10, 12];
const share = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(1)} %`);

/** The patrol week of one city; where a server makes the page, units and shifts can be chosen. */
export function CityScheduleView({ entry, colour }: { readonly entry: CityEntry; readonly colour: string }) {
  const { source, city } = entry;
  const snapshot = catalogue.value?.snapshot ?? '';
  const asked = useSignal<{ readonly units: number; readonly shift: number } | undefined>(undefined);
  const key = useComputed(() => `${snapshot} ${source} ${JSON.stringify(asked.value ?? null)}`);
  const loaded = useLoaded(key.value, () => loadSchedule(snapshot, source, asked.value));
  const hasServer = catalogue.value?.window === null;
  return (
    <div class="city-schedule">
      <h3>
        <span class="dot" style={{ background: colour }} /> {city}
      </h3>
      {hasServer && (
        <ScheduleForm
          source={source}
          units={asked.value?.units ?? loaded?.schedule?.units ?? 100}
          shift={asked.value?.shift ?? loaded?.schedule?.shiftHours ?? SHIFTS[0] ?? 8}
          isBusy={loaded === undefined}
          onAsk={(choice) => {
            asked.value = choice;
          }}
        />
      )}
      {loaded === undefined && (
        <p class="empty" aria-busy="true">
          {asked.value === undefined
            ? 'Loading the schedule…'
            : 'Making the schedule; this takes some seconds…'}
        </p>
      )}
      {loaded === null && (
        <p class="empty" role="alert">
          The schedule could not be loaded.
        </p>
      )}
      {loaded?.reason && <p class="empty">{loaded.reason}</p>}
      {loaded?.schedule && <Week entry={entry} schedule={loaded.schedule} />}
    </div>
  );
}

async function loadSchedule(
  snapshot: string,
  source: string,
  asked: { readonly units: number; readonly shift: number } | undefined,
): Promise<CitySchedule> {
  if (asked === undefined) return loadDocument<CitySchedule>(`schedule-${source}.json`);
  const query = new URLSearchParams({ source, units: `${asked.units}`, shift: `${asked.shift}` });
  const answer = await askServer(`api/${snapshot}/schedule?${query}`);
  const body = (await answer.json()) as CitySchedule & { readonly error?: string };
  if (answer.ok) return body;
  return { source, reason: body.error ?? `The server answered ${answer.status}.`, schedule: null };
}

interface ScheduleFormProps {
  readonly source: string;
  readonly units: number;
  readonly shift: number;
  readonly isBusy: boolean;
  readonly onAsk: (choice: { readonly units: number; readonly shift: number }) => void;
}

function ScheduleForm({ source, units, shift, isBusy, onAsk }: ScheduleFormProps) {
  return (
    <form
      class="schedule-form"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        onAsk({ units: Number(given.get('units')), shift: Number(given.get('shift')) });
      }}
    >
      <label for={`units-${source}`}>Units</label>
      <input id={`units-${source}`} name="units" type="number" min={1} max={5000} required value={units} />
      <label for={`shift-${source}`}>Shift</label>
      <select id={`shift-${source}`} name="shift">
        {SHIFTS.map((hours) => (
          <option key={hours} value={hours} selected={hours === shift}>
            {hours} hours
          </option>
        ))}
      </select>
      <button type="submit" class="quiet" disabled={isBusy}>
        Make schedule
      </button>
    </form>
  );
}

function Week({ entry, schedule }: { readonly entry: CityEntry; readonly schedule: ScheduleView }) {
  const { jurisdictions, shiftHours } = schedule;
  const chosen = useSignal('');
  const rows = useMemo(
    () => jurisdictions.map((one) => ({ ...one, parts: dutyParts(one.onDuty, shiftHours) })),
    [jurisdictions, shiftHours],
  );
  const most = Math.max(1, ...rows.flatMap(({ parts }) => parts.map(({ units }) => units)));
  const partsADay = (rows[0]?.parts.length ?? 0) / 7;
  return (
    <>
      <dl class="certificate">
        <div>
          <dt>Week</dt>
          <dd>from {dateText(schedule.weekStart)}</dd>
        </div>
        <div>
          <dt>Units</dt>
          <dd>
            {schedule.units.toLocaleString('en-US')}, shifts of {shiftHours} hours
          </dd>
        </div>
        <div>
          <dt>Expected recorded incidents while a unit is there</dt>
          <dd>{share(schedule.coveredShare)}</dd>
        </div>
        <div>
          <dt>No schedule of these units could reach more than</dt>
          <dd>{share(schedule.boundShare)}</dd>
        </div>
        <div>
          <dt>Units spread evenly would reach</dt>
          <dd>{share(schedule.equalShare)}</dd>
        </div>
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`Units on duty in ${entry.city}`}>
        <table class="week-grid">
          <thead>
            <tr>
              <th scope="col">Jurisdiction</th>
              {['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((day) => (
                <th key={day} scope="colgroup" colSpan={partsADay}>
                  {day}
                </th>
              ))}
              <th scope="col">Unit hours</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, parts, unitHours }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {parts.map(({ label, units }, place) => (
                  <td
                    key={label}
                    class={place % partsADay === 0 ? 'first' : undefined}
                    style={{
                      background:
                        units === 0 ? undefined : `var(--ramp-${Math.min(5, Math.ceil((5 * units) / most))})`,
                    }}
                    title={`${name}, ${label}: ${unitText(units)}`}
                  >
                    <span>{units === 0 ? '' : Number.isInteger(units) ? units : units.toFixed(1)}</span>
                  </td>
                ))}
                <td class="n">{unitHours.toLocaleString('en-US')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ShiftMap
        entry={entry}
        schedule={schedule}
        chosen={chosen.value}
        onChoose={(start) => {
          chosen.value = start;
        }}
      />
      <p class="chart-note">{schedule.claim}</p>
      <p class="chart-note">
        {schedule.notes.join(' ')} Nobody’s race, sex or age is an input. Make it again:{' '}
        <code>{schedule.command}</code>
      </p>
    </>
  );
}

const unitText = (units: number): string =>
  `${units.toFixed(Number.isInteger(units) ? 0 : 1)} ${units === 1 ? 'unit' : 'units'}`;

interface ShiftMapProps {
  readonly entry: CityEntry;
  readonly schedule: ScheduleView;
  readonly chosen: string;
  readonly onChoose: (start: string) => void;
}

/** The cells to visit in one shift. */
function ShiftMap({ entry, schedule, chosen, onChoose }: ShiftMapProps) {
  const { source, city } = entry;
  const snapshot = catalogue.value?.snapshot ?? '';
  const shapes = useLoaded(`${snapshot} ${source}`, () => loadShapes(source));
  const starts = useMemo(() => shiftStarts(schedule), [schedule]);
  const start = starts.includes(chosen) ? chosen : (starts[0] ?? '');
  const own = useMemo(() => schedule.shifts.filter((shift) => shift.start === start), [schedule, start]);
  const cells = useMemo(() => {
    const list = [...new Set(own.flatMap((shift) => shift.cells))].sort();
    return {
      cells: list,
      placeOf: new Map(list.map((cell, place) => [cell, place])),
      rings: list.map(cellRing),
    };
  }, [own]);
  const classed = useMemo(
    () => ({
      classes: [{ label: 'to visit', colour: '--accent' }],
      classOf: new Int8Array(cells.cells.length),
    }),
    [cells],
  );
  const resolution = catalogue.value?.hotspotResolution ?? 9;
  const units = own.reduce((sum, shift) => sum + shift.units, 0);
  return (
    <div class="shift-map">
      <label for={`start-${source}`}>Shift that begins</label>{' '}
      <select id={`start-${source}`} onChange={(event) => onChoose(event.currentTarget.value)}>
        {starts.map((one) => (
          <option key={one} value={one} selected={one === start}>
            {startText(one)}
          </option>
        ))}
      </select>
      <p class="soft" aria-live="polite">
        {unitText(units)} in {own.length} jurisdictions, {cells.cells.length} cells to visit.
      </p>
      {shapes && (
        <MapCanvas
          label={`Cells to visit in ${city}, ${startText(start)}`}
          shapes={shapes}
          cells={cells}
          classed={classed}
          chosen={NONE}
          tiles={catalogue.value?.tiles ?? null}
          height={MAP_HEIGHT}
          describe={({ latitude, longitude }, jurisdiction) => {
            const isVisited = cells.placeOf.has(latLngToCell(latitude, longitude, resolution));
            return [jurisdiction, isVisited ? 'to visit' : undefined].filter(Boolean).join(': ') || undefined;
          }}
        />
      )}
      <details>
        <summary>The shift as a list</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section class="scroll" tabIndex={0} aria-label={`Shift of ${startText(start)} in ${city}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Jurisdiction</th>
                <th scope="col">Units</th>
                <th scope="col">Until</th>
                <th scope="col">Cells</th>
              </tr>
            </thead>
            <tbody>
              {own.map(({ jurisdiction, units: count, end, cells: visited }) => (
                <tr key={`${jurisdiction} ${end}`}>
                  <th scope="row">{jurisdiction}</th>
                  <td class="n">{count}</td>
                  <td>{startText(end)}</td>
                  <td>
                    <code>{visited.join(' ')}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </div>
  );
}

const NONE: readonly never[] = [];
