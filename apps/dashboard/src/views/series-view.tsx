import { Panel } from '../panel.js';

export function SeriesView() {
  return (
    <Panel id="series" title="series">
      <p>…</p>
    </Panel>
  );
}
