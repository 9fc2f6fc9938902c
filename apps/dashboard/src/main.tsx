import { render } from 'preact';
import { measureRepaints } from './charts/repaint-marks.js';
import { followSnapshot, startLoading } from './load.js';
import { Page } from './page.js';
import { followAddress, followFilters } from './store.js';
import { followTheme } from './theme.js';

followTheme();
followAddress();
measureRepaints();
followFilters(followSnapshot);
startLoading();
const place = document.getElementById('page');
if (place !== null) render(<Page />, place);
