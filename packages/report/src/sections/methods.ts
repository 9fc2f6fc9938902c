import type { Section, Sentence } from '../report.js';
import { say } from '../sentence.js';

const METHODS: readonly (readonly [what: string, how: string, source: string])[] = [
  ['Shares', 'Incidents of a category divided by all, with Wilson intervals.', 'Wilson 1927, JASA 22'],
  [
    'Change against the year before',
    'Ratio of incidents a day with the exact interval of two Poisson counts.',
    'Przyborowski & Wilenski 1940, Biometrika 31',
  ],
  [
    'Peak hours',
    'Incidents known only to lie between two times are spread over the hours between; an hour is a peak only above chance among 168.',
    'Ratcliffe 2002, Journal of Quantitative Criminology 18',
  ],
  [
    'Weapons',
    'Differences of shares with Newcombe’s interval, slopes of log odds, false discovery rate over all slopes.',
    'Newcombe 1998, Statistics in Medicine 17; Benjamini & Hochberg 1995, JRSS B 57',
  ],
  [
    'Level without season and chance',
    'Robust seasonal-trend decomposition of the logarithm of monthly counts.',
    'Cleveland et al. 1990, Journal of Official Statistics 6',
  ],
  ['Completeness', 'Chain ladder over the delay from occurrence to report.', 'Mack 1993, ASTIN Bulletin 23'],
  [
    'What stands out',
    'Three detectors, of which two must agree: Farrington, robust residuals, Poisson bands; false discovery rate at most 5 %.',
    'Farrington et al. 1996, JRSS A 159; Noufaily et al. 2013, Statistics in Medicine 32',
  ],
  [
    'Hot spots',
    'Getis-Ord Gi* of H3 cells and their neighbours, permutation test, false discovery rate.',
    'Ord & Getis 1995, Geographical Analysis 27',
  ],
  [
    'Forecast',
    'The method that did best in the series’ own past; intervals from its own errors.',
    'Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice',
  ],
  [
    'Small counts of persons',
    'Hidden below 5 (sex offences 10), with others so that none can be worked out; this report shows none.',
    'Cox 1980, JASA 75',
  ],
];

/** How the numbers come about, in short. */
export function methodsSection(): Section {
  const items: readonly Sentence[] = METHODS.map(([what, how, source]) => say`${what}: ${how} ${source}.`);
  return { id: 'methods', title: 'Methods', blocks: [{ kind: 'list', items }] };
}
