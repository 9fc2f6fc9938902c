import { Near } from '../charts/near.js';
import { Panel } from '../panel.js';
import { CityScheduleView } from '../schedule/city-schedule.js';
import '../styles/schedule.css';

export function ScheduleView() {
  return (
    <Panel
      id="schedule"
      title="Patrol schedule"
      size="full"
      follows={false}
      note="A week of patrol for a number of units: who is on duty where, and which cells they visit. It is made for the whole city from forecasts and predictions by place, and does not follow the filters."
      terms={['covered demand', 'optimality gap', 'H3 cell', 'jurisdiction']}
      explain={{
        method:
          'An integer program places shifts so that the most expected recorded incidents fall into hours with a unit, with a floor for every jurisdiction; the bound proves how far any schedule could be better. Cells come from the prediction by place that beat last year’s map, or from last year’s map.',
        caveats: [
          'It does not claim that crime is prevented.',
          'Categories that exist because police look for them are left out.',
        ],
      }}
    >
      <Near height={600}>
        {({ cities }) => (
          <div class="city-schedules">
            {cities.map(({ entry, colour }) => (
              <CityScheduleView key={entry.source} entry={entry} colour={colour} />
            ))}
          </div>
        )}
      </Near>
    </Panel>
  );
}
