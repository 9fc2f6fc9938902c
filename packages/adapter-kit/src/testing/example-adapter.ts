import { z } from 'zod';
import * as kit from '../index.js';

const bounds = { south: 42, north: 43, west: -72, east: -71 };
const columns = {
  report_no: { description: 'Case number.', aliases: ['report_number'] },
  reported: { description: 'Date reported, month first.' },
  occurred: { description: 'Date of the incident, month first.' },
  time: { description: 'Military time: 1 is 00:01.' },
  offence: { description: 'Three-digit offence code.' },
  lat: { description: 'Latitude; 0 is missing.' },
  lon: { description: 'Longitude; 0 is missing.' },
};
const header = ['Report No', 'Reported', 'Occurred', 'Time', 'Offence', 'Lat', 'Lon'];
const offenceTable = new URL('../../tables/example-offences.csv', import.meta.url);

export const exampleAdapter = kit.defineCityAdapter({
  id: 'expd',
  agency: 'Example Police Department',
  city: 'Example',
  timeZone: 'America/New_York',
  bounds,
  datasets: [
    { id: 'ab-12', title: 'Incidents', portal: 'data.example.org', years: '2010-2023', licence: 'CC0-1.0' },
  ],
  columns,
  required: [['report_no'], ['reported'], ['occurred'], ['offence']],
  vintages: [{ id: 'portal-7', description: 'Portal export, 7 columns.', header }],
  tables: async () => {
    const rows = await kit.readCodeTable(offenceTable, z.object({ code: z.string(), ...kit.offenceRow }));
    return kit.indexBy(rows, (row) => row.code, 'example-offences.csv');
  },
  fields: (offences) => ({
    report: kit.dateField({ input: 'reported', output: 'report_date', unreadable: 'report-date-unreadable' }),
    date: kit.dateField({
      input: 'occurred',
      output: 'occurred_date',
      unreadable: 'occurred-date-unreadable',
    }),
    time: kit.timeField({
      input: 'time',
      output: 'occurred_time',
      digits: true,
      unreadable: 'occurred-time-unreadable',
      at24: 'occurred-time-24-00',
    }),
    coordinates: kit.coordinatesField({ latitude: 'lat', longitude: 'lon', bounds }),
    offence: kit.field({
      inputs: ['offence'],
      outputs: ['crime_code', 'crime_category', 'nibrs_code', 'mapping_confidence'],
      evaluate: ({ offence }) => {
        const crime_code = kit.digitsOf(offence) || kit.collapse(offence) || null;
        const row = offences.get(crime_code ?? '');
        const { crime_category = 'Other', nibrs_code = '', confidence = 'low' } = row ?? {};
        return {
          values: {
            crime_code,
            crime_category,
            nibrs_code: nibrs_code || null,
            mapping_confidence: confidence,
          },
          findings: row === undefined ? ['offence-unmapped'] : [],
        };
      },
    }),
  }),
  texts: [{ input: 'report_no', output: 'case_num', transforms: [kit.trim()] }],
  constants: {
    ...kit.NO_VICTIM,
    ...kit.NO_SUSPECT,
    ...kit.NO_INTERVAL,
    ...kit.NO_STATUS,
    agency: 'Example PD',
    jurisdiction: null,
    law_class: 'Unknown',
    weapon_category: 'Not recorded',
    location_category: 'Unknown',
  },
});
