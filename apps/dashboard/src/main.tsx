import { render } from 'preact';
import { measureRepaints } from './charts/repaint-marks.js';
import { loadCurrent, loadProblem } from './load.js';
import { Page } from './page.js';
import { followAddress, followFilters } from './store.js';

followAddress();
measureRepaints();
followFilters();
loadCurrent().catch((error: unknown) => {
  loadProblem.value = error instanceof Error ? error.message : String(error);
});
const place = document.getElementById('page');
if (place !== null) render(<Page />, place);
