import { morph } from './morph.js';

/** No more than so many renewals a second, and none while one is under way. */
const LEAST = 150;

let busy = false;
let again = false;
let last = 0;
let timer = 0;

/** Fetches the page once more, and changes what is different. */
export async function renew() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const answer = await fetch(location.href, { headers: { 'Flightlog-Fragment': 'main' } });
    const main = document.getElementById('main');
    if (answer.ok) {
      const fetched = new DOMParser()
        .parseFromString(await answer.text(), 'text/html')
        .getElementById('main');
      if (fetched && !main.isEqualNode(fetched)) {
        morph(main, fetched);
        document.dispatchEvent(new Event('flightlog:patched'));
      }
    }
  } catch {
    // The server is gone for the moment; the stream says so.
  }
  busy = false;
  last = performance.now();
  if (again) {
    again = false;
    soon();
  }
}

function soon() {
  if (!timer) {
    const wait = Math.max(0, LEAST - (performance.now() - last));
    timer = setTimeout(() => { timer = 0; renew(); }, wait);
  }
}

function say(state, words) {
  const shown = document.getElementById('live-state');
  if (shown.dataset.state !== state) {
    shown.dataset.state = state;
    shown.textContent = words;
  }
}

/** A hidden page needs no stream: browsers allow few connections to one server. */
let stream = null;

function follow() {
  if (stream || document.hidden) {
    return;
  }
  stream = new EventSource('/api/stream');
  stream.onopen = () => { say('live', 'live'); soon(); };
  stream.onerror = () => {
    if (stream?.readyState === EventSource.CLOSED) {
      stream = null;
      say('off', 'every 30 seconds');
    } else {
      say('off', 'connecting…');
    }
  };
  for (const kind of ['message', 'event', 'forgotten', 'reset', 'cut_off']) {
    stream.addEventListener(kind, soon);
  }
}

export function startLive() {
  follow();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else {
      follow();
      soon();
    }
  });
  setInterval(() => {
    const every = Number(document.getElementById('main').dataset.live);
    if (every > 0 && !document.hidden && performance.now() - last >= every) {
      renew();
    }
  }, 250);
  setInterval(() => {
    if (!document.hidden) {
      follow();
      soon();
    }
  }, 30_000);
}
