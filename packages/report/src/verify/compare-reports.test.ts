import { describe, expect, test } from 'vitest';
import { renderHtml } from '../render/html/render-html.js';
import { readReportFacts } from '../report-facts.js';
import { HOSTILE, testReport, testTables } from '../testing-marts.js';
import { compareReports } from './compare-reports.js';

const page = renderHtml(await testReport(testTables()));
const data = /<script type="application\/json" id="report-data">/.exec(page)?.index ?? 0;

describe('compareReports', () => {
  test('finds nothing in a page that comes out again', async () => {
    expect(compareReports(page, page)).toMatchObject({ different: 0, differences: [] });
    const hostile = renderHtml(await testReport(testTables(HOSTILE)));
    expect(compareReports(hostile, hostile).different).toBe(0);
  });

  test('finds every single digit that is changed, wherever it stands', () => {
    const digits = [...page.matchAll(/\d/g)].map(({ index }) => index);
    const body = page.indexOf('<body>');
    const changed = digits.filter((at, order) => at > body && order % 311 === 0);
    expect(changed.length).toBeGreaterThan(80);
    for (const at of changed) {
      const digit = page[at] === '7' ? '3' : '7';
      const forged = `${page.slice(0, at)}${digit}${page.slice(at + 1)}`;
      if (at > data && !isReadable(forged)) continue;
      const { choice, snapshot, createdAt, format } = readReportFacts(page);
      // What a report is made again from is taken from the file itself.
      if (
        at > data &&
        JSON.stringify({ choice, snapshot, createdAt, format }) !== JSON.stringify(headOf(forged))
      )
        continue;
      expect(compareReports(forged, page).different, page.slice(at - 40, at + 20)).toBeGreaterThan(0);
    }
  });

  test('names the figure, what is said and what is found', () => {
    const forged = page.replace('>700<', '>701<').replace('>702</td>', '>703</td>');
    expect(compareReports(forged, page).differences[0]).toMatchObject({
      where: 'mix-nypd-2023',
      said: '703',
      found: '702',
    });
  });

  test('names the row and column of a changed number in the data for programs', () => {
    const forged = `${page.slice(0, data)}${page.slice(data).replace('"Burglary",702', '"Burglary",703')}`;
    expect(compareReports(forged, page).differences[0]).toEqual({
      where: 'mix-nypd-2023',
      what: 'row 1, incidents',
      said: '703',
      found: '702',
    });
  });

  test('finds a sentence that was added and a table that was taken out', () => {
    const added = page.replace('</h2>', '</h2><p>Crime fell by 40 %.</p>');
    expect(compareReports(added, page).different).toBe(1);
    const without = page.replace(/<figure id="mix-nypd-2023".*?<\/figure>/s, '');
    expect(compareReports(without, page).different).toBeGreaterThan(0);
  });
});

function headOf(forged: string) {
  const { choice, snapshot, createdAt, format } = readReportFacts(forged);
  return { choice, snapshot, createdAt, format };
}

function isReadable(forged: string): boolean {
  try {
    return readReportFacts(forged).format === 1;
  } catch {
    return false;
  }
}

describe('readReportFacts', () => {
  test('refuses what is no report', () => {
    for (const text of [
      '',
      '<html></html>',
      page.replace('"format":1', '"format":2'),
      page.slice(0, data + 2000),
    ]) {
      expect(() => readReportFacts(text)).toThrow('not an HTML report');
    }
  });
});
