import {
  coordinatesField,
  dateField,
  defineCityAdapter,
  padStart,
  stripSuffix,
  timeField,
  trim,
} from '@crimetracker/adapter-kit';
import { areaField } from './area-field.js';
import { readCodeTables } from './code-tables.js';
import { columns } from './columns.js';
import { offenceField } from './offence-field.js';
import { premisesField } from './premises-field.js';
import { statusField } from './status-field.js';
import { victimField } from './victim-field.js';
import { vintages } from './vintages.js';
import { weaponField } from './weapon-field.js';

const BOUNDS = { south: 33.6, north: 34.4, west: -118.75, east: -118.1 } as const;

/** Los Angeles Police Department: crime reports of 2010 to 2019 and of 2020 to present. */
export const lapd = defineCityAdapter({
  id: 'lapd',
  agency: 'LAPD',
  city: 'Los Angeles',
  timeZone: 'America/Los_Angeles',
  bounds: BOUNDS,
  datasets: [
    {
      id: '63jg-8b9z',
      title: 'Crime Data from 2010 to 2019',
      portal: 'Los Angeles Open Data',
      years: '2010–2019',
      licence: 'Not confirmed for this dataset; read the portal page before publishing.',
    },
    {
      id: '2nrs-mtv8',
      title: 'Crime Data from 2020 to Present',
      portal: 'Los Angeles Open Data',
      years: '2020–present',
      licence: 'CC0 1.0 as public catalogues list it; not confirmed on the portal page.',
    },
  ],
  columns,
  required: [['dr_no'], ['date_rptd'], ['date_occ'], ['crm_cd', 'crm_cd_desc'], ['area', 'area_name']],
  vintages,
  tables: readCodeTables,
  fields: (tables) => ({
    report_date: dateField({
      input: 'date_rptd',
      orderInput: 'date_order',
      output: 'report_date',
      unreadable: 'report-date-unreadable',
    }),
    occurred_date: dateField({
      input: 'date_occ',
      orderInput: 'date_order',
      output: 'occurred_date',
      unreadable: 'occurred-date-unreadable',
    }),
    occurred_time: timeField({
      input: 'time_occ',
      output: 'occurred_time',
      unreadable: 'occurred-time-unreadable',
      at24: 'occurred-time-24-00',
      digits: true,
    }),
    offence: offenceField(tables.offences),
    jurisdiction: areaField(tables.areas),
    victim: victimField(tables),
    premises: premisesField(tables.premises),
    weapon: weaponField(tables.weapons, tables.offences),
    status: statusField(tables.statuses),
    coordinates: coordinatesField({ latitude: 'lat', longitude: 'lon', pair: 'lat_lon', bounds: BOUNDS }),
  }),
  texts: [
    // Excel and pandas drop the zero of 2001–2009 numbers and add a decimal.
    { input: 'dr_no', output: 'case_num', transforms: [trim(), stripSuffix('.0'), padStart(9, '0')] },
  ],
  constants: {
    agency: 'LAPD',
    suspect_age: null,
    suspect_age_years: null,
    suspect_sex: null,
    suspect_race_group: null,
    occurred_end_date: null,
    occurred_end_time: null,
  },
});
