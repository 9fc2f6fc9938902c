import type { HeaderVintage } from '@crimetracker/adapter-kit';

const HISTORIC_24 =
  'CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,RPT_DT,KY_CD,OFNS_DESC,PD_CD,PD_DESC,' +
  'CRM_ATPT_CPTD_CD,LAW_CAT_CD,JURIS_DESC,BORO_NM,ADDR_PCT_CD,LOC_OF_OCCUR_DESC,PREM_TYP_DESC,PARKS_NM,HADEVELOPT,' +
  'X_COORD_CD,Y_COORD_CD,Latitude,Longitude,Lat_Lon';
const HISTORIC_35 =
  'CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,ADDR_PCT_CD,RPT_DT,KY_CD,OFNS_DESC,PD_CD,PD_DESC,' +
  'CRM_ATPT_CPTD_CD,LAW_CAT_CD,BORO_NM,LOC_OF_OCCUR_DESC,PREM_TYP_DESC,JURIS_DESC,JURISDICTION_CODE,PARKS_NM,' +
  'HADEVELOPT,HOUSING_PSA,X_COORD_CD,Y_COORD_CD,SUSP_AGE_GROUP,SUSP_RACE,SUSP_SEX,TRANSIT_DISTRICT,Latitude,' +
  'Longitude,Lat_Lon,PATROL_BORO,STATION_NAME,VIC_AGE_GROUP,VIC_RACE,VIC_SEX';
const YTD_35 =
  'CMPLNT_NUM,ADDR_PCT_CD,BORO_NM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,CRM_ATPT_CPTD_CD,HADEVELOPT,' +
  'HOUSING_PSA,JURISDICTION_CODE,JURIS_DESC,KY_CD,LAW_CAT_CD,LOC_OF_OCCUR_DESC,OFNS_DESC,PARKS_NM,PATROL_BORO,PD_CD,' +
  'PD_DESC,PREM_TYP_DESC,RPT_DT,STATION_NAME,SUSP_AGE_GROUP,SUSP_RACE,SUSP_SEX,TRANSIT_DISTRICT,VIC_AGE_GROUP,' +
  'VIC_RACE,VIC_SEX,X_COORD_CD,Y_COORD_CD,Latitude,Longitude,Lat_Lon';
const API_JSON_FLATTENED =
  ',addr_pct_cd,boro_nm,cmplnt_fr_dt,cmplnt_fr_tm,cmplnt_num,cmplnt_to_dt,cmplnt_to_tm,crm_atpt_cptd_cd,hadevelopt,' +
  'housing_psa,juris_desc,jurisdiction_code,ky_cd,lat_lon.latitude,lat_lon.longitude,latitude,law_cat_cd,' +
  'loc_of_occur_desc,longitude,ofns_desc,parks_nm,patrol_boro,pd_cd,pd_desc,prem_typ_desc,rpt_dt,station_name,' +
  'susp_age_group,susp_race,susp_sex,transit_district,vic_age_group,vic_race,vic_sex,x_coord_cd,y_coord_cd';

const names = (header: string): readonly string[] => header.split(',');

/** Every header NYPD complaints are known to have been published or passed on with. */
export const VINTAGES: readonly HeaderVintage[] = [
  {
    id: 'historic-24',
    description: 'Historic export of 2016 to 2018: 24 columns, no victims, no suspects, no jurisdiction code',
    header: names(HISTORIC_24),
  },
  {
    id: 'historic-35',
    description:
      'Historic export since 2018: 35 columns; also as saved by pandas (codes as 75.0) and by R (NA, BOM)',
    header: names(HISTORIC_35),
  },
  {
    id: 'ytd-35-excel',
    description:
      'Year-to-date export until 2021: 35 columns in alphabetical order; also as saved by Excel (12/31/19, 0:38:00)',
    header: names(YTD_35),
  },
  {
    id: 'ytd-36',
    description: 'Year-to-date export since 2022: 36 columns, fully quoted, (null) in text columns',
    header: [...names(YTD_35), 'New Georeferenced Column'],
  },
  {
    id: 'api-json-flattened',
    description: 'API answer in JSON, flattened by pandas: lower case, an unnamed index column, ISO dates',
    header: names(API_JSON_FLATTENED),
  },
  {
    id: 'api-historic-35',
    description: 'API answer in CSV of the historic dataset: 35 columns in lower case',
    header: names(HISTORIC_35.toLowerCase()),
  },
  {
    id: 'api-ytd-36',
    description: 'API answer in CSV of the year-to-date dataset: 36 columns in lower case',
    header: [...names(YTD_35.toLowerCase()), 'geocoded_column'],
  },
];
