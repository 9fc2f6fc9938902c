import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

/** A caller passed what no data can excuse: an even window, a probability of 2, columns of different length. */
export class InvalidArgumentError extends CrimeTrackerError {
  constructor(where: string, message: string) {
    super(`${where}: ${message}`, {
      code: 'invalid-argument',
      exitCode: EXIT_CODES.bug,
      where: { method: where },
    });
    this.name = 'InvalidArgumentError';
  }
}

/** Throws unless the condition holds. */
export function requireArgument(condition: boolean, where: string, message: string): void {
  if (!condition) throw new InvalidArgumentError(where, message);
}
