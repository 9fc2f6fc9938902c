import { expect, test } from 'vitest';
import { GLOSSARY } from './glossary.js';

test('an explanation is one to three short sentences', () => {
  for (const [term, text] of Object.entries(GLOSSARY)) {
    expect(text, term).toMatch(/^[A-Z0-9].*[.]$/);
    expect(text.split(/[.] /).length, term).toBeLessThanOrEqual(3);
    expect(text.length, term).toBeLessThan(240);
  }
});
