import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { drawProfile } from './draw-profile.js';
import { bar, sparkline, wrap } from './terminal-charts.js';
import { profileOf } from './testing-profile.js';

const WIDTH = 100;
const plain = picocolors.createColors(false);
const ESCAPE = String.fromCharCode(27);

describe('drawProfile', { timeout: 30_000 }, () => {
  it('stays within 100 columns, however long names and values are', async () => {
    const long = 'LONG WORDS '.repeat(30).trim();
    const rows = Array.from(
      { length: 60 },
      (_, index) =>
        `${index},${long} ${index % 2},01/${10 + (index % 20)}/2020,12:${10 + (index % 40)},34.1${index},-118.2${index}`,
    );
    const profile = await profileOf({
      csv: `id,${long},Date Occurred Of The Incident,Time Occurred Of Incident,lat,lon\n${rows.join('\n')}\n`,
    });
    const drawn = [false, true].flatMap((all) => drawProfile(profile, plain, all).split('\n'));
    expect(drawn.filter((line) => line.trimEnd().length > WIDTH)).toEqual([]);
  });

  it('sends no control character of a value or a name to the terminal', async () => {
    const evil = `${ESCAPE}]0;owned\u0007${ESCAPE}[2J`;
    const profile = await profileOf({ csv: `${evil},b\n${evil},1\n${evil},2\n` });
    expect(drawProfile({ ...profile, title: evil }, plain, true).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('shows each column with what it holds and its most common value', async () => {
    const text = drawProfile(
      await profileOf({ csv: 'id,city,when\n1,LA,01/20/2020\n2,LA,01/21/2020\n3,,01/21/2020\n' }),
      plain,
      false,
    );
    expect(text).toMatch(/2 {2}city +text +████ +66\.7 % +1 +LA 66\.7 %/);
    expect(text).toMatch(/3 {2}when +99\/99\/9999 +██████ +100\.0 %/);
    expect(text).toContain('each different');
  });

  it('draws a file without records', async () => {
    expect(drawProfile(await profileOf({ csv: 'a,b\n' }), plain, true)).toContain('There are no records.');
  });
});

describe('charts of text', { timeout: 30_000 }, () => {
  it('draws shares to an eighth of a character, and never hides a small one', () => {
    expect([bar(0, 4), bar(0.0001, 4), bar(0.5, 4), bar(1, 4)]).toEqual(['    ', '▏   ', '██  ', '████']);
  });

  it('draws columns by their share of the largest', () => {
    expect(sparkline([0, 0.5, 1, 4, 8])).toBe(' ▁▂▅█');
    expect(sparkline([])).toBe('');
  });

  it('wraps at blanks', () => {
    expect(wrap('one two three', 9, '  ')).toEqual(['  one two', '  three']);
  });
});
