import { Panel } from '../panel.js';

export function ScheduleView() {
  return (
    <Panel id="schedule" title="schedule">
      <p>…</p>
    </Panel>
  );
}
