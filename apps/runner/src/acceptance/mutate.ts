import { gzipSync } from 'node:zlib';
import type { Random } from './random.js';

/** A raw file to be damaged. */
export interface Sample {
  readonly name: string;
  /** With their ends, the header first; one sign stands for one byte. */
  readonly lines: readonly Signs[];
}

export function createSample(name: string, bytes: Buffer): Sample {
  return { name, lines: linesOf(bytes.toString('latin1')) };
}

export interface Mutant {
  readonly bytes: Buffer;
  /** What was done, in order. */
  readonly steps: readonly string[];
  readonly sample: Sample;
}

/** Text in which one sign stands for one byte (Latin-1), so that anything can be done to it. */
type Signs = string;
type Change = (text: Signs, random: Random, samples: readonly Sample[]) => Signs;
type Packing = (bytes: Buffer, random: Random) => Buffer;

const utf8 = (text: string): Signs => Buffer.from(text).toString('latin1');

const CELLS: readonly Signs[] = [
  '',
  ' ',
  '   ',
  'NULL',
  'NA',
  '(null)',
  'nan',
  'None',
  '-',
  '?',
  '\\N',
  '0',
  '-1',
  '-56',
  '120',
  '1e400',
  '-0',
  '75.0',
  '1,035,836',
  '9'.repeat(400),
  '9007199254740993',
  '0x10',
  'Infinity',
  '02/30/2020',
  '13/13/2020',
  '1/1/1015',
  '12/31/9999',
  '0000-01-01',
  '44119',
  '2020-02-29T25:61:61Z',
  '31/12/2020',
  '01/02/03',
  '1/1/2020 99:99',
  '24:00:00',
  '2400',
  '2360',
  '12:60 PM',
  '-1:00',
  '(0.0, 0.0)',
  '(nan, nan)',
  '91',
  '-181',
  '40.7',
  'constructor',
  '__proto__',
  'toString',
  "'; DROP TABLE incidents; --",
  '=1+1',
  '<script>',
  'x'.repeat(10_000),
  ' '.repeat(5000),
  '\t',
  '\u001B[31m',
  '\r',
  '\r\r',
  '\\',
  '\\"',
  '%s%n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that a shell would replace.
  '${1}',
  ';',
  '|',
  "'",
  ...[
    'Ünïcödé',
    '👮🏽‍♀️',
    '\u202Eabc',
    '\u00A0',
    '\uFEFF',
    '٣٤٥',
    '７５',
    'e\u0301',
    '\u2028',
    'CAFÉ',
    '\uFFFD',
  ].map(utf8),
  '\xFF',
  '\xE9',
  '\xC3',
  '\xED\xA0\x80',
  '\xF5\x80\x80\x80',
  '\x81',
  '"quoted"',
  '"a,b"',
  '"a""b"',
  '"a\nb"',
  '"a\r\nb"',
  '""',
  '"""',
  '"',
  '"a"b',
  'a"b',
  '" "',
  '"\n\n"',
  '\0',
];

const INSERTS: readonly Signs[] = [
  '"',
  '""',
  ',',
  ',,',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '\0',
  '\0\0\0\0',
  '\xEF\xBB\xBF',
  '\xFF',
  '\x80',
  '\xC3',
  '\t',
  ';',
  '|',
  "'",
  '\\',
  ' ',
  '",',
  ',"',
  '"\n',
  '\n"',
  '"\r\n"',
];

/** Lines with their ends, the header first. */
const linesOf = (text: Signs): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Replaces one field of one line, found by counting commas; quoted ones come apart, which is one more way to damage. */
function changeField(line: Signs, random: Random, change: (field: Signs) => Signs): Signs {
  const end = /\r?\n?$/.exec(line)?.[0] ?? '';
  const fields = line.slice(0, line.length - end.length).split(',');
  const at = random.below(fields.length);
  fields[at] = change(fields[at] ?? '');
  return fields.join(',') + end;
}

function changeLine(text: Signs, random: Random, change: (line: Signs) => Signs, from = 1): Signs {
  const lines = linesOf(text);
  if (lines.length <= from) return text;
  const at = from + random.below(lines.length - from);
  lines[at] = change(lines[at] ?? '');
  return lines.join('');
}

const changeHeader = (text: Signs, change: (names: string[]) => void): Signs => {
  const [header = '', ...rest] = linesOf(text);
  const end = /\r?\n?$/.exec(header)?.[0] ?? '';
  const names = header.slice(0, header.length - end.length).split(',');
  change(names);
  return names.join(',') + end + rest.join('');
};

