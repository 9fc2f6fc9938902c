import { describeCityAdapter } from '@crimetracker/adapter-kit/testing';
import { nypd } from './nypd-adapter.js';

const TABLES = ['offences', 'offence-classes', 'premises', 'agencies', 'precincts'];

describeCityAdapter(nypd, {
  tables: TABLES.map((name) => new URL(`../tables/${name}.csv`, import.meta.url)),
  golden: [
    {
      name: 'murder, of which NYPD leaves detail, premises and jurisdiction code blank',
      raw: {
        cmplnt_num: '100000001H1',
        rpt_dt: '12/31/19',
        cmplnt_fr_dt: '12/30/19',
        cmplnt_fr_tm: '8:00:00',
        ky_cd: '101',
        ofns_desc: 'MURDER & NON-NEGL. MANSLAUGHTER',
        law_cat_cd: 'FELONY',
        juris_desc: 'N.Y. POLICE DEPT',
        addr_pct_cd: '75',
        vic_sex: 'M',
        vic_age_group: '25-44',
        vic_race: 'BLACK',
        latitude: '40.66',
        longitude: '-73.88',
      },
      expected: {
        case_num: '100000001H1',
        report_date: '2019-12-31',
        occurred_date: '2019-12-30',
        occurred_time: '08:00',
        crime_code: '101',
        crime_category: 'Homicide',
        nibrs_code: '09A',
        law_class: 'Felony',
        jurisdiction: 'Precinct 75',
        agency: 'NYPD Patrol',
        location_category: 'Unknown',
        victim_type: 'Person',
        victim_race_group: 'Black',
        suspect_sex: 'Unknown',
        coordinate_quality: 'Located',
      },
      findings: [],
    },
  ],
});
