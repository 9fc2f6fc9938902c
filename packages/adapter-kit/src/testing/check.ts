import type { Problem } from './problem.js';
import type { Subject } from './subject.js';

/** One named claim about an adapter; an empty answer means it holds. */
export interface ConformanceCheck {
  readonly id: string;
  /** The claim, as a sentence. */
  readonly title: string;
  /** Why it does not apply to this subject, or null when it does. */
  readonly skip?: (options: Subject['options']) => string | null;
  readonly run: (subject: Subject) => Promise<readonly Problem[]>;
}
