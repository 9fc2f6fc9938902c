/** Constants of a source that publishes nothing of its suspects. */
export const NO_SUSPECT = {
  suspect_age: null,
  suspect_age_years: null,
  suspect_sex: null,
  suspect_race_group: null,
} as const;

/** Constants of a source that publishes nothing of its victims: whether they are persons is unknown too. */
export const NO_VICTIM = {
  victim_type: 'Unknown',
  victim_age: null,
  victim_age_years: null,
  victim_sex: null,
  victim_race_group: null,
} as const;

/** Constants of a source that publishes one date and time per incident instead of an interval. */
export const NO_INTERVAL = { occurred_end_date: null, occurred_end_time: null } as const;

/** Constants of a source that has no field for arrests and clearances. */
export const NO_STATUS = { arrest_made: null, cleared_other: null } as const;
