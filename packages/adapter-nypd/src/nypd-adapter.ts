import {
  coordinatesField,
  dateField,
  defineCityAdapter,
  stripSuffix,
  timeField,
  trim,
} from '@crimetracker/adapter-kit';
import { COLUMNS } from './columns.js';
import { lawClassField } from './law-class.js';
import { offenceField } from './offence.js';
import { suspectField, victimField } from './persons.js';
import { agencyField, jurisdictionField, premisesField } from './place.js';
import { NULL_MARKERS as nullMarkers } from './published-text.js';
import { readTables } from './tables.js';
import { VINTAGES } from './vintages.js';

const BOUNDS = { south: 40.47, north: 40.93, west: -74.27, east: -73.69 } as const;

/** Not stated in the files; the portal's own terms apply. */
const LICENCE = 'Terms of use of NYC Open Data';

/** New York City Police Department: valid complaints, one row each, classified by their most serious offence. */
export const nypd = defineCityAdapter({
  id: 'nypd',
  agency: 'NYPD',
  city: 'New York',
  timeZone: 'America/New_York',
  bounds: BOUNDS,
  datasets: [
    {
      id: 'qgea-i56i',
      title: 'NYPD Complaint Data Historic',
      portal: 'NYC Open Data',
      years: 'Reported from 2006 to the end of the last full year',
      licence: LICENCE,
    },
    {
      id: '5uac-w243',
      title: 'NYPD Complaint Data Current (Year To Date)',
      portal: 'NYC Open Data',
      years: 'Reported in the current year',
      licence: LICENCE,
    },
  ],
  columns: COLUMNS,
  // What makes a file unmistakably a complaint file: the arrest file shares KY_CD, OFNS_DESC and LAW_CAT_CD only.
  required: ['cmplnt_num', 'cmplnt_fr_dt', 'rpt_dt', 'ky_cd', 'ofns_desc', 'law_cat_cd', 'addr_pct_cd'].map(
    (name) => [name],
  ),
  vintages: VINTAGES,
  tables: readTables,
  fields: (tables) => ({
    report: dateField({
      input: 'rpt_dt',
      output: 'report_date',
      unreadable: 'report-date-unreadable',
      nullMarkers,
    }),
    occurred_date: dateField({
      input: 'cmplnt_fr_dt',
      output: 'occurred_date',
      unreadable: 'occurred-date-unreadable',
      nullMarkers,
    }),
    occurred_time: timeField({
      input: 'cmplnt_fr_tm',
      output: 'occurred_time',
      unreadable: 'occurred-time-unreadable',
      at24: 'occurred-time-24-00',
      nullMarkers,
    }),
    occurred_end_date: dateField({
      input: 'cmplnt_to_dt',
      output: 'occurred_end_date',
      unreadable: 'end-date-unreadable',
      nullMarkers,
    }),
    occurred_end_time: timeField({
      input: 'cmplnt_to_tm',
      output: 'occurred_end_time',
      unreadable: 'end-time-unreadable',
      at24: 'end-time-24-00',
      nullMarkers,
    }),
    offence: offenceField(tables),
    law_class: lawClassField(),
    jurisdiction: jurisdictionField(tables),
    agency: agencyField(tables),
    location_category: premisesField(tables),
    victim: victimField(),
    suspect: suspectField(),
    // Lat_Lon is not read: it is the same point, and a third input would make the largest crosswalk wider.
    coordinates: coordinatesField({
      latitude: 'latitude',
      longitude: 'longitude',
      bounds: BOUNDS,
      nullMarkers,
    }),
  }),
  // pandas and Excel write ids without a suffix as numbers, so `.0` may stand at the end.
  texts: [{ input: 'cmplnt_num', output: 'case_num', transforms: [trim(), stripSuffix('.0')] }],
  constants: {
    arrest_made: null,
    weapon_category: 'Not recorded',
    victim_age_years: null,
    suspect_age_years: null,
    cleared_other: null,
  },
  // Footnotes 10 and 11 of the source: rape and sex crimes are located at the station house of the precinct.
  stationHouse: { column: 'ky_cd', values: ['104', '116', '233'] },
});
