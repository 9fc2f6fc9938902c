import { render } from 'preact';
import { followSnapshot, startLoading } from './load.js';
import { Page } from './page.js';
import { followAddress, followFilters } from './store.js';
import { followTheme } from './theme.js';

followTheme();
followAddress();
followFilters(followSnapshot);
startLoading();
const place = document.getElementById('page');
if (place !== null) render(<Page />, place);
