/** [weight in 1/100 %, Crm Cd, Crm Cd Desc, Part 1-2] */
export type LapdOffenceRow = readonly [number, number, string, 1 | 2];

/**
 * The offences the generator writes, by canonical category, as they are worded in the open data. The weights of the
 * seven most frequent codes follow the published file of 2020 to 2024.
 */
export const LAPD_OFFENCES: Readonly<Record<string, readonly LapdOffenceRow[]>> = {
  'Theft from vehicle': [
    [1494, 331, 'THEFT FROM MOTOR VEHICLE - GRAND ($950.01 AND OVER)', 1],
    [632, 330, 'BURGLARY FROM VEHICLE', 1],
    [332, 420, 'THEFT FROM MOTOR VEHICLE - PETTY ($950 & UNDER)', 1],
    [6, 410, 'BURGLARY FROM VEHICLE, ATTEMPTED', 1],
    [4, 421, 'THEFT FROM MOTOR VEHICLE - ATTEMPT', 1],
  ],
  'Simple assault': [
    [745, 624, 'BATTERY - SIMPLE ASSAULT', 2],
    [341, 626, 'INTIMATE PARTNER - SIMPLE ASSAULT', 2],
    [45, 625, 'OTHER ASSAULT', 2],
    [32, 627, 'CHILD ABUSE (PHYSICAL) - SIMPLE ASSAULT', 2],
    [22, 623, 'BATTERY POLICE (SIMPLE)', 2],
  ],
  'Motor vehicle theft': [
    [1146, 510, 'VEHICLE - STOLEN', 1],
    [24, 520, 'VEHICLE - ATTEMPT STOLEN', 1],
    [3, 522, 'VEHICLE, STOLEN - OTHER (MOTORIZED SCOOTERS, BIKES, ETC)', 1],
  ],
  'Other theft': [
    [452, 440, 'THEFT PLAIN - PETTY ($950 & UNDER)', 1],
    [250, 341, 'THEFT-GRAND ($950.01 & OVER)EXCPT,GUNS,FOWL,LIVESTK,PROD', 1],
    [116, 480, 'BIKE - STOLEN', 1],
    [35, 350, 'THEFT, PERSON', 1],
    [6, 441, 'THEFT PLAIN - ATTEMPT', 1],
    [6, 352, 'PICKPOCKET', 1],
    [2, 450, 'THEFT FROM PERSON - ATTEMPT', 1],
    [1, 470, 'TILL TAP - GRAND THEFT ($950.01 & OVER)', 1],
  ],
  Vandalism: [
    [608, 740, 'VANDALISM - FELONY ($400 & OVER, ALL CHURCH VANDALISMS)', 2],
    [241, 745, 'VANDALISM - MISDEAMEANOR ($399 OR UNDER)', 2],
  ],
  'Fraud and forgery': [
    [622, 354, 'THEFT OF IDENTITY', 2],
    [44, 662, 'BUNCO, GRAND THEFT', 2],
    [34, 951, 'DEFRAUDING INNKEEPER/THEFT OF SERVICES, $950 & UNDER', 2],
    [30, 649, 'DOCUMENT FORGERY / STOLEN FELONY', 2],
    [18, 664, 'BUNCO, PETTY THEFT', 2],
    [18, 668, 'EMBEZZLEMENT, GRAND THEFT ($950.01 & OVER)', 2],
    [16, 940, 'EXTORTION', 2],
    [11, 950, 'DEFRAUDING INNKEEPER/THEFT OF SERVICES, OVER $950.01', 2],
    [9, 661, 'UNAUTHORIZED COMPUTER ACCESS', 2],
    [1, 670, 'EMBEZZLEMENT, PETTY THEFT ($950 & UNDER)', 2],
  ],
  'Aggravated assault': [
    [533, 230, 'ASSAULT WITH DEADLY WEAPON, AGGRAVATED ASSAULT', 1],
    [103, 761, 'BRANDISH WEAPON', 1],
    [97, 236, 'INTIMATE PARTNER - AGGRAVATED ASSAULT', 1],
    [21, 251, 'SHOTS FIRED AT INHABITED DWELLING', 1],
    [8, 231, 'ASSAULT WITH DEADLY WEAPON ON POLICE OFFICER', 1],
    [3, 250, 'SHOTS FIRED AT MOVING VEHICLE, TRAIN OR AIRCRAFT', 1],
    [2, 235, 'CHILD ABUSE (PHYSICAL) - AGGRAVATED ASSAULT', 1],
  ],
  Burglary: [
    [576, 310, 'BURGLARY', 1],
    [27, 320, 'BURGLARY, ATTEMPTED', 1],
  ],
  Robbery: [
    [224, 210, 'ROBBERY', 1],
    [36, 220, 'ATTEMPTED ROBBERY', 1],
  ],
  'Threats and harassment': [
    [171, 930, 'CRIMINAL THREATS - NO WEAPON DISPLAYED', 2],
    [61, 956, 'LETTERS, LEWD  -  TELEPHONE CALLS, LEWD', 2],
    [7, 755, 'BOMB SCARE', 2],
    [3, 928, 'THREATENING PHONE CALLS/LETTERS', 2],
    [3, 763, 'STALKING', 2],
  ],
  Shoplifting: [
    [145, 442, 'SHOPLIFTING - PETTY THEFT ($950 & UNDER)', 1],
    [25, 343, 'SHOPLIFTING-GRAND THEFT ($950.01 & OVER)', 1],
    [2, 443, 'SHOPLIFTING - ATTEMPT', 1],
  ],
  'Court order': [
    [73, 901, 'VIOLATION OF RESTRAINING ORDER', 2],
    [50, 900, 'VIOLATION OF COURT ORDER', 2],
    [7, 902, 'VIOLATION OF TEMPORARY RESTRAINING ORDER', 2],
    [6, 903, 'CONTEMPT OF COURT', 2],
  ],
  Trespass: [
    [105, 888, 'TRESPASSING', 2],
    [2, 933, 'PROWLER', 2],
  ],
  Other: [
    [71, 946, 'OTHER MISCELLANEOUS CRIME', 2],
    [10, 437, 'RESISTING ARREST', 2],
    [8, 845, 'SEX OFFENDER REGISTRANT OUT OF COMPLIANCE', 2],
  ],
  'Other sex offense': [
    [34, 860, 'BATTERY WITH SEXUAL CONTACT', 2],
    [11, 810, 'SEX,UNLAWFUL(INC MUTUAL CONSENT, PENETRATION W/ FRGN OBJ', 2],
    [9, 812, 'CRM AGNST CHLD (13 OR UNDER) (14-15 & SUSP 10 YRS OLDER)', 2],
    [8, 813, 'CHILD ANNOYING (17YRS & UNDER)', 2],
    [5, 932, 'PEEPING TOM', 2],
  ],
  Rape: [
    [29, 121, 'RAPE, FORCIBLE', 1],
    [10, 815, 'SEXUAL PENETRATION W/FOREIGN OBJECT', 1],
    [8, 122, 'RAPE, ATTEMPTED', 1],
    [8, 820, 'ORAL COPULATION', 1],
    [3, 821, 'SODOMY/SEXUAL CONTACT B/W PENIS OF ONE PERS TO ANUS OTH', 1],
  ],
  'Public order': [
    [19, 850, 'INDECENT EXPOSURE', 2],
    [13, 886, 'DISTURBING THE PEACE', 2],
    [8, 647, 'THROWING OBJECT AT MOVING VEHICLE', 2],
    [4, 762, 'LEWD CONDUCT', 2],
  ],
  'Weapon law': [[22, 753, 'DISCHARGE FIREARMS/SHOTS FIRED', 2]],
  Arson: [[21, 648, 'ARSON', 1]],
  'Kidnapping and trafficking': [
    [8, 910, 'KIDNAPPING', 2],
    [5, 822, 'HUMAN TRAFFICKING - COMMERCIAL SEX ACTS', 2],
    [4, 920, 'KIDNAPPING - GRAND ATTEMPT', 2],
    [3, 434, 'FALSE IMPRISONMENT', 2],
  ],
  Homicide: [[12, 110, 'CRIMINAL HOMICIDE', 1]],
  'Family and child': [[10, 237, 'CHILD NEGLECT (SEE 300 W.I.C.)', 2]],
  'DUI and traffic': [[8, 890, 'FAILURE TO YIELD', 2]],
  'Prostitution and obscenity': [
    [1, 806, 'PANDERING', 2],
    [1, 814, 'CHILD PORNOGRAPHY', 2],
  ],
};
