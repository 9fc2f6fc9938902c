import { render } from 'preact';
import { loadCurrent, loadProblem } from './load.js';
import { Page } from './page.js';
import { followAddress, followFilters } from './store.js';

followAddress();
followFilters();
loadCurrent().catch((error: unknown) => {
  loadProblem.value = error instanceof Error ? error.message : String(error);
});
const place = document.getElementById('page');
if (place !== null) render(<Page />, place);
