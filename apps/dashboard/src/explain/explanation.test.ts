import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queryCommand } from './explanation.js';

/** What a POSIX shell makes of the part within double quotes (2.2.3 Double-Quotes); undefined where it would act on it. */
function withinDoubleQuotes(command: string): string | undefined {
  const [, inner] = /^crimetracker query "((?:[^"\\]|\\.)*)" --snapshot [\w-]+$/.exec(command) ?? [];
  if (inner === undefined || /(^|[^\\])(\\\\)*[$`]/.test(inner)) return undefined;
  return inner.replaceAll(/\\([\\"$`])/g, '$1');
}

test('a shell gives the query to the program as it is, on one line', () => {
  const pieces = fc.constantFrom('a', '"', "'", '$HOME', '`id`', '\\', '$(id)', '!', '\n', ' ');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const sql = `SELECT ${parts.join('')} FROM incidents`;
      const read = withinDoubleQuotes(queryCommand(sql, '20260101T000000Z-abcdef01'));
      expect(read).toBe(sql.replaceAll(/\s+/g, ' ').trim());
    }),
  );
});
