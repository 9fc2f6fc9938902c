import { Panel } from '../panel.js';

export function MapView() {
  return (
    <Panel id="map" title="map">
      <p>…</p>
    </Panel>
  );
}
