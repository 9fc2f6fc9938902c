/** How the numbers of a panel came about. */
export interface Explanation {
  /** SQL over the snapshot that gives the numbers of the panel. */
  readonly sql?: (() => string) | undefined;
  /** How they were computed from what the query gives, in a sentence or two. */
  readonly method?: string | undefined;
  /** What to keep in mind, beside what holds for all panels. */
  readonly caveats?: readonly string[] | undefined;
}

/** What holds for every number of the page. */
export const GENERAL_CAVEATS = [
  'Recorded crime is not crime: whether people report, and whether police write it down, differs by place, time and category.',
  'Cities are shown side by side and never added up: their laws and forms differ.',
  'The last months still grow, as incidents are reported late.',
] as const;

/** A command line argument within double quotes, safe for POSIX shells. */
function shellQuoted(text: string): string {
  return `"${text.replaceAll(/[\\"$`]/g, (sign) => `\\${sign}`)}"`;
}

/** The command that asks the same of the same snapshot. */
export function queryCommand(sql: string, snapshot: string): string {
  const oneLine = sql.replaceAll(/\s+/g, ' ').trim();
  return `crimetracker query ${shellQuoted(oneLine)} --snapshot ${snapshot}`;
}
