import { expect, test } from 'vitest';
import { HOTSPOT_RESULTS, hotspotCounts } from '../analysis/analyse-hotspots.js';
import { RESOLUTIONS } from '../counts/spatial-counts.js';

const marts = [...hotspotCounts(9, 8), ...HOTSPOT_RESULTS];

test('tables and columns have names of their own, in snake case, each with a description', () => {
  expect(new Set(marts.map(({ name }) => name)).size).toBe(marts.length);
  for (const mart of marts) {
    expect(mart.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(mart.description).toMatch(/\.$/);
    expect(new Set(mart.columns.map(({ name }) => name)).size).toBe(mart.columns.length);
    for (const column of mart.columns) {
      expect(column.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(column.description, `${mart.name}.${column.name}`).toMatch(/\.$/);
    }
  }
});

test('every table of answers says which city it is about, and every table by cell at which resolution', () => {
  for (const { name, columns } of HOTSPOT_RESULTS) {
    const names = columns.map((column) => column.name);
    expect(names.slice(0, 2), name).toEqual(['source', 'city']);
    if (names.includes('h3')) expect(names, name).toContain('resolution');
  }
});

test('two equal resolutions are counted once', () => {
  for (const resolution of RESOLUTIONS) {
    const names = hotspotCounts(resolution, resolution).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
});
