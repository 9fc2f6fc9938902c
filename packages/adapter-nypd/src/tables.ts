import { indexBy, offenceRow, readCodeTable } from '@crimetracker/adapter-kit';
import { CONFIDENCES, LOCATION_CATEGORIES } from '@crimetracker/schema';
import { z } from 'zod';
import { publishedText } from './published-text.js';

const code = z.string().regex(/^\d+$/, 'must be digits');
const wording = z.string().trim().min(1);

const offenceSchema = z.object({ ofns_desc: z.string().trim(), pd_desc: z.string().trim(), ...offenceRow });
const offenceClassSchema = z.object({ ky_cd: code, ofns_desc: wording, ...offenceRow });
const premisesSchema = z.object({
  prem_typ_desc: wording,
  location_category: z.enum(LOCATION_CATEGORIES),
  confidence: z.enum(CONFIDENCES),
  note: z.string(),
});
const agencySchema = z.object({
  jurisdiction_code: code.or(z.literal('')),
  juris_desc: wording,
  agency: wording,
});
const precinctSchema = z.object({
  precinct: code,
  borough: z.enum(['Manhattan', 'Bronx', 'Brooklyn', 'Queens', 'Staten Island']),
  note: z.string(),
});

export type OffenceRow = z.infer<typeof offenceSchema>;
export type OffenceClassRow = z.infer<typeof offenceClassSchema>;
type PremisesRow = z.infer<typeof premisesSchema>;
type AgencyRow = z.infer<typeof agencySchema>;
type PrecinctRow = z.infer<typeof precinctSchema>;

export interface Tables {
  /** One row per (OFNS_DESC, PD_DESC), with the texts as published. */
  readonly offences: readonly OffenceRow[];
  readonly offenceClasses: ReadonlyMap<string, OffenceClassRow>;
  readonly premises: ReadonlyMap<string, PremisesRow>;
  readonly agenciesByName: ReadonlyMap<string, AgencyRow>;
  readonly agenciesByCode: ReadonlyMap<string, AgencyRow>;
  readonly precincts: ReadonlyMap<string, PrecinctRow>;
}

const table = (name: string): URL => new URL(`../tables/${name}`, import.meta.url);

/** Key of a pair of wordings; no published wording holds a line end. */
export const pairKey = (ofnsDesc: string, pdDesc: string): string =>
  `${publishedText(ofnsDesc)}\n${publishedText(pdDesc)}`;

/** Reads the code tables of the adapter; throws as `readCodeTable` and `indexBy` do. */
export async function readTables(): Promise<Tables> {
  const [offences, offenceClasses, premises, agencies, precincts] = await Promise.all([
    readCodeTable(table('offences.csv'), offenceSchema),
    readCodeTable(table('offence-classes.csv'), offenceClassSchema),
    readCodeTable(table('premises.csv'), premisesSchema),
    readCodeTable(table('agencies.csv'), agencySchema),
    readCodeTable(table('precincts.csv'), precinctSchema),
  ]);
  indexBy(offences, (row) => pairKey(row.ofns_desc, row.pd_desc), 'offences.csv');
  return {
    offences,
    offenceClasses: indexBy(offenceClasses, (row) => row.ky_cd, 'offence-classes.csv'),
    premises: indexBy(premises, (row) => publishedText(row.prem_typ_desc), 'premises.csv'),
    agenciesByName: indexBy(agencies, (row) => publishedText(row.juris_desc), 'agencies.csv'),
    agenciesByCode: indexBy(
      agencies.filter((row) => row.jurisdiction_code !== ''),
      (row) => row.jurisdiction_code,
      'agencies.csv',
    ),
    precincts: indexBy(precincts, (row) => row.precinct, 'precincts.csv'),
  };
}
