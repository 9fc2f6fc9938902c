import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeCityAdapter } from '@crimetracker/adapter-kit/testing';
import { lapd } from './lapd-adapter.js';

const TABLES = ['offences', 'weapons', 'premises', 'areas', 'descents', 'sexes', 'statuses'];

const SAMPLE = fileURLToPath(
  new URL('../../../../shared/data/lapd/present-28col-mixed-dates-2020.csv.gz', import.meta.url),
);

describeCityAdapter(lapd, {
  samples: existsSync(SAMPLE)
    ? [
        {
          file: SAMPLE,
          expect: {
            vintage: 'lapd-2020-present-28',
            records: 5972,
            findings: { 'coordinates-zero': 7, 'victim-age-impossible': 2 },
          },
        },
      ]
    : [],
  tables: TABLES.map((name) => new URL(`../tables/${name}.csv`, import.meta.url)),
  golden: [
    {
      name: 'burglary from vehicle, saved by a spreadsheet',
      raw: {
        dr_no: '10304468',
        date_rptd: '1/8/2020 0:00',
        date_occ: '01/08/2020 12:00:00 AM',
        time_occ: '1',
        area: '3',
        crm_cd: '330',
        part_1_2: '1',
        vict_age: '0',
        vict_sex: 'X',
        premis_cd: '301',
        status: 'AA',
        lat: '34.0141',
        lon: '-118.2978',
      },
      expected: {
        case_num: '010304468',
        report_date: '2020-01-08',
        occurred_time: '00:01',
        crime_category: 'Theft from vehicle',
        jurisdiction: 'Southwest',
        victim_type: 'Unknown',
        location_category: 'Retail',
        weapon_category: 'Not applicable',
        arrest_made: 'Yes',
      },
      findings: [],
    },
    {
      name: 'everything that can be junk is junk',
      raw: {
        dr_no: '200100001',
        date_rptd: '02/30/2020',
        date_occ: 'yesterday',
        time_occ: '2575',
        area: '22',
        crm_cd: '777',
        part_1_2: '3',
        vict_age: '120',
        vict_sex: 'N',
        vict_descent: '?',
        premis_cd: '9999',
        weapon_used_cd: '999',
        status: 'ZZ',
        lat: '0',
        lon: '0',
      },
      expected: { report_date: null, occurred_date: null, occurred_time: null, crime_category: 'Other' },
      findings: [
        'report-date-unreadable',
        'occurred-date-unreadable',
        'occurred-time-unreadable',
        'offence-unmapped',
        'law-class-unmapped',
        'weapon-unmapped',
        'premises-unmapped',
        'jurisdiction-unmapped',
        'status-unmapped',
        'victim-age-impossible',
        'victim-sex-unmapped',
        'victim-race-unmapped',
        'coordinates-zero',
      ],
    },
  ],
});