function cut(text: Signs, random: Random): readonly [from: number, to: number] {
  const from = random.below(text.length + 1);
  return [from, Math.min(text.length, from + random.below(random.chance(0.7) ? 40 : 4000))];
}

const CHANGES: Readonly<Record<string, Change>> = {
  'change cells': (text, random) => {
    let changed = text;
    for (let times = 1 + random.below(20); times > 0; times -= 1) {
      changed = changeLine(changed, random, (line) => changeField(line, random, () => random.pick(CELLS)));
    }
    return changed;
  },
  'change a whole column': (text, random) => {
    const [header = '', ...lines] = linesOf(text);
    const at = random.below(header.split(',').length);
    const cell = random.pick(CELLS);
    return (
      header +
      lines
        .map((line) =>
          line
            .split(',')
            .map((field, index) => (index === at ? cell : field))
            .join(','),
        )
        .join('')
    );
  },
  'flip bytes': (text, random) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let times = 1 + random.below(8); times > 0 && bytes.length > 0; times -= 1)
      bytes[random.below(bytes.length)] = random.below(256);
    return bytes.toString('latin1');
  },
  'insert signs': (text, random) => {
    let changed = text;
    for (let times = 1 + random.below(4); times > 0; times -= 1) {
      const at = random.below(changed.length + 1);
      changed = changed.slice(0, at) + random.pick(INSERTS) + changed.slice(at);
    }
    return changed;
  },
  'delete a region': (text, random) => {
    const [from, to] = cut(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  'double a region': (text, random) => {
    const [from, to] = cut(text, random);
    return text.slice(0, to) + text.slice(from);
  },
  'cut short': (text, random) => text.slice(0, random.below(text.length + 1)),
  'cut off the start': (text, random) => text.slice(random.below(Math.min(text.length, 2000))),
  'drop a field': (text, random) => changeLine(text, random, (line) => line.split(',').slice(1).join(',')),
  'add a field': (text, random) => changeLine(text, random, (line) => `extra,${line}`),
  'empty lines': (text, random) =>
    changeLine(text, random, (line) => random.pick(['\n', '\r\n', '\n\n\n', ' \n']) + line, 0),
  'empty records': (text, random) => {
    const [header = '', ...lines] = linesOf(text);
    const empty = `${','.repeat(header.split(',').length - 1)}\n`;
    return header + empty.repeat(1 + random.below(30)) + lines.join('');
  },
  'lines twice': (text, random) => changeLine(text, random, (line) => line.repeat(1 + random.below(4))),
  'shuffle lines': (text, random) => {
    const [header = '', ...lines] = linesOf(text);
    return header + lines.sort(() => random.fraction() - 0.5).join('');
  },
  'CR LF': (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  'lone CR': (text) => text.replaceAll(/\r?\n/g, '\r'),
  'mixed line ends': (text, random) =>
    text.replaceAll(/\r?\n/g, () => random.pick(['\n', '\r\n', '\n', '\r'])),
  'no last line end': (text) => text.trimEnd(),
  'another delimiter': (text, random) => text.replaceAll(',', random.pick(['\t', ';', '|', ':'])),
  'quotes around all': (text) =>
    linesOf(text)
      .map((line) =>
        line.replace(/[^\r\n]+/, (content) =>
          content
            .split(',')
            .map((field) => `"${field.replaceAll('"', '')}"`)
            .join(','),
        ),
      )
      .join(''),
  'no quotes': (text) => text.replaceAll('"', ''),
  'header: rename': (text, random) =>
    changeHeader(text, (names) => {
      names[random.below(names.length)] = random.pick(['X', 'Crm Cd', 'KY_CD', 'date', utf8('Größe')]);
    }),
  'header: drop a name': (text, random) =>
    changeHeader(text, (names) => {
      names.splice(random.below(names.length), 1);
    }),
  'header: name twice': (text, random) =>
    changeHeader(text, (names) => {
      names[random.below(names.length)] = random.pick(names);
    }),
  'header: blank names': (text, random) =>
    changeHeader(text, (names) => {
      for (let times = 1 + random.below(4); times > 0; times -= 1)
        names[random.below(names.length)] = random.pick(['', ' ', '""']);
    }),
  'header: reorder': (text, random) =>
    changeHeader(text, (names) => {
      names.sort(() => random.fraction() - 0.5);
    }),
  'header: change case': (text, random) =>
    changeHeader(text, (names) => {
      for (const [index, name] of names.entries())
        if (random.chance(0.5))
          names[index] = random.chance(0.5) ? name.toLowerCase() : ` ${name.toUpperCase()} `;
    }),
  'header: lost': (text) => linesOf(text).slice(1).join(''),
  'header only': (text) => linesOf(text)[0] ?? '',
  'header again at the end': (text) => text + (linesOf(text)[0] ?? ''),
  'byte order mark': (text) => `\xEF\xBB\xBF${text}`,
  'another file behind': (text, random, samples) => text + random.pick(samples).lines.slice(0, 30).join(''),
  'a title before': (text) => `NYPD Complaint Data\n\n${text}`,
  'a long field': (text, random) =>
    changeLine(text, random, (line) =>
      changeField(line, random, () => 'y'.repeat(random.pick([70_000, 1 << 20, (1 << 20) + 5]))),
    ),
  'many lines and a quote': (text, random) => {
    const lines = linesOf(text);
    const body = Array.from(
      { length: 1100 + random.below(1200) },
      (_, at) => lines[1 + (at % Math.max(1, lines.length - 1))] ?? '\n',
    );
    for (let times = 1 + random.below(3); times > 0; times -= 1) {
      const at = random.below(body.length);
      body[at] = (body[at] ?? '').replace(/,/, ',"');
    }
    return (lines[0] ?? '') + body.join('');
  },
  nothing: (text) => text,
  'nothing left': () => '',
};

/** Rare ones: slow, or leaving little to look at. */
const RARE = new Set([
  'a long field',
  'many lines and a quote',
  'nothing left',
  'header only',
  'lone CR',
  'header: lost',
]);
const COMMON_NAMES = Object.keys(CHANGES).filter((name) => !RARE.has(name));

const PACKINGS: Readonly<Record<string, Packing>> = {
  gzip: (bytes) => gzipSync(bytes, { level: 1 }),
  'gzip in members': (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([
      gzipSync(bytes.subarray(0, at), { level: 1 }),
      gzipSync(bytes.subarray(at), { level: 1 }),
    ]);
  },
  'gzip cut short': (bytes, random) => {
    const packed = gzipSync(bytes, { level: 1 });
    return packed.subarray(0, 2 + random.below(packed.length - 2));
  },
  'gzip with a flipped byte': (bytes, random) => {
    const packed = gzipSync(bytes, { level: 1 });
    packed[2 + random.below(packed.length - 2)] = random.below(256);
    return packed;
  },
  'gzip and more': (bytes, random) =>
    Buffer.concat([
      gzipSync(bytes, { level: 1 }),
      random.chance(0.5) ? Buffer.alloc(random.below(600)) : bytes.subarray(0, 50),
    ]),
  'UTF-16 little endian': (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le'),
  'UTF-16 big endian': (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le').swap16(),
  'UTF-16 without mark': (bytes, random) => {
    const text = Buffer.from(bytes.toString('utf8'), 'utf16le');
    return random.chance(0.5) ? text : text.swap16();
  },
  'UTF-16 with a byte lost': (bytes, random) => {
    const text = Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le');
    const at = 2 + random.below(Math.max(1, text.length - 2));
    return Buffer.concat([text.subarray(0, at), text.subarray(at + 1)]);
  },
  'UTF-16 and gzip': (bytes) =>
    gzipSync(Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le'), { level: 1 }),
  'two encodings': (bytes) =>
    Buffer.concat([
      bytes.subarray(0, bytes.length >> 1),
      Buffer.from(bytes.toString('latin1', bytes.length >> 1), 'utf16le'),
    ]),
};

/** Makes a damaged file from a piece of a sample: its header and 20 to `most` records. */
export function mutate(random: Random, samples: readonly Sample[], most = 200): Mutant {
  const sample = random.pick(samples);
  const { lines } = sample;
  const wanted = 20 + random.below(most - 19);
  const from = 1 + random.below(Math.max(1, lines.length - wanted));
  let text = (lines[0] ?? '') + lines.slice(from, from + wanted).join('');
  const steps: string[] = [];
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const name = random.chance(0.04) ? random.pick([...RARE]) : random.pick(COMMON_NAMES);
    steps.push(name);
    text = CHANGES[name]?.(text, random, samples) ?? text;
  }
  let bytes: Buffer = Buffer.from(text, 'latin1');
  if (random.chance(0.25)) {
    const name = random.pick(Object.keys(PACKINGS));
    steps.push(name);
    bytes = PACKINGS[name]?.(bytes, random) ?? bytes;
  }
  return { bytes, steps, sample };
}
