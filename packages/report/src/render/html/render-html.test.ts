import { describe, expect, test } from 'vitest';
import { HOSTILE, testReport, testTables } from '../../testing-marts.js';
import { renderHtml } from './render-html.js';

const withoutData = (page: string): string =>
  page.replace(/<script type="application\/json".*?<\/script>/s, '');
const tagsOf = (page: string): readonly string[] =>
  [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => (name ?? '').toLowerCase());

const page = renderHtml(await testReport(testTables(), { choice: { compare: '2022,2023' } }));
const plain = renderHtml(await testReport(testTables()));
const hostile = renderHtml(await testReport(testTables(HOSTILE)));

describe('renderHtml', () => {
  test('lets no text of the data become a tag or an attribute', () => {
    expect(hostile).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(withoutData(hostile).replaceAll(/="[^"]*"/g, '')).not.toMatch(/<[^>]*\son[a-z]+\b/i);
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(new Set(tagsOf(withoutData(hostile)))).toEqual(new Set(tagsOf(withoutData(plain))));
    expect(hostile).not.toContain('<img');
  });

  test('shows no mark that turns the direction, no control character, and no text without end', () => {
    expect(withoutData(hostile)).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}]/u);
    expect(withoutData(hostile).length - withoutData(page).length).toBeLessThan(60_000);
    expect(hostile.isWellFormed()).toBe(true);
  });

  test('needs nothing but itself', () => {
    expect(page).not.toMatch(/(src|href)="(?!#)/);
    expect(withoutData(page)).not.toMatch(/url\(|@import|https?:(?!\/\/www\.w3\.org)/);
    expect(page).toContain("default-src 'none'");
  });

  test('links to places in the page, and gives no id twice', () => {
    for (const one of [page, hostile]) {
      const ids = [...one.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const targets = [...one.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    }
  });

  test('closes every tag that it opens', () => {
    const open: string[] = [];
    for (const [, closing, name = '', selfClosing] of withoutData(hostile).matchAll(
      /<(\/?)([a-z][a-zA-Z0-9]*)(?:\s[^>]*?)?(\/?)>/g,
    )) {
      if (name === 'meta' || selfClosing) continue;
      if (closing) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('names every drawing and every column for those who do not see them', () => {
    expect(page.match(/<svg/g)?.length).toBeGreaterThan(10);
    for (const [tag] of page.matchAll(/<div class="chart[^>]*>/g))
      expect(tag).toMatch(/role="img" aria-label="[^"]+"/);
    for (const [tag] of withoutData(page).matchAll(/<th[ >][^>]*/g)) expect(tag).toContain('scope="');
    expect(page).toContain('<html lang="en">');
  });

  test('tells of every figure the query that gives its rows, and the counts they come from', () => {
    for (const [tag] of page.matchAll(/<figure[^>]*>/g))
      expect(tag).toMatch(/data-query="SELECT [^"]+ FROM /);
    expect(page).toContain('<a href="#query-count_mix">count_mix</a>');
    expect(page).toContain('SELECT source FROM incidents WHERE 1 &lt; 2');
  });

  test('has its sections in the order in which a reader asks', () => {
    const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(
      'summary comparison most-common peak-hours weapons trends hot-spots forecast data-quality methods provenance'.split(
        ' ',
      ),
    );
  });

  test('says what the numbers are not', () => {
    for (const words of [
      'Recorded crime is not crime',
      'Concentration is not risk',
      'never added',
      'Sex offences, kidnapping and trafficking are never shown by cell',
    ])
      expect(page).toContain(words);
  });

  test('gives the same bytes for the same tables, and another creation time changes nothing else', async () => {
    const other = renderHtml(
      await testReport(testTables(), {
        choice: { compare: '2022,2023' },
        createdAt: '2025-05-06T00:00:00.000Z',
      }),
    );
    const neutral = (text: string): string =>
      text
        .replaceAll(/2024-01-02T03:04:05\.000Z|2025-05-06T00:00:00\.000Z/g, 'T')
        .replaceAll(/2 January 2024|6 May 2025/g, 'D');
    expect(renderHtml(await testReport(testTables(), { choice: { compare: '2022,2023' } }))).toBe(page);
    expect(neutral(other)).toBe(neutral(page));
  });

  test('writes no number that is none', () => {
    for (const one of [page, hostile])
      expect(withoutData(one)).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});
