import { Panel } from '../panel.js';

export function JurisdictionsView() {
  return (
    <Panel id="jurisdictions" title="jurisdictions">
      <p>…</p>
    </Panel>
  );
}
