import type { RawColumn } from '@crimetracker/adapter-kit';

/** Every column NYPD has published complaints with, in all vintages. */
export const COLUMNS: Readonly<Record<string, RawColumn>> = {
  cmplnt_num: { description: 'Persistent id of the complaint, as text; newer ones of homicides end in H1.' },
  cmplnt_fr_dt: { description: 'Date of occurrence, or its start when CMPLNT_TO_DT is filled.' },
  cmplnt_fr_tm: { description: 'Time of occurrence, or its start.' },
  cmplnt_to_dt: { description: 'End date of the occurrence when its exact time is not known.' },
  cmplnt_to_tm: { description: 'End time of the occurrence when its exact time is not known.' },
  rpt_dt: { description: 'Date on which the complaint was reported; the data is released by this date.' },
  ky_cd: { description: 'Three-digit offence class.' },
  ofns_desc: {
    description:
      'Wording of KY_CD, cut at 30 characters in older vintages; one wording stands under several classes.',
  },
  pd_cd: { description: 'Three-digit internal classification, finer than KY_CD; blank on every murder.' },
  pd_desc: {
    description: 'Wording of PD_CD, cut at 30 characters in older vintages; blank on every murder.',
  },
  crm_atpt_cptd_cd: { description: 'COMPLETED or ATTEMPTED; attempts count as the offence.' },
  law_cat_cd: { description: 'Level of the offence: FELONY, MISDEMEANOR or VIOLATION.' },
  boro_nm: { description: 'Borough; blank on murders of 2010 to 2019.' },
  addr_pct_cd: { description: 'Precinct in which the incident happened.' },
  loc_of_occur_desc: { description: 'INSIDE, FRONT OF, OPPOSITE OF, REAR OF or OUTSIDE the premises.' },
  prem_typ_desc: { description: 'Kind of premises.' },
  juris_desc: { description: 'Agency responsible for the incident.' },
  jurisdiction_code: {
    description:
      'Code of JURIS_DESC: 0 patrol, 1 transit, 2 housing, from 3 other agencies. Not in the 24-column vintage.',
  },
  parks_nm: { description: 'Park, playground or green space.' },
  hadevelopt: { description: 'Public housing development.' },
  housing_psa: { description: 'Housing service area; written with thousands commas in some vintages.' },
  transit_district: { description: 'Transit district.' },
  station_name: { description: 'Transit station.' },
  patrol_boro: { description: 'Patrol borough.' },
  x_coord_cd: { description: 'East coordinate, State Plane Long Island, feet (EPSG 2263).' },
  y_coord_cd: { description: 'North coordinate, State Plane Long Island, feet (EPSG 2263).' },
  latitude: { description: 'Latitude, WGS84, moved to the middle of the block or to the intersection.' },
  longitude: { description: 'Longitude, WGS84, moved to the middle of the block or to the intersection.' },
  lat_lon: { description: 'The same point as `(latitude, longitude)`; adds nothing to the two columns.' },
  lat_lon_latitude: { description: 'Latitude of LAT_LON where JSON was flattened.' },
  lat_lon_longitude: { description: 'Longitude of LAT_LON where JSON was flattened.' },
  geocoded_column: {
    description: 'The same point as `POINT (longitude latitude)`, in year-to-date exports since 2022.',
    aliases: ['new_georeferenced_column'],
  },
  susp_age_group: { description: 'Age band of the suspect, with junk such as -56.' },
  susp_race: { description: 'Race of the suspect.' },
  susp_sex: { description: 'Sex of the suspect: F, M or U.' },
  vic_age_group: { description: 'Age band of the victim, with junk such as -56.' },
  vic_race: { description: 'Race of the victim.' },
  vic_sex: {
    description:
      'Sex of the victim: F, M, U, D for a business or organisation, E for the People of the State, L undocumented.',
  },
};
