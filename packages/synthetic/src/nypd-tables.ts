import type { BehaviourId } from './behaviours.js';

export const NYPD_PREMISES = [
  'STREET',
  'RESIDENCE - APT. HOUSE',
  'RESIDENCE-HOUSE',
  'RESIDENCE - PUBLIC HOUSING',
  'OTHER',
  'CHAIN STORE',
  'COMMERCIAL BUILDING',
  'DEPARTMENT STORE',
  'BAR/NIGHT CLUB',
  'TRANSIT - NYC SUBWAY',
  'GROCERY/BODEGA',
  'DRUG STORE',
  'RESTAURANT/DINER',
  'CLOTHING/BOUTIQUE',
  'HOTEL/MOTEL',
  'PUBLIC BUILDING',
  'FOOD SUPERMARKET',
  'PARK/PLAYGROUND',
  'HOSPITAL',
  'STORE UNCLASSIFIED',
  'PUBLIC SCHOOL',
  'FAST FOOD',
  'HIGHWAY/PARKWAY',
  'BANK',
  'PARKING LOT/GARAGE (PUBLIC)',
  'PARKING LOT/GARAGE (PRIVATE)',
  'GAS STATION',
  'GYM/FITNESS FACILITY',
  '',
] as const;

export const PUBLIC_HOUSING = NYPD_PREMISES.indexOf('RESIDENCE - PUBLIC HOUSING');
export const SUBWAY = NYPD_PREMISES.indexOf('TRANSIT - NYC SUBWAY');
export const PARK = NYPD_PREMISES.indexOf('PARK/PLAYGROUND');
export const NO_PREMISES = NYPD_PREMISES.indexOf('');
/** Premises in the open air, where LOC_OF_OCCUR_DESC is mostly blank or FRONT OF. */
const OUTDOOR_PREMISES = [
  'STREET',
  'PARK/PLAYGROUND',
  'HIGHWAY/PARKWAY',
  'PARKING LOT/GARAGE (PUBLIC)',
] as const;
export const OUTDOORS: ReadonlySet<number> = new Set(
  OUTDOOR_PREMISES.map((name) => NYPD_PREMISES.indexOf(name)),
);

/** Weights of the premises above, in their order, per behaviour; the blank last one is rare everywhere. */
export const NYPD_PREMISES_WEIGHTS: Readonly<Record<BehaviourId, readonly number[]>> = {
  person: [
    200, 350, 150, 90, 24, 10, 20, 5, 32, 18, 16, 4, 14, 3, 6, 8, 3, 8, 8, 6, 12, 8, 3, 2, 4, 3, 3, 2, 4,
  ],
  robbery: [
    510, 106, 20, 55, 30, 29, 8, 5, 8, 45, 32, 14, 10, 8, 6, 2, 8, 12, 1, 14, 6, 10, 2, 9, 6, 4, 9, 1, 2,
  ],
  sex: [60, 450, 190, 130, 26, 4, 10, 3, 12, 40, 4, 1, 6, 3, 20, 6, 1, 12, 12, 3, 20, 2, 1, 1, 3, 2, 1, 4, 5],
  shops: [4, 1, 1, 1, 4, 330, 10, 210, 1, 1, 50, 170, 2, 110, 1, 1, 80, 1, 1, 40, 1, 2, 1, 1, 1, 1, 6, 1, 1],
  theft: [
    240, 195, 110, 25, 40, 40, 60, 30, 45, 32, 12, 10, 30, 14, 12, 10, 8, 14, 10, 10, 10, 14, 2, 6, 8, 6, 6,
    24, 5,
  ],
  vehicle: [860, 6, 34, 6, 14, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 1, 1, 1, 1, 8, 1, 30, 24, 8, 1, 2],
  burglary: [
    20, 405, 205, 26, 30, 26, 60, 10, 20, 1, 30, 8, 32, 14, 6, 10, 6, 1, 4, 22, 4, 8, 1, 2, 4, 8, 4, 4, 3,
  ],
  fraud: [60, 480, 260, 50, 20, 14, 36, 6, 2, 12, 5, 3, 4, 3, 5, 10, 3, 1, 3, 6, 1, 2, 3, 40, 2, 1, 4, 1, 5],
  vandalism: [
    380, 130, 86, 56, 60, 14, 44, 4, 12, 14, 24, 4, 18, 4, 5, 14, 4, 10, 6, 12, 12, 6, 4, 2, 10, 8, 5, 1, 3,
  ],
  police: [660, 70, 24, 70, 30, 4, 8, 2, 6, 40, 10, 2, 4, 1, 4, 6, 1, 22, 3, 5, 4, 2, 24, 1, 5, 2, 3, 1, 2],
};

export const LOCATIONS = ['INSIDE', 'FRONT OF', '', 'OPPOSITE OF', 'REAR OF', 'OUTSIDE'] as const;
export const INSIDE = LOCATIONS.indexOf('INSIDE');
export const OUTSIDE = LOCATIONS.indexOf('OUTSIDE');
export const LOCATIONS_INDOORS = [880, 80, 26, 3, 11, 0] as const;
export const LOCATIONS_OUTDOORS = [15, 440, 460, 60, 25, 0] as const;

