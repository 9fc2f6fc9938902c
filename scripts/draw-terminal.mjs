// Draws text from standard input as a terminal in SVG, for the README:
//   npx crimetracker demo 2>/dev/null | sed -e '/raw values have no entry/,/^$/d' -e '/^  Los Angeles, /,/^$/d' \
//     -e '/^  Los Angeles: /,/Recorded times/d' | cat -s | node scripts/draw-terminal.mjs "npm start" > docs/demo.svg
import { text } from 'node:stream/consumers';

const CHARACTER_WIDTH = 7.83;
const LINE_HEIGHT = 17;
const MARGIN = 18;
const LONGEST_LINE = 128;

const escaped = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const command = process.argv[2];
const given = (await text(process.stdin)).trimEnd().split('\n');
const lines = [...(command ? [`$ ${command}`, ''] : []), ...given].map((line) => {
  const trimmed = line.trimEnd();
  return trimmed.length > LONGEST_LINE ? `${trimmed.slice(0, LONGEST_LINE - 1)}…` : trimmed;
});
const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * CHARACTER_WIDTH) + 2 * MARGIN;
const height = lines.length * LINE_HEIGHT + 2 * MARGIN;

/** Headings, balance and paths in quiet colours, the rest plain. */
function colourOf(line) {
  if (line.startsWith('$')) return '#8be9a8';
  if (line.includes('ledger balances')) return '#8be9a8';
  if (/^ {2}(file|rule|source|category|city) {2,}/.test(line)) return '#9cc4ff';
  if (/^\S/.test(line)) return '#ffffff';
  return '#d5dae3';
}

const drawn = lines.map(
  (line, index) =>
    `<text x="${MARGIN}" y="${MARGIN + (index + 0.8) * LINE_HEIGHT}" fill="${colourOf(line)}" xml:space="preserve">${escaped(line)}</text>`,
);
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Output of ${escaped(command ?? 'a command')}">
<rect width="100%" height="100%" rx="8" fill="#161b26"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
${drawn.join('\n')}
</g>
</svg>
`);
