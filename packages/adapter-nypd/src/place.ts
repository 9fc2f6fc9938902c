import type { Field } from '@crimetracker/adapter-kit';
import { collapse, digitsOf, field } from '@crimetracker/adapter-kit';
import { publishedText } from './published-text.js';
import type { Tables } from './tables.js';

/** `Precinct 75` from ADDR_PCT_CD; blank and unknown precincts are null, the unknown with a finding. */
export function jurisdictionField(tables: Tables): Field {
  return field({
    inputs: ['addr_pct_cd'],
    outputs: ['jurisdiction'],
    evaluate: (raw) => {
      const precinct = tables.precincts.get(digitsOf(raw.addr_pct_cd));
      if (precinct !== undefined) {
        const note = precinct.note === '' ? precinct.borough : `${precinct.borough}. ${precinct.note}`;
        return { values: { jurisdiction: `Precinct ${precinct.precinct}` }, rule: 'precinct', note };
      }
      if (publishedText(raw.addr_pct_cd) === '') return { values: { jurisdiction: null }, rule: 'blank' };
      return { values: { jurisdiction: null }, findings: ['jurisdiction-unmapped'], rule: 'unmapped' };
    },
  });
}

/**
 * Agency from JURIS_DESC, else from JURISDICTION_CODE; as published with a finding when neither is known.
 *
 * The wording comes first because the code is blank on the murders of 2010 to 2019 and absent from 24 columns.
 */
export function agencyField(tables: Tables): Field {
  return field({
    inputs: ['juris_desc', 'jurisdiction_code'],
    outputs: ['agency'],
    evaluate: (raw) => {
      const name = publishedText(raw.juris_desc);
      const code = publishedText(raw.jurisdiction_code);
      const byName = tables.agenciesByName.get(name);
      if (byName !== undefined) return { values: { agency: byName.agency }, rule: 'jurisdiction wording' };
      if (name !== '') {
        return {
          values: { agency: collapse(raw.juris_desc) },
          findings: ['agency-unmapped'],
          rule: 'unmapped',
        };
      }
      const byCode = tables.agenciesByCode.get(digitsOf(code));
      if (byCode !== undefined) return { values: { agency: byCode.agency }, rule: 'jurisdiction code' };
      if (code === '') return { values: { agency: null }, rule: 'blank' };
      return { values: { agency: `Jurisdiction ${code}` }, findings: ['agency-unmapped'], rule: 'unmapped' };
    },
  });
}

/** Kind of place from PREM_TYP_DESC; blank is Unknown, a wording never seen is Other with a finding. */
export function premisesField(tables: Tables): Field {
  return field({
    inputs: ['prem_typ_desc'],
    outputs: ['location_category'],
    evaluate: (raw) => {
      const text = publishedText(raw.prem_typ_desc);
      if (text === '') return { values: { location_category: 'Unknown' }, rule: 'blank' };
      const row = tables.premises.get(text);
      if (row === undefined) {
        return { values: { location_category: 'Other' }, findings: ['premises-unmapped'], rule: 'unmapped' };
      }
      const { location_category, confidence, note } = row;
      return { values: { location_category }, rule: 'premises', confidence, note };
    },
  });
}
