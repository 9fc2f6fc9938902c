import { describe, expect, it } from 'vitest';
import { profileOf } from '../testing-profile.js';
import { drawPage } from './page.js';

const HOSTILE = `<script>alert(1)</script><img src=x onerror="alert('2')">`;
const inCsv = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Tags of a page, in order. */
const tagsOf = (page: string): readonly string[] =>
  [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => (name ?? '').toLowerCase());

describe('drawPage', { timeout: 30_000 }, () => {
  it('lets no value, name or file become a tag or an attribute', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) => `${inCsv(`${HOSTILE}${index % 3}`)},${inCsv(` ${HOSTILE} `)},40.${index},-73.${index}`,
    );
    const profile = await profileOf({
      csv: `${inCsv(HOSTILE)},${inCsv(`x${HOSTILE}`)},lat,lon\n${rows.join('\n')}\n${HOSTILE}\n`,
    });
    const page = drawPage({ ...profile, title: HOSTILE });
    const harmless = drawPage({
      ...(await profileOf({
        csv: `a,b,lat,lon\n${rows.map((row, index) => `v${index % 3}, w ${row.slice(row.indexOf(',40.'))}`).join('\n')}\nx\n`,
      })),
      title: 'harmless',
    });
    expect(tagsOf(page)).not.toContain('script');
    expect(tagsOf(page)).not.toContain('img');
    expect(page).not.toMatch(/\son[a-z]+\s*=\s*"/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(new Set(tagsOf(page))).toEqual(new Set(tagsOf(harmless)));
  });

  it('needs nothing but itself', async () => {
    const page = drawPage(await profileOf({ csv: 'id,when,at\n1,01/20/2020,10:00\n2,01/21/2020,10:30\n' }));
    expect(page).not.toMatch(/(src|href)="(?!#)/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).toContain(`default-src 'none'`);
  });

  it('links every entry of the contents to a place in the page, once', async () => {
    const page = drawPage(await profileOf({ csv: 'id,x,,x\n1,a,b,c\n2,a,b,c\n' }));
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(8);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('closes every tag that it opens', async () => {
    const page = drawPage(
      await profileOf({
        csv: 'id,when,at,lat,lon\n1,01/20/2020,10:00,40.1,-73.1\n2,01/21/2020,10:30,40.2,-73.2\n',
      }),
    );
    const open: string[] = [];
    for (const [, closing, name = '', selfClosing] of page.matchAll(
      /<(\/?)([a-z][a-z0-9]*)(?:\s[^>]*?)?(\/?)>/g,
    )) {
      if (['meta', 'doctype'].includes(name) || selfClosing) continue;
      if (closing) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('draws a file without records', async () => {
    expect(drawPage(await profileOf({ csv: 'a,b\n' }))).toContain('There are no records.');
  });

  it('names an image for those who do not see it', async () => {
    const page = drawPage(await profileOf({ csv: 'id,at\n1,10:00\n2,10:30\n3,10:30\n' }));
    expect(page).toContain('aria-label="Records per minute of the day; of 3 the most, 2, at 10:30"');
  });
});
