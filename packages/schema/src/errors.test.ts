import { expect, test } from 'vitest';
import { CrimeTrackerError, EXIT_CODES } from './errors.js';

test('an error says what happened, where, what to do next, and keeps its cause', () => {
  const cause = new Error('disk');
  const error = new CrimeTrackerError('The file cannot be read.', {
    code: 'file-unreadable',
    exitCode: EXIT_CODES.source,
    hint: 'Check its permissions.',
    where: { file: 'a.csv', record: 3 },
    cause,
  });
  expect(error).toMatchObject({
    name: 'CrimeTrackerError',
    message: 'The file cannot be read.',
    code: 'file-unreadable',
    exitCode: 3,
    hint: 'Check its permissions.',
    where: { file: 'a.csv', record: 3 },
    cause,
  });
});

test('the exit codes are those of the documentation', () => {
  expect(EXIT_CODES).toEqual({ ok: 0, bug: 1, usage: 2, source: 3, gate: 4 });
});
