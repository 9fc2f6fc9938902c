import { describe, expect, test } from 'vitest';
import type { Method } from './methods.js';
import { methodTuning } from './tuning.js';

/** Tunes on 52 windows; the mixture is better by so much in odd ones, the others, at their best, in even ones. */
function tuned(leads: Partial<Record<Method, number>>) {
  const tuning = methodTuning();
  for (let window = 0; window < 52; window += 1) {
    tuning.recordWindow(100, (method, { decay, proMapRings, proMapTime }) => {
      const isBest = decay === (method === 'decay' ? 3 : 0) && proMapRings === (method === 'pro-map' ? 1 : 0);
      const isTime = proMapTime === (method === 'pro-map' ? 2 : 0);
      const lead = window % 2 === (method === 'mixture' ? 1 : 0) ? (leads[method] ?? 0) : 0;
      return 10 + (isBest && isTime ? lead : -1);
    });
  }
  return tuning.choose();
}

describe('the tuning year', () => {
  test('finds the setting with most hits of each method', () => {
    const { settings, hitRates } = tuned({ decay: 2 });
    expect(settings).toEqual({ decay: 3, proMapRings: 1, proMapTime: 2 });
    expect(hitRates.decay).toBeCloseTo(0.11, 12);
    expect(hitRates.mixture).toBeCloseTo(0.1, 12);
  });

  test('names the mixture as challenger unless another leads by more than chance does', () => {
    expect(tuned({}).challenger).toBe('mixture');
    expect(tuned({ mixture: 1.9, decay: 2 }).challenger).toBe('mixture');
    expect(tuned({ decay: 2 }).challenger).toBe('decay');
    expect(tuned({ decay: 2, 'pro-map': 3 }).challenger).toBe('pro-map');
  });
});
