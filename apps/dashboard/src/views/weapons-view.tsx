import { Panel } from '../panel.js';

export function WeaponsView() {
  return (
    <Panel id="weapons" title="weapons">
      <p>…</p>
    </Panel>
  );
}
