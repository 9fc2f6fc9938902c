import type { BehaviourId } from './behaviours.js';

/** [Premis Cd, Premis Desc] */
export const LAPD_PREMISES = [
  ['101', 'STREET'],
  ['501', 'SINGLE FAMILY DWELLING'],
  ['502', 'MULTI-UNIT DWELLING (APARTMENT, DUPLEX, ETC)'],
  ['108', 'PARKING LOT'],
  ['203', 'OTHER BUSINESS'],
  ['707', 'GARAGE/CARPORT'],
  ['102', 'SIDEWALK'],
  ['122', 'VEHICLE, PASSENGER/TRUCK'],
  ['104', 'DRIVEWAY'],
  ['123', 'PARKING UNDERGROUND/BUILDING'],
  ['210', 'RESTAURANT/FAST FOOD'],
  ['103', 'ALLEY'],
  ['710', 'OTHER PREMISE'],
  ['402', 'MARKET'],
  ['301', 'GAS STATION'],
  ['503', 'HOTEL'],
  ['404', 'DEPARTMENT STORE'],
  ['109', 'PARK/PLAYGROUND'],
  ['118', 'CONSTRUCTION SITE'],
  ['702', 'OFFICE BUILDING/OFFICE'],
  ['406', 'OTHER STORE'],
  ['403', 'DRUG STORE'],
  ['221', 'PUBLIC STORAGE'],
  ['401', 'MINI-MART'],
  ['602', 'BANK'],
  ['801', 'MTA BUS'],
  ['721', 'HIGH SCHOOL'],
  ['405', 'CLOTHING STORE'],
  ['750', 'CYBERSPACE'],
  ['418', ''],
] as const;

/** Weights of the premises above, in their order, per behaviour. */
export const LAPD_PREMISES_WEIGHTS: Readonly<Record<BehaviourId, readonly number[]>> = {
  person: [
    170, 205, 225, 55, 50, 6, 125, 14, 12, 6, 18, 18, 14, 10, 8, 16, 4, 14, 1, 10, 5, 4, 1, 5, 2, 16, 10, 2,
    2, 1,
  ],
  robbery: [
    290, 25, 65, 60, 55, 6, 180, 16, 8, 5, 30, 22, 8, 32, 34, 6, 8, 10, 1, 3, 14, 12, 1, 24, 10, 12, 2, 6, 1,
    1,
  ],
  sex: [
    70, 250, 270, 22, 22, 4, 60, 30, 6, 6, 8, 10, 16, 3, 2, 36, 2, 16, 1, 8, 2, 1, 1, 1, 1, 14, 16, 1, 12, 1,
  ],
  shops: [
    4, 1, 2, 4, 230, 1, 4, 1, 1, 1, 8, 1, 6, 130, 40, 1, 180, 1, 1, 2, 70, 90, 1, 60, 1, 1, 1, 80, 2, 1,
  ],
  theft: [
    70, 175, 215, 45, 75, 36, 55, 14, 12, 14, 30, 8, 18, 34, 12, 22, 16, 14, 14, 22, 14, 8, 8, 8, 6, 8, 8, 8,
    6, 1,
  ],
  vehicle: [
    560, 32, 24, 165, 8, 80, 10, 8, 52, 56, 4, 12, 4, 2, 4, 2, 1, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  ],
  burglary: [
    8, 330, 240, 12, 125, 62, 2, 2, 6, 40, 48, 2, 12, 14, 6, 8, 6, 2, 40, 26, 22, 8, 44, 8, 3, 1, 8, 8, 1, 1,
  ],
  fraud: [
    14, 420, 300, 6, 60, 3, 4, 2, 2, 2, 8, 1, 40, 6, 6, 8, 8, 1, 1, 20, 10, 4, 2, 3, 50, 1, 1, 2, 40, 2,
  ],
  vandalism: [
    170, 120, 130, 60, 85, 22, 20, 250, 22, 14, 30, 8, 14, 14, 12, 5, 4, 8, 4, 12, 8, 4, 1, 6, 3, 8, 6, 2, 1,
    1,
  ],
  police: [
    230, 60, 90, 60, 90, 8, 90, 30, 10, 8, 24, 24, 20, 24, 20, 10, 12, 30, 8, 16, 14, 10, 2, 10, 4, 8, 16, 4,
    2, 1,
  ],
};

