import { Panel } from '../panel.js';

export function QualityView() {
  return (
    <Panel id="quality" title="quality">
      <p>…</p>
    </Panel>
  );
}
