import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldHeader } from './header.js';

describe('foldHeader', () => {
  it.each([
    ['Part 1-2', 'part_1_2'],
    ['AREA ', 'area'],
    ['\uFEFFCMPLNT_NUM', 'cmplnt_num'],
    ['Crm Cd 4', 'crm_cd_4'],
    ['lat_lon.latitude', 'lat_lon_latitude'],
    ['New Georeferenced Column', 'new_georeferenced_column'],
    ['', ''],
    [' - ', ''],
  ])('folds %j to %j, the name of the open data interface', (published, folded) => {
    expect(foldHeader(published)).toBe(folded);
  });

  it('changes nothing the second time, and no folded name has another sign than a-z, 0-9 and _', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(foldHeader(foldHeader(name))).toBe(foldHeader(name));
        expect(foldHeader(name)).toMatch(/^([a-z0-9]+(_[a-z0-9]+)*)?$/);
      }),
    );
  });
});
