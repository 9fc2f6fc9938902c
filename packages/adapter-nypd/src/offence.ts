import type { Field } from '@crimetracker/adapter-kit';
import { digitsOf, field, isBlank } from '@crimetracker/adapter-kit';
import type { Confidence, FindingId } from '@crimetracker/schema';
import { CONFIDENCES } from '@crimetracker/schema';
import { NULL_MARKERS, publishedText } from './published-text.js';
import type { OffenceClassRow, OffenceRow, Tables } from './tables.js';
import { pairKey } from './tables.js';

/**
 * Wordings were cut at 30 characters until 2023 (some at 32), then trimmed; measured on real files of 2006 to 2025.
 * Only a wording of such a length may be the beginning of another.
 */
const CUT_LENGTHS = { least: 28, most: 32 } as const;

interface Wording {
  readonly text: string;
  /** Length as published, before runs of blanks became one. */
  readonly length: number;
}

interface Match {
  readonly row: OffenceRow | OffenceClassRow;
  readonly rule: string;
  readonly confidence: Confidence;
  readonly findings?: readonly FindingId[];
}

/**
 * Offence of the complaint: code, category, NIBRS code and confidence.
 *
 * The pair of wordings decides, because one OFNS_DESC stands under several KY_CD and under many offences; then the
 * finer wording alone, where every class that has it agrees; then the class KY_CD; then Other, with a finding.
 */
export function offenceField(tables: Tables): Field {
  const matchOf = offenceMatcher(tables);
  return field({
    inputs: ['ky_cd', 'pd_cd', 'ofns_desc', 'pd_desc'],
    outputs: ['crime_code', 'crime_category', 'nibrs_code', 'mapping_confidence'],
    evaluate: (raw) => {
      const ky = digitsOf(raw.ky_cd);
      const pd = digitsOf(raw.pd_cd);
      const crimeCode = ky === '' ? null : pd === '' ? ky : `${ky}.${pd}`;
      const match = matchOf(ky, raw.ofns_desc, raw.pd_desc);
      if (match === undefined) {
        return {
          values: {
            crime_code: crimeCode,
            crime_category: 'Other',
            nibrs_code: null,
            mapping_confidence: 'low',
          },
          findings: ['offence-unmapped'],
          rule: 'unmapped',
          confidence: 'low',
        };
      }
      const { row, rule, confidence, findings = [] } = match;
      return {
        values: {
          crime_code: crimeCode,
          crime_category: row.crime_category,
          nibrs_code: row.nibrs_code === '' ? null : row.nibrs_code,
          mapping_confidence: confidence,
        },
        findings,
        rule,
        confidence,
        note: row.note,
      };
    },
  });
}

function offenceMatcher(tables: Tables): (ky: string, ofnsDesc: string, pdDesc: string) => Match | undefined {
  const exact = new Map(tables.offences.map((row) => [pairKey(row.ofns_desc, row.pd_desc), row]));
  const rows = tables.offences.map((row) => ({
    row,
    ofns: wordingOf(row.ofns_desc),
    pd: wordingOf(row.pd_desc),
  }));

  return (ky, ofnsDesc, pdDesc) => {
    const pair = exact.get(pairKey(ofnsDesc, pdDesc));
    if (pair !== undefined) return { row: pair, rule: 'offence and detail', confidence: pair.confidence };

    const ofns = wordingOf(ofnsDesc);
    const pd = wordingOf(pdDesc);
    const cut = unanimous(
      rows.filter((known) => agree(known.ofns, ofns) && agree(known.pd, pd)).map(({ row }) => row),
    );
    if (cut !== undefined)
      return { row: cut, rule: 'offence and detail, one of them cut', confidence: cut.confidence };

    const detail = detailAlone(pd);
    if (detail !== undefined)
      return { row: detail, rule: 'detail alone', confidence: atMost('medium', detail.confidence) };

    const byClass = tables.offenceClasses.get(ky);
    if (byClass === undefined) return undefined;
    return {
      row: byClass,
      rule: 'offence class',
      confidence: byClass.confidence,
      findings: ['offence-mapped-by-class'],
    };
  };

  function detailAlone(pd: Wording): OffenceRow | undefined {
    if (pd.text === '') return undefined;
    const same = rows.filter((known) => known.pd.text === pd.text);
    return unanimous(
      (same.length > 0 ? same : rows.filter((known) => agree(known.pd, pd))).map(({ row }) => row),
    );
  }
}

function wordingOf(published: string): Wording {
  return {
    text: publishedText(published),
    length: isBlank(published, NULL_MARKERS) ? 0 : published.trim().length,
  };
}

/** The same wording, or the one is the other cut. */
function agree(a: Wording, b: Wording): boolean {
  if (a.text === b.text) return true;
  const [shorter, longer] = a.text.length < b.text.length ? [a, b] : [b, a];
  return (
    shorter.length >= CUT_LENGTHS.least &&
    shorter.length <= CUT_LENGTHS.most &&
    longer.text.startsWith(shorter.text)
  );
}

/** The first row when all say the same of the offence. */
function unanimous(rows: readonly OffenceRow[]): OffenceRow | undefined {
  const [first, ...others] = rows;
  const same = (row: OffenceRow) =>
    row.nibrs_code === first?.nibrs_code && row.crime_category === first.crime_category;
  return others.every(same) ? first : undefined;
}

function atMost(most: Confidence, confidence: Confidence): Confidence {
  return CONFIDENCES.indexOf(confidence) > CONFIDENCES.indexOf(most) ? confidence : most;
}
