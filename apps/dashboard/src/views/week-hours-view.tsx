import { Panel } from '../panel.js';

export function WeekHoursView() {
  return (
    <Panel id="week-hours" title="week hours">
      <p>…</p>
    </Panel>
  );
}
