/** What the words on the page mean, in one or two sentences each. */
export const GLOSSARY = {
  'recorded crime':
    'Incidents that police wrote down and the city published. Crime that nobody reported, or that was not written down, is not in it.',
  incident: 'One record of the city: one offence at one place and time, as the city publishes it.',
  'occurrence date':
    'The day on which the incident happened, or began. All counts go by it, not by the day of the report.',
  'crime category':
    'One of 26 kinds into which the offence codes of all cities are sorted, so that they can be read together.',
  'law class':
    'How serious the law takes the offence. New York writes felony, misdemeanor, violation; Los Angeles writes Part 1 (serious) and Part 2.',
  'weapon category':
    'The kind of weapon that is recorded. A city without the field says “Not recorded”; an offence whose form leaves it blank says “Not applicable”.',
  'location type':
    'The kind of premises: street, residence, retail and so on, sorted from the cities’ own lists.',
  jurisdiction:
    'The part of the city that is responsible: a precinct in New York, a division in Los Angeles.',
  'arrest recorded':
    'Whether the case is marked as cleared by arrest. New York does not publish this; where it is missing it is “not recorded”, never “no”.',
  completeness:
    'How much of a month is reported so far. Incidents are reported late, so the last months still grow; below 98 % a month is called incomplete.',
  'comparability grade':
    'Whether a count of one city may be held against that of the other: comparable, limited or not comparable, by how each city defines and records the category.',
  'change against before':
    'Incidents a day in the range, against those a day in the same days one year earlier (or as many years as the range is long).',
  '95 % interval':
    'Where the true value lies in 95 of 100 such cases. When the interval of a change includes zero, there is no clear change.',
  dispersion:
    'How much more counts vary from month to month than pure chance would make them. It widens the intervals of changes.',
  'busiest hour':
    'The hour of the week with most incidents by their recorded time. Times are often rounded, to noon and midnight most of all.',
  anomaly:
    'A week or month with far more or fewer incidents than usual: at least two of three detectors agree, and at most one in twenty of such findings is by chance.',
  'level shift': 'A month from which on the usual level is another one at once, by a tenth at least.',
  'known break':
    'A known event that changes what counts mean: a new records system, a change of law, the pandemic. Compare across it with care.',
  forecast: 'What the counts of the next weeks or months would be if they go on as before. It is no promise.',
  'forecast interval':
    'The range in which the future count will lie with the stated probability, if the past is a guide.',
  trend: 'The slow movement of a series, without season and chance.',
  season: 'What repeats every year: summer against winter, or weekday against weekend.',
  'H3 cell':
    'A hexagon of a worldwide grid: about 5.2, 0.74 or 0.105 km² at the resolutions of the map. Incidents are counted by cell, never shown as points.',
  'Gi*':
    'Getis-Ord Gi*: how far the counts of a cell and its neighbours lie above (or below) what the whole city would give there, in standard deviations.',
  'hot spot':
    'Cells whose counts lie above the city beyond chance, by Gi*. Recorded concentration: it says nothing about the people there, nor about anybody’s risk.',
  'emerging hot spot':
    'How a hot spot developed over the months: new, consecutive, intensifying, persistent, diminishing, sporadic, oscillating or historical.',
  'share with a weapon': 'Of the incidents for which the city records weapons, how many had this one.',
  'small counts':
    'Counts of persons below 5 (below 10 for sex offences) are not shown, as they could point to somebody. They read “fewer than 5”.',
  'withheld by cell':
    'Sex offences, kidnapping and trafficking are never shown below the jurisdiction: a place and a day could point to a victim.',
  'person groups':
    'Age, sex and race group of victims and suspects, as recorded by police; often missing. Never used for hot spots or patrols.',
  snapshot:
    'An immutable version of the whole table, with an id. Every number of the page can be asked of it again.',
  ledger:
    'The account of all records: what came in is curated, set aside (quarantined) or a duplicate; nothing vanishes.',
  curated: 'Records that passed all rules and are counted.',
  quarantined: 'Records that cannot be used, for instance without a date, kept apart with the reason.',
  duplicate: 'A record that tells the same incident once more; kept apart, not counted.',
  vintage: 'Which version of the city’s file layout the file has.',
  'coordinate quality':
    'Whether the coordinates are usable: located, missing, zero, outside the city, or the station house in place of the scene.',
  'covered demand':
    'The share of the expected harm that falls into hours and places where a unit of the schedule is on duty.',
  'optimality gap': 'How far the schedule may be from the best possible one, proven by the solver.',
  harm: 'A weight of a category by how serious it is, so that a homicide does not count as much as a shoplifting.',
  aoristic: 'An incident known only to lie between two times is spread evenly over the hours between them.',
  'no time': 'Incidents without a recorded time of day. They are in no hour.',
} as const satisfies Readonly<Record<string, string>>;

export type Term = keyof typeof GLOSSARY;