export const STATUSES = [
  ['IC', 'Invest Cont'],
  ['AA', 'Adult Arrest'],
  ['AO', 'Adult Other'],
  ['JA', 'Juv Arrest'],
  ['JO', 'Juv Other'],
] as const;
export const STATUS_WEIGHTS: Readonly<Record<BehaviourId, readonly number[]>> = {
  person: [560, 160, 268, 8, 4],
  robbery: [800, 168, 20, 11, 1],
  sex: [700, 130, 160, 6, 4],
  shops: [800, 140, 52, 6, 2],
  theft: [945, 24, 29, 1, 1],
  vehicle: [962, 24, 12, 2, 0],
  burglary: [905, 80, 12, 3, 0],
  fraud: [960, 14, 26, 0, 0],
  vandalism: [880, 60, 54, 4, 2],
  police: [680, 200, 110, 8, 2],
};
/** Statuses of a case that ended in an arrest after the first export. */
export const ADULT_ARREST = 1;
export const STILL_OPEN = 0;

/** Share of rows that name no victim at all (age 0, sex and descent blank), and of those with sex and descent X. */
export const NO_VICTIM: Readonly<Record<BehaviourId, readonly [blank: number, unknown: number]>> = {
  person: [0.01, 0.03],
  robbery: [0.03, 0.05],
  sex: [0.01, 0.02],
  shops: [0.2, 0.65],
  theft: [0.05, 0.11],
  vehicle: [0.38, 0.06],
  burglary: [0.05, 0.16],
  fraud: [0.01, 0.05],
  vandalism: [0.04, 0.12],
  police: [0.12, 0.3],
};
export const FEMALE_SHARE: Readonly<Record<BehaviourId, number>> = {
  person: 0.56,
  robbery: 0.27,
  sex: 0.87,
  shops: 0.4,
  theft: 0.46,
  vehicle: 0.41,
  burglary: 0.41,
  fraud: 0.54,
  vandalism: 0.44,
  police: 0.42,
};
export const VICTIM_SEXES = ['', 'M', 'F', 'X'] as const;
export const DESCENTS = [
  '',
  'X',
  'H',
  'W',
  'B',
  'O',
  'A',
  'K',
  'F',
  'C',
  'J',
  'V',
  'I',
  'P',
  'Z',
  'U',
  'G',
  'S',
  'D',
  'L',
] as const;
export const DESCENT_UNKNOWN = 1;
export const DESCENT_WEIGHTS = [
  0, 0, 420, 285, 193, 110, 30, 9, 7, 7, 2.2, 1.6, 1.4, 0.4, 0.5, 0.3, 0.1, 0.1, 0.1, 0.1,
] as const;

/** [Weapon Used Cd, Weapon Desc]; the first is a blank form. */
export const WEAPONS = [
  ['', ''],
  ['400', 'STRONG-ARM (HANDS, FIST, FEET OR BODILY FORCE)'],
  ['500', 'UNKNOWN WEAPON/OTHER WEAPON'],
  ['511', 'VERBAL THREAT'],
  ['200', 'KNIFE WITH BLADE 6INCHES OR LESS'],
  ['207', 'OTHER KNIFE'],
  ['306', 'ROCK/THROWN OBJECT'],
  ['512', 'MACE/PEPPER SPRAY'],
  ['312', 'PIPE/METAL PIPE'],
  ['307', 'VEHICLE'],
  ['212', 'BOTTLE'],
  ['308', 'STICK'],
  ['304', 'CLUB/BAT'],
  ['113', 'SIMULATED GUN'],
  ['114', 'AIR PISTOL/REVOLVER/RIFLE/BB GUN'],
  ['311', 'HAMMER'],
  ['506', 'FIRE'],
  ['102', 'HAND GUN'],
  ['109', 'SEMI-AUTOMATIC PISTOL'],
  ['106', 'UNKNOWN FIREARM'],
  ['101', 'REVOLVER'],
  ['103', 'RIFLE'],
  ['104', 'SHOTGUN'],
  ['107', 'OTHER FIREARM'],
] as const;
export const FIRST_FIREARM = 17;
/** Of the firearms, in the order above. */
export const FIREARM_WEIGHTS = [55, 17, 17, 4, 3, 2, 2] as const;