export const JURISDICTIONS = [
  ['0', 'N.Y. POLICE DEPT'],
  ['1', 'N.Y. TRANSIT POLICE'],
  ['2', 'N.Y. HOUSING POLICE'],
  ['97', 'OTHER'],
  ['3', 'PORT AUTHORITY'],
  ['73', 'DISTRICT ATTORNEY OFFICE'],
  ['14', 'HEALTH & HOSP CORP'],
  ['72', 'DEPT OF CORRECTIONS'],
] as const;
export const TRANSIT_POLICE = 1;
export const HOUSING_POLICE = 2;
/** Of the complaints neither underground nor in public housing. */
export const JURISDICTION_WEIGHTS = [985, 0, 0, 5, 4, 3, 2, 1] as const;

export const SEXES_OF_VICTIMS = ['F', 'M', 'D', 'E', 'U'] as const;
export const ORGANISATION = 2;
export const THE_STATE = 3;
export const VICTIM_WEIGHTS: Readonly<Record<BehaviourId, readonly number[]>> = {
  person: [590, 400, 6, 3, 1],
  robbery: [206, 680, 112, 1, 1],
  sex: [880, 118, 0, 1, 1],
  shops: [30, 30, 930, 5, 5],
  theft: [430, 420, 135, 10, 5],
  vehicle: [330, 560, 105, 1, 4],
  burglary: [308, 382, 308, 1, 1],
  fraud: [420, 400, 100, 70, 10],
  vandalism: [290, 320, 215, 170, 5],
  police: [30, 30, 10, 925, 5],
};

export const SUSPECT_SEXES = ['', 'U', 'M', 'F'] as const;
export const SUSPECT_WEIGHTS: Readonly<Record<BehaviourId, readonly number[]>> = {
  person: [100, 100, 580, 220],
  robbery: [90, 130, 730, 50],
  sex: [110, 60, 800, 30],
  shops: [250, 90, 470, 190],
  theft: [430, 300, 210, 60],
  vehicle: [640, 270, 80, 10],
  burglary: [460, 260, 245, 35],
  fraud: [420, 330, 160, 90],
  vandalism: [560, 210, 180, 50],
  police: [620, 40, 290, 50],
};

export const AGES = ['', 'UNKNOWN', '<18', '18-24', '25-44', '45-64', '65+'] as const;
export const AGE_UNKNOWN = 1;
export const VICTIM_AGES = [2, 10, 75, 130, 460, 255, 68] as const;
export const SUSPECT_AGES = [4, 380, 27, 108, 330, 131, 14] as const;
export const NOBODY_AGES = [55, 45, 0, 0, 0, 0, 0] as const;
export const RACES = [
  '',
  'UNKNOWN',
  'BLACK',
  'WHITE HISPANIC',
  'WHITE',
  'BLACK HISPANIC',
  'ASIAN / PACIFIC ISLANDER',
  'AMERICAN INDIAN/ALASKAN NATIVE',
] as const;
export const VICTIM_RACES = [0, 80, 340, 228, 214, 52, 93, 7] as const;
export const SUSPECT_RACES = [0, 250, 380, 172, 105, 51, 40, 3] as const;
export const RACE_UNKNOWN = 1;

/** Public housing developments, stations and parks a precinct can have; which one it gets depends on the seed. */
export const DEVELOPMENTS = [
  'MARCY',
  'LINDEN',
  'BUTLER',
  'DOUGLASS',
  'TILDEN',
  'WALD',
  'BOULEVARD',
  'INGERSOLL',
  'POMONOK',
  'TOMPKINS',
  'FARRAGUT',
  'SHEEPSHEAD BAY',
  'SMITH',
  'ARMSTRONG I',
  "MARINER'S HARBOR",
  'NOSTRAND',
  'RED HOOK WEST',
  'SOUNDVIEW',
  'WHITMAN',
  'ALBANY',
  'BROWNSVILLE',
  'CYPRESS HILLS',
  'LA GUARDIA',
  'MANHATTANVILLE',
  'MONROE',
  'PINK',
  'STAPLETON',
  'CASTLE HILL',
] as const;
export const STATIONS = [
  '34 STREET',
  '161 ST.-YANKEE STADIUM',
  '42 ST.-PORT AUTHORITY BUS TERM',
  '8 ST.-NYU',
  '14 STREET',
  '59 STREET',
  '42 ST.-TIMES SQUARE',
  '59 ST.-COLUMBUS CIRCLE',
  'CANAL STREET',
  'HOYT-SCHERMERHORN',
  'JACKSON AVENUE',
  '125 STREET',
  '71 AVE.-FOREST HILLS',
  'BROADWAY-EAST NEW YORK',
  'CHAMBERS STREET',
  'FORDHAM ROAD',
  'FRANKLIN AVENUE',
  'WOODLAWN',
] as const;
export const TRANSIT_DISTRICTS = [
  '1',
  '2',
  '3',
  '4',
  '11',
  '12',
  '20',
  '23',
  '30',
  '32',
  '33',
  '34',
] as const;
export const PARKS = [
  'HIGHBRIDGE PARK MANHATTAN SIDE',
  'BRYANT PARK',
  'CENTRAL PARK',
  'PROSPECT PARK',
  'ARCILLA PLAYGROUND',
  'ASTORIA PARK',
  'BRONX PARK',
  'COLUMBUS PARK AT MANHATTAN',
  'CONEY ISLAND BEACH & BOARDWALK',
  'CONFERENCE HOUSE PARK',
] as const;
