import { Panel } from '../panel.js';

export function CategoriesView() {
  return (
    <Panel id="categories" title="categories">
      <p>…</p>
    </Panel>
  );
}
