/** Hours of a week; hour 0 is Monday from 00:00 to 01:00. */
export const WEEK_HOURS = 168;

/** Expected recorded harm of one coming week. Everything about jurisdiction j stands at place j. */
export interface WeeklyDemand {
  readonly jurisdictions: readonly string[];
  /** Expected harm in each of the 168 hours of the week. */
  readonly hours: readonly Float64Array[];
  /**
   * Share of the jurisdiction's expected harm that a first, second, … unit on duty adds to what is covered; never
   * increasing, together at most 1.
   */
  readonly returns: readonly (readonly number[])[];
}
