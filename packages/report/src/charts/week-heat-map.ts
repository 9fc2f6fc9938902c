import { WEEKDAYS } from '@crimetracker/analysis-kit';
import { number } from '@crimetracker/analysis-kit/words';
import { axisX, axisY, cell } from '@observablehq/plot';
import type { Picture } from '../report.js';
import { legendEntry, RAMP, rampPlace } from './colours.js';
import { drawPlot, WIDE } from './draw-plot.js';

export interface WeekHour {
  /** Monday 0 to Sunday 6. */
  readonly weekday: number;
  readonly hour: number;
  readonly value: number;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Draws the 168 hours of a week as a grid, darker for more. */
export function drawWeekHeatMap(description: string, hours: readonly WeekHour[], unit: string): Picture {
  const values = hours.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const step = (most - least) / RAMP.length;
  const days = WEEKDAYS.map((name) => name.slice(0, 3));
  return drawPlot(
    description,
    (width) => ({
      width,
      height: width === WIDE ? 250 : 210,
      marginLeft: 36,
      marginRight: 4,
      marginTop: 4,
      marginBottom: 36,
      x: { domain: HOURS, padding: 0.06 },
      y: { domain: days, padding: 0.06 },
      marks: [
        cell(hours, {
          x: 'hour',
          y: ({ weekday }: WeekHour) => days[weekday],
          fill: { value: ({ value }: WeekHour) => RAMP[rampPlace(value, least, most)], scale: null },
        }),
        axisX({
          ticks: HOURS.filter((hour) => hour % (width === WIDE ? 3 : 6) === 0),
          tickSize: 0,
          label: 'hour of the day',
          labelAnchor: 'center',
          fontSize: 12,
        }),
        axisY({ tickSize: 0, label: null, fontSize: 12 }),
      ],
    }),
    most > least
      ? RAMP.map((colour, place) =>
          legendEntry(
            `${number(least + place * step, 2)} to ${number(least + (place + 1) * step, 2)}${place === 0 ? ` ${unit}` : ''}`,
            colour,
          ),
        )
      : [],
  );
}
