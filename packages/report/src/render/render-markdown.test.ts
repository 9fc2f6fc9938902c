import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOSTILE, testReport, testTables } from '../testing-marts.js';
import { escapeMarkdown, renderDrawings, renderMarkdown } from './render-markdown.js';

describe('renderMarkdown', () => {
  test('says the same as the page, with the drawings beside it', async () => {
    const report = await testReport(testTables());
    const text = renderMarkdown(report);
    expect(text).toContain('# Recorded crime in New York, 2023');
    expect(text).toContain('| Burglary | 702 |'.replace('| Burglary', '| 1 | Burglary'));
    for (const [, file = ''] of text.matchAll(/\(drawings\/([^)]+)\)/g))
      expect(renderDrawings(report).has(file)).toBe(true);
  });

  test('lets no text of the data become a tag, a link, a cell or a heading', async () => {
    const whole = renderMarkdown(await testReport(testTables(HOSTILE)));
    // What stands between fences is code.
    const text = whole.replaceAll(/^(`{3,})sql\n.*?\n\1$/gms, '');
    expect(text).not.toMatch(/<(?:script|img|td)/i);
    expect(text).not.toContain('](javascript:');
    const rows = text.split('\n').filter((line) => line.startsWith('| 75') || line.includes('=cmd'));
    for (const row of rows.filter((line) => line.startsWith('|'))) {
      expect(row.replaceAll(/\\./g, '').split('|').length).toBeGreaterThan(3);
    }
  });

  test('escapes what makes more of text, and leaves numbers as they are', () => {
    expect(escapeMarkdown('22.6 %')).toBe('22.6 %');
    expect(escapeMarkdown('+3.1 %')).toBe('+3.1 %');
    expect(escapeMarkdown('1. one')).toBe('1\\. one');
    expect(escapeMarkdown('- one')).toBe('\\- one');
    expect(escapeMarkdown('# a | b\n<b>')).toBe('\\# a \\| b &lt;b&gt;');
    expect(escapeMarkdown('http://x.y www.z')).toBe('http\\://x.y www\\.z');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const unescaped = escapeMarkdown(text).replaceAll(/\\./g, '');
        expect(unescaped).not.toMatch(/[<>`*_|[\]\n]/);
      }),
    );
  });
});
