import type { CityAdapter } from '@crimetracker/adapter-kit';

/** The raw columns of LAPD, by folded name; the aliases are the names of the 2010–2017 vintage. */
export const columns: CityAdapter['columns'] = {
  dr_no: {
    description:
      'Division of Records number: year (2), area (2), serial (5); spreadsheets drop a leading zero.',
    aliases: ['dr_number'],
  },
  date_rptd: { description: 'Date reported; its time is a dummy.', aliases: ['date_reported'] },
  date_occ: { description: 'Date of occurrence; its time is a dummy.', aliases: ['date_occurred'] },
  time_occ: {
    description: 'Time of occurrence, 24-hour digits: 1 is 00:01, 845 is 08:45.',
    aliases: ['time_occurred'],
  },
  area: { description: 'Number of the area, 1 to 21.', aliases: ['area_id'] },
  area_name: { description: 'Name of the area.' },
  rpt_dist_no: {
    description: 'Reporting district; its first two of four digits are the area.',
    aliases: ['reporting_district'],
  },
  part_1_2: { description: 'Part of the Uniform Crime Reports, 1 or 2; a function of the crime code.' },
  crm_cd: {
    description: 'Crime code; nearly always the same as the most serious of crm_cd_1 to 4.',
    aliases: ['crime_code'],
  },
  crm_cd_desc: {
    description: 'Wording of the crime code; it changes between vintages for one code.',
    aliases: ['crime_code_description'],
  },
  mocodes: {
    description: 'Modus operandi codes, four digits each, separated by blanks.',
    aliases: ['mo_codes'],
  },
  vict_age: {
    description: 'Age of the victim in years; 0 is unknown or no person.',
    aliases: ['victim_age'],
  },
  vict_sex: { description: 'Sex of the victim: F, M, X for unknown.', aliases: ['victim_sex'] },
  vict_descent: { description: 'Descent of the victim, one letter.', aliases: ['victim_descent'] },
  premis_cd: { description: 'Number of the kind of premises.', aliases: ['premise_code'] },
  premis_desc: { description: 'Wording of the kind of premises.', aliases: ['premise_description'] },
  weapon_used_cd: {
    description: 'Number of the weapon; blank by practice for most property crime.',
    aliases: ['weapon_used_code'],
  },
  weapon_desc: { description: 'Wording of the weapon.', aliases: ['weapon_description'] },
  status: { description: 'Status of the case at export; IC is the default.', aliases: ['status_code'] },
  status_desc: { description: 'Wording of the status.', aliases: ['status_description'] },
  crm_cd_1: { description: 'Most serious crime code.', aliases: ['crime_code_1'] },
  crm_cd_2: {
    description: 'Second crime code; 998 is its most frequent value and has no published wording.',
    aliases: ['crime_code_2'],
  },
  crm_cd_3: { description: 'Third crime code.', aliases: ['crime_code_3'] },
  crm_cd_4: { description: 'Fourth crime code.', aliases: ['crime_code_4'] },
  location: {
    description: 'Address rounded to the hundred block, padded with runs of blanks.',
    aliases: ['address'],
  },
  cross_street: { description: 'Cross street of the rounded address.' },
  lat: { description: 'Latitude, block level; 0 is missing.' },
  lon: { description: 'Longitude, block level; 0 is missing.' },
  lat_lon: { description: 'Point as `(lat, lon)`, in the 2010–2017 vintage in place of lat and lon.' },
  date_order: { description: 'Not published: `day-first` where a vintage writes its dates so.' },
};
