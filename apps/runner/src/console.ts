import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import type picocolors from 'picocolors';

/** Where a command writes: answers to `out`, everything about the work to `err`. */
export interface Console {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly colours: ReturnType<typeof picocolors.createColors>;
  /** Answers are JSON; nothing else may reach `out`. */
  readonly json: boolean;
}

export const number = (value: number): string => value.toLocaleString('en-US');
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${(value / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** A text table without boxes: columns that hold only numbers stand right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  colours: Console['colours'],
): string {
  const numeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  const drawn = new Table({
    head: head.map((name) => colours.bold(name)),
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '  ',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  for (const row of rows) drawn.push(row.map((cell) => (typeof cell === 'number' ? number(cell) : cell)));
  return drawn.toString();
}

/** Shows how far long work has come: a bar on a terminal, a plain line per step elsewhere. */
export interface Progress {
  step(label: string, done: number, total?: number): void;
  stop(): void;
}

export function createProgress(console: Console): Progress {
  return console.err.isTTY ? barProgress(console) : lineProgress(console);
}

function barProgress({ err, colours }: Console): Progress {
  let bar: SingleBar | undefined;
  let current = '';
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step(label, done, total) {
      if (label !== current || !bar) {
        stop();
        current = label;
        bar = new SingleBar({
          stream: err,
          format:
            total === undefined
              ? `  ${colours.cyan('…')} {label}`
              : `  ${colours.cyan('{bar}')} {percentage}% {label}`,
          barsize: 24,
          hideCursor: true,
          clearOnComplete: true,
          gracefulExit: false,
        });
        bar.start(total ?? 1, 0, { label });
      }
      if (total !== undefined) bar.setTotal(total);
      bar.update(total === undefined ? 0 : Math.min(done, total), { label });
    },
    stop,
  };
}

function lineProgress({ err }: Console): Progress {
  let current = '';
  return {
    step(label) {
      if (label === current) return;
      current = label;
      err.write(`${label}\n`);
    },
    stop() {},
  };
}
