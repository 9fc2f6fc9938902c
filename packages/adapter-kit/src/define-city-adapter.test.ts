import { describe, expect, it } from 'vitest';
import type { CityAdapter } from './city-adapter.js';
import { defineCityAdapter } from './define-city-adapter.js';
import { exampleAdapter } from './testing/example-adapter.js';

const example = await exampleAdapter.load();

/** Loads the example city with parts replaced. */
function load(changes: Partial<CityAdapter>): Promise<CityAdapter> {
  const { fields, ...rest } = { ...example, ...changes };
  return defineCityAdapter({ ...rest, tables: async () => undefined, fields: () => fields }).load();
}

describe('defineCityAdapter', () => {
  it('reads the tables only when the adapter is loaded, and gives them to the fields', async () => {
    let reads = 0;
    const { fields, ...rest } = example;
    const module = defineCityAdapter({
      ...rest,
      tables: async () => {
        reads += 1;
        return fields;
      },
      fields: (tables) => tables,
    });
    expect([module.id, reads]).toEqual(['expd', 0]);
    expect((await module.load()).fields).toBe(fields);
    expect(reads).toBe(1);
  });

  it('lists every mistake of a declaration at once', async () => {
    const { offence: _offence, ...fields } = example.fields;
    const { report, ...others } = fields;
    const broken = load({
      columns: {
        ...example.columns,
        'Bad Name': { description: 'Not folded.' },
        day: { description: 'Day.', aliases: ['occurred'] },
      },
      fields: {
        ...others,
        report: { ...report, inputs: ['toString'] } as CityAdapter['fields'][string],
        again: others.date as CityAdapter['fields'][string],
      },
      required: [['nowhere']],
      stationHouse: { column: 'ky', values: ['1'] },
      vintages: [
        ...example.vintages,
        {
          id: 'portal-7',
          description: 'Twice.',
          header: ['a', 'reported'],
          rename: { b: 'lat' },
          constants: { reported: 'x', ghost: 'y' },
          duplicates: { a: 'why' },
        },
      ],
    });
    await expect(broken).rejects.toMatchObject({ code: 'adapter-invalid', exitCode: 1 });
    const message = String(await broken.catch((error: unknown) => error));
    const expected = [
      'Field report reads "toString", which is not a declared raw column.',
      'required reads "nowhere", which is not a declared raw column.',
      'stationHouse reads "ky", which is not a declared raw column.',
      'Vintage portal-7 reads "ghost", which is not a declared raw column.',
      'Raw column name "Bad Name" is not folded; write "bad_name".',
      'The name "occurred" means both occurred and day.',
      'Vintage portal-7 is declared twice.',
      'Vintage portal-7 renames "b", which its header has not.',
      'Vintage portal-7 says "a" is a duplicate, but its header has it 1 times.',
      'Vintage portal-7 fixes reported, which its header also has.',
      'Nothing produces crime_category.',
      'occurred_date is produced 2 times: by field date and field again.',
    ];
    expect(expected.filter((mistake) => !message.includes(mistake))).toEqual([]);
  });

  it('refuses a column that only the build makes, five inputs and an adapter without vintages', async () => {
    const constants = { ...example.constants, city: 'Example' };
    await expect(load({ constants })).rejects.toThrow('city is not a column an adapter produces.');
    await expect(load({ vintages: [] })).rejects.toThrow('No vintage is declared');
    const report = { ...example.fields.report, inputs: ['reported', 'occurred', 'time', 'lat', 'lon'] };
    const fields = { ...example.fields, report: report as CityAdapter['fields'][string] };
    await expect(load({ fields })).rejects.toThrow('Field report reads 5 columns; at most 4.');
  });
});
