import { describe, expect, test } from 'vitest';
import { drawCellMap } from '../maps/cell-map.js';
import { CityProjection } from '../maps/projection.js';
import { drawIntervals } from './interval-chart.js';
import { drawPairs } from './pair-chart.js';
import { drawSeries } from './series-chart.js';
import { drawWeekHeatMap } from './week-heat-map.js';

const bars = [
  { label: '<b>&"', value: 0.5, lower: 0.4, upper: 0.6 },
  { label: 'Robbery', value: 0.2, lower: Number.NaN, upper: Number.NaN },
];
const options = { axis: 'share', format: 'share', form: 'bars' } as const;
const point = (start: string) => ({ start, value: 5, trend: 5, isComplete: true });

describe('charts', () => {
  test('come out the same each time, in both widths, with no number that is none', () => {
    const all = () => [
      drawIntervals('d', bars, options),
      drawIntervals('d', bars, { ...options, form: 'dots' }),
      drawWeekHeatMap(
        'd',
        [
          { weekday: 0, hour: 0, value: 1 },
          { weekday: 6, hour: 23, value: 2 },
        ],
        'an hour',
      ),
      drawSeries('d', [point('2023-01-01'), point('2023-02-01')], {
        axis: 'a month',
        events: [{ from: '2000-01-01', to: '2000-02-01' }],
        shifts: ['2023-02-01'],
        anomalies: ['2023-01-09'],
      }),
      drawPairs('d', [{ label: 'a', first: 0.1, second: 0.2 }], {
        axis: 'share',
        format: 'share',
        names: ['x', 'y'],
      }),
    ];
    const [first, again] = [all(), all()];
    expect(again).toEqual(first);
    for (const { svg, narrow } of first) {
      for (const drawing of [svg, narrow ?? '']) {
        expect(drawing).toMatch(/^<svg xmlns/);
        expect(drawing).not.toMatch(/NaN|undefined|<style|\d\.\d{3}/);
      }
    }
  });

  test('write labels as text, never as markup', () => {
    expect(drawIntervals('d', bars, options).svg).toContain('&lt;b&gt;&amp;');
    expect(drawIntervals('d', bars, options).svg).not.toContain('<b>');
  });

  test('draw nothing, one point or equal values without complaint', () => {
    for (const picture of [
      drawIntervals('d', [], options),
      drawSeries('d', [point('2023-01-01')], { axis: 'a' }),
      drawWeekHeatMap('d', [{ weekday: 0, hour: 0, value: 0 }], 'an hour'),
      drawPairs('d', [], { axis: 'a', format: 'share', names: ['x', 'y'] }),
      drawCellMap('d', [], undefined),
    ]) {
      expect(picture.svg).not.toMatch(/NaN|Infinity/);
    }
  });
});

describe('CityProjection', () => {
  test('is true to scale: a kilometre is as long to the north as to the east', () => {
    const projection = new CityProjection(
      [
        [-74, 40.5],
        [-73.7, 40.9],
      ],
      600,
    );
    const [x1, y1] = projection.point([-74, 40.7]);
    const [x2] = projection.point([-73.9, 40.7]);
    const [, y2] = projection.point([-74, 40.8]);
    const east = (x2 - x1) / (0.1 * 111.195 * Math.cos((40.7 * Math.PI) / 180));
    const north = (y1 - y2) / (0.1 * 111.195);
    expect(east).toBeCloseTo(north, 6);
    expect(north).toBeCloseTo(projection.scale, 6);
  });
});
