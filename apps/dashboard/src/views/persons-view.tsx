import { Panel } from '../panel.js';

export function PersonsView() {
  return (
    <Panel id="persons" title="persons">
      <p>…</p>
    </Panel>
  );
}
