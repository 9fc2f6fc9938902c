import { expect, test } from 'vitest';
import { sql } from './sql.js';

test('a query becomes one line, and the blanks of its literals stay', () => {
  expect(sql`SELECT a
      FROM b   WHERE c = ${"'x  y\n z'"} AND d = ${3}
    ORDER BY a`).toBe("SELECT a FROM b WHERE c = 'x  y\n z' AND d = 3 ORDER BY a");
});
