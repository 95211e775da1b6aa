import { startCharts } from './charts.js';
import { startKeys } from './keys.js';
import { startLive } from './live.js';
import { startPalette } from './palette.js';

function theme() {
  const root = document.documentElement;
  const button = document.getElementById('theme-button');
  const dark = () => root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const name = () => { button.textContent = dark() ? 'Light theme' : 'Dark theme'; };
  button.hidden = false;
  name();
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    try {
      localStorage.setItem('flightlog-theme', root.dataset.theme);
    } catch {
      // It lasts as long as the page.
    }
    name();
    document.dispatchEvent(new Event('flightlog:theme'));
  });
}

/** Buttons that need a script are hidden without one. */
export function offerCopies(root) {
  for (const button of root.querySelectorAll('button[data-copy]')) {
    button.hidden = !navigator.clipboard;
  }
}

document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-copy]');
  if (button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'copied';
    setTimeout(() => { button.textContent = 'copy'; }, 1500);
  }
});

theme();
offerCopies(document);
document.addEventListener('flightlog:patched', () => offerCopies(document));
startPalette();
startKeys();
startCharts();
startLive();