export interface WeaponUse {
  /** Share of rows that record a weapon at all: all of them for crimes against persons, few for property. */
  readonly recorded: number;
  /** Share of firearms among the recorded weapons, where no trend is planted. */
  readonly firearms: number;
  /** Weights of the other weapons, in the order above, the blank first one left out. */
  readonly others: readonly number[];
}
const PROPERTY: WeaponUse = {
  recorded: 0.045,
  firearms: 0,
  others: [20, 66, 0, 0, 0, 5, 0, 2, 0, 0, 1, 1, 0, 0, 5, 0],
};
const SEXUAL: WeaponUse = {
  recorded: 1,
  firearms: 0.015,
  others: [900, 80, 6, 6, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
};
const WEAPON_USE: Readonly<Record<string, WeaponUse>> = {
  Homicide: { recorded: 1, firearms: 0.7, others: [20, 10, 0, 30, 20, 0, 0, 2, 4, 2, 0, 2, 0, 0, 2, 0] },
  Robbery: { recorded: 1, firearms: 0.24, others: [560, 95, 60, 70, 24, 3, 24, 3, 3, 2, 4, 8, 48, 2, 3, 0] },
  'Aggravated assault': {
    recorded: 1,
    firearms: 0.26,
    others: [190, 180, 0, 84, 84, 56, 80, 66, 76, 56, 40, 44, 10, 12, 22, 4],
  },
  'Simple assault': { recorded: 1, firearms: 0, others: [900, 76, 3, 0, 0, 6, 3, 0, 1, 2, 5, 1, 0, 0, 0, 0] },
  'Threats and harassment': {
    recorded: 0.97,
    firearms: 0,
    others: [46, 40, 900, 2, 2, 0, 0, 0, 0, 0, 1, 1, 4, 1, 1, 0],
  },
  Rape: SEXUAL,
  'Other sex offense': SEXUAL,
  'Kidnapping and trafficking': {
    recorded: 0.8,
    firearms: 0.1,
    others: [800, 120, 40, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  },
  'Weapon law': {
    recorded: 0.6,
    firearms: 0.8,
    others: [0, 60, 0, 20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 10],
  },
  Arson: { recorded: 0.7, firearms: 0, others: [0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 900] },
};
/** Of these codes a weapon is never recorded. */
export const WEAPONLESS_CODES: ReadonlySet<number> = new Set([510, 354]);
export const weaponUse = (category: string): WeaponUse => WEAPON_USE[category] ?? PROPERTY;

export const SECOND_CODES = ['998', '480', '930', '946', '740', '626'] as const;
export const SECOND_CODE_WEIGHTS = [80, 5, 5, 4, 3, 3] as const;

export const MOCODES = [
  '0344',
  '1822',
  '0329',
  '0913',
  '1300',
  '0416',
  '1202',
  '1420',
  '0385',
  '1402',
  '1606',
  '0400',
  '1309',
  '2000',
  '1609',
  '2004',
  '0321',
  '1814',
  '0346',
  '0352',
  '0100',
  '0444',
  '0358',
  '1501',
  '1307',
  '0325',
  '0216',
  '0334',
  '1602',
  '1607',
  '1218',
  '0202',
  '0377',
  '0446',
  '1813',
  '0930',
  '0394',
  '1414',
  '0421',
  '0448',
] as const;

/** Made-up street names in the style of the city; LOCATION pads the name with blanks to a fixed width. */
export const STREET_NAMES = [
  'ALAMEDA',
  'BEACON',
  'CEDAR',
  'DOVE',
  'ELMWOOD',
  'FERN',
  'GRANITE',
  'HARBOR',
  'IRIS',
  'JUNIPER',
  'KESTREL',
  'LAUREL',
  'MAGNOLIA',
  'NOVA',
  'ORCHARD',
  'PALM',
  'QUARRY',
  'RIDGE',
  'SYCAMORE',
  'TERRACE',
  'UNION',
  'VALLEY VIEW',
  'WILLOW',
  'YUCCA',
  '3RD',
  '7TH',
  '11TH',
  '24TH',
  '43RD',
  '58TH',
  '76TH',
  '92ND',
  '108TH',
  'CANYON CREST',
  'EL SOL',
  'LA PALOMA',
  'SAN MARCO',
] as const;
export const STREET_KINDS = ['AV', 'AV', 'AV', 'ST', 'ST', 'BL', 'BL', 'DR', 'RD', 'PL', 'WY', 'LN'] as const;
