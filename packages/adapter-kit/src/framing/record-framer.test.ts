import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINES_PER_RECORD, RecordFramer } from './record-framer.js';

interface Framed {
  readonly offset: number;
  readonly length: number;
  readonly reason: string | null;
  readonly fields: number;
  readonly plain: boolean;
}

interface Limits {
  readonly maxRecordBytes?: number;
  readonly chunkBytes?: number;
  /** Bytes that arrive at a time. */
  readonly step?: number;
}

function frame(text: string, expectedFields: number, limits: Limits = {}): Framed[] {
  const { maxRecordBytes = 1 << 16, chunkBytes = 1 << 16, step = 1 << 20 } = limits;
  const framer = new RecordFramer({ maxRecordBytes, chunkBytes });
  framer.delimiter = 0x2c;
  framer.expectedFields = expectedFields;
  const bytes = Buffer.from(text, 'latin1');
  const framed: Framed[] = [];
  let at = 0;
  for (;;) {
    const answer = framer.next();
    if (answer === 'end') return framed;
    if (answer === 'record') {
      const { offset, length, reason, fields, plain } = framer;
      framed.push({ offset, length, reason, fields, plain });
      const head = framer.head.toString('latin1');
      if (head !== text.slice(offset, offset + Math.min(length, 8000)))
        throw new Error(`Wrong head: ${head}`);
      continue;
    }
    const copied = bytes.copy(framer.reserve(), 0, at, at + step);
    if (copied === 0) framer.finish();
    else framer.commit(copied);
    at += copied;
  }
}

const QUOTED = /"(?:[^"]|"")*"(?!")/y;
const UNQUOTED = /(?:[^,\r\n]|\r(?!\n))*/y;
const LINE_END = /\r?\n/y;
const PLAIN = /^(?:"(?:[^"\r\n\0]|"")*"|[^",\r\n\0]*)(?:,(?:"(?:[^"\r\n\0]|"")*"|[^",\r\n\0]*))*$/;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The same rules, written from the grammar without regard to speed, and without limits. */
function frameSlowly(text: string, expectedFields: number): Framed[] {
  const framed: Framed[] = [];
  for (let at = 0; at < text.length; ) {
    const blank = match(LINE_END, text, at);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    let end = at;
    let fields = 1;
    let reason: string | null = null;
    for (;;) {
      const quoted = text[end] === '"';
      const field = match(quoted ? QUOTED : UNQUOTED, text, end);
      if (field === null) reason = 'quote-unclosed';
      end += field?.length ?? 0;
      const over = end === text.length || match(LINE_END, text, end) !== null;
      if (reason === null && !over && text[end] !== ',') reason = 'quote-misplaced';
      if (reason !== null || over) break;
      fields += 1;
      end += 1;
    }
    if (reason !== null) {
      const lineEnd = text.slice(at).search(/\r?\n/);
      end = lineEnd < 0 ? text.length : at + lineEnd;
      fields = 0;
    } else if (text.slice(at, end).includes('\0')) {
      reason = 'nul-byte';
    } else if (fields !== expectedFields) {
      reason = fields < expectedFields ? 'fields-too-few' : 'fields-too-many';
    }
    framed.push({ offset: at, length: end - at, reason, fields, plain: PLAIN.test(text.slice(at, end)) });
    at = end + (match(LINE_END, text, end)?.length ?? 0);
  }
  return framed;
}

const PIECES = [
  '"',
  '""',
  ',',
  '\n',
  '\r\n',
  '\r',
  '\0',
  'x',
  ' ',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  '","',
  '"\n',
  'é',
];
const hostileText = fc.array(fc.constantFrom(...PIECES), { maxLength: 80 }).map((pieces) => pieces.join(''));

