import { describe, expect, test } from 'vitest';
import { hostilePublished, testingPublished } from '../testing-published.js';
import { drawSchedulePage } from './schedule-page.js';

const tagsOf = (page: string): readonly string[] =>
  [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => (name ?? '').toLowerCase());

describe('drawSchedulePage', () => {
  test('lets no name become a tag or an attribute', () => {
    const page = drawSchedulePage(hostilePublished());
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/\son[a-z]+\s*=\s*"/i);
    expect(new Set(tagsOf(page))).toEqual(new Set(tagsOf(drawSchedulePage(testingPublished()))));
    expect(tagsOf(page)).not.toContain('script');
  });

  test('needs nothing but itself', () => {
    const page = drawSchedulePage(testingPublished());
    expect(page).not.toMatch(/(src|href)="(?!#)/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).toContain(`default-src 'none'`);
  });

  test('links its contents to places in the page, and gives no id twice', () => {
    const page = drawSchedulePage(testingPublished());
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(4);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test('closes every tag that it opens', () => {
    const open: string[] = [];
    const tags = drawSchedulePage(testingPublished()).matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^>]*?)?(\/?)>/g);
    for (const [, closing, name = '', selfClosing] of tags) {
      if (['meta', 'doctype'].includes(name) || selfClosing) continue;
      if (closing) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('names every drawing for those who do not see it, and every column of a table', () => {
    const page = drawSchedulePage(testingPublished());
    for (const [svg] of page.matchAll(/<svg[^>]*>/g))
      expect(svg).toMatch(/aria-label="[^"]+"|aria-hidden="true"/);
    for (const [header] of page.matchAll(/<th[ >][^>]*>?/g)) expect(header).toContain('scope="');
  });

  test('says what is claimed and what is not, what is proven, and what harm is', () => {
    const page = drawSchedulePage(testingPublished());
    expect(page).toContain('it does not claim that crime is prevented');
    expect(page).toContain('that is proven');
    expect(page).toContain('recorded incidents, unweighted');
    expect(page).toContain('No attribute of a person');
    const { schedule } = testingPublished();
    const greedy = drawSchedulePage(testingPublished({ schedule: { ...schedule, method: 'greedy' } }));
    expect(greedy).not.toContain('that is proven');
  });

  test('draws a schedule without visits, comparisons or discovered categories', () => {
    const published = testingPublished();
    const { discovered: _discovered, ...rest } = published;
    const page = drawSchedulePage({
      ...rest,
      shifts: [],
      schedule: { ...published.schedule, comparisons: [], binding: [] },
    });
    expect(page).toContain('No shift has visits.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
