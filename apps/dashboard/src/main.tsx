import { render } from 'preact';
import { measureRepaints } from './charts/repaint-marks.js';
import { followTitle } from './frame/page-header.js';
import { followSnapshot, startLoading } from './load.js';
import { Page } from './page.js';
import { followAddress, followFilters } from './store.js';
import { followTheme } from './theme.js';

followTheme();
followAddress();
followTitle();
measureRepaints();
followFilters(followSnapshot);
startLoading();
const place = document.getElementById('page');
if (place !== null) render(<Page />, place);