describe('RecordFramer', () => {
  it('frames any bytes as the grammar says', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 4 }), (text, fields) => {
        expect(frame(text, fields)).toEqual(frameSlowly(text, fields));
      }),
      { numRuns: 3000 },
    );
  });

  it('frames alike however the bytes arrive and however small the window is', () => {
    const limits = fc.record({
      chunkBytes: fc.integer({ min: 1, max: 40 }),
      step: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 4, max: 60 }), limits, (text, maxRecordBytes, small) => {
        expect(frame(text, 3, { maxRecordBytes, ...small })).toEqual(frame(text, 3, { maxRecordBytes }));
      }),
      { numRuns: 3000 },
    );
  });

  it('passes over every byte once: records and line ends fill the text', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 4, max: 60 }), (text, maxRecordBytes) => {
        let at = 0;
        for (const { offset, length } of frame(text, 2, { maxRecordBytes })) {
          expect(text.slice(at, offset)).toMatch(/^(\r?\n)*$/);
          at = offset + length;
        }
        expect(text.slice(at)).toMatch(/^(\r?\n)*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses at most two records to one stray quote where fields hold no quotes and no line ends', () => {
    const field = fc.constantFrom('', 'a', '12', 'a,b', 'two words');
    const table = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(table, fc.boolean(), fc.nat(), (rows, quoteAll, where) => {
        const lines = rows.map((row) =>
          row.map((text) => (quoteAll || text.includes(',') ? `"${text}"` : text)).join(','),
        );
        const text = `${lines.join('\n')}\n`;
        const at = where % text.length;
        const framed = frame(`${text.slice(0, at)}"${text.slice(at)}`, 3);
        expect(framed.filter((record) => record.reason === null).length).toBeGreaterThanOrEqual(
          rows.length - 2,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('gives up a quote after 1,000 lines, and costs one record by it', () => {
    const inside = 'x\n'.repeat(MAX_LINES_PER_RECORD - 1);
    expect(frame(`1,"${inside}"\n3,4\n`, 2).map((record) => record.reason)).toEqual([null, null]);
    const reasons = frame(`1,"${inside}x\n"\n3,4\n`, 2).map((record) => record.reason);
    expect(reasons[0]).toBe('quote-unclosed');
    expect(reasons.at(-1)).toBeNull();
    expect(reasons).toHaveLength(MAX_LINES_PER_RECORD + 2);
  });

  it('cuts a record longer than allowed at its line end, whatever stands in it', () => {
    const limits = { maxRecordBytes: 10, chunkBytes: 8 };
    expect(frame('1,xxxxxxxx\n1,2\n', 2, limits).map((record) => record.reason)).toEqual([null, null]);
    expect(frame('1,xxxxxxxxx\n1,2\n', 2, limits).map((record) => record.reason)).toEqual([
      'record-too-long',
      null,
    ]);
    expect(frame('1,"xx,""xxxxxxxxxxx\r\n1,2\n', 2, limits)).toMatchObject([
      { offset: 0, length: 19, reason: 'record-too-long' },
      { offset: 21, length: 3, reason: null },
    ]);
    expect(frame('1,"xx\nxxxxxxxxxxx"\n1,2\n', 2, limits).map((record) => record.reason)).toEqual([
      'quote-unclosed',
      'record-too-long',
      null,
    ]);
  });

  it.each([
    ['every line closes a quote and opens one', 'x","\n'],
    ['every line opens a quote that the next one closes', '1,"\n'],
    ['every line opens a quote and doubles it', 'x",""","\n'],
    ['lines are empty inside quotes', '"\n'],
  ])('stays linear where %s', (_, line) => {
    const time = (lines: number) => {
      const text = line.repeat(lines);
      const start = performance.now();
      frame(text, 2, { maxRecordBytes: 1 << 20, chunkBytes: 4 << 20 });
      return performance.now() - start;
    };
    time(2000);
    const few = Math.max(5, time(2000));
    // 25 times the lines; a scan of 1,000 lines for every line would need 500 times as long.
    expect(time(50_000)).toBeLessThan(few * 200);
  });
});
