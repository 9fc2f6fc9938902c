/** The rules of a schedule that hold when nothing else is said, by the names of their options. */
export const USUAL_SCHEDULE = {
  shift: 8,
  startEvery: 4,
  minPresence: 0,
  maxConsecutive: 5,
  minRest: 10,
  fairness: 0.5,
  visitShare: 0.4,
  coverRing: 0,
  timeLimit: 10,
  gap: 0.01,
  seed: 1,
} as const;
