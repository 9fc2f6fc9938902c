import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

/** A wish the generator cannot fulfil. */
export class GenerationError extends CrimeTrackerError {
  constructor(code: string, message: string, hint: string) {
    super(message, { code, exitCode: EXIT_CODES.usage, hint });
    this.name = 'GenerationError';
  }
}
