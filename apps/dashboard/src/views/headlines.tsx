import { Panel } from '../panel.js';

export function Headlines() {
  return (
    <Panel id="headlines" title="headlines">
      <p>…</p>
    </Panel>
  );
}
