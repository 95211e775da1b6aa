/** Rows by j and k, Enter opens, / searches, g and a letter goes to a page, ? tells. */
const TYPING = 'input, textarea, select, [contenteditable]';

function rows() {
  return [...document.querySelectorAll('main tbody tr[data-key], main li[data-key], main article[data-key]')]
    .filter(row => row.offsetParent !== null);
}

function move(step) {
  const all = rows();
  if (all.length === 0) {
    return;
  }
  const now = all.findIndex(row => row.classList.contains('at'));
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step));
  all[now]?.classList.remove('at');
  all[next].classList.add('at');
  const link = all[next].querySelector('a, summary');
  if (link) {
    link.focus({ preventScroll: true });
  }
  all[next].scrollIntoView({ block: 'nearest' });
}

function help() {
  let dialog = document.getElementById('help');
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.id = 'help';
    dialog.setAttribute('data-own', '');
    dialog.setAttribute('aria-label', 'Keys');
    const list = document.createElement('dl');
    for (const [keys, words] of [
      ['j  k', 'next row, row before'],
      ['Enter', 'open the row'],
      ['o', 'more of an event'],
      ['/', 'search'],
      ['Ctrl K', 'go to a page, a session, a search'],
      ['?', 'these keys'],
      ['Esc', 'close'],
    ]) {
      const key = document.createElement('dt');
      const name = document.createElement('kbd');
      name.textContent = keys;
      key.append(name);
      const meaning = document.createElement('dd');
      meaning.textContent = words;
      list.append(key, meaning);
    }
    dialog.append(list);
    document.body.append(dialog);
  }
  dialog.showModal();
}

export function startKeys() {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)
      || document.querySelector('dialog[open]')) {
      return;
    }
    switch (event.key) {
      case 'j': move(1); break;
      case 'k': move(-1); break;
      case 'o': {
        const more = document.querySelector('main .at details');
        if (more) {
          more.open = !more.open;
        }
        break;
      }
      case '/': {
        const field = document.querySelector('main input[type="search"]');
        event.preventDefault();
        if (field) {
          field.focus();
          field.select();
        } else {
          location.href = '/search';
        }
        break;
      }
      case '?': help(); break;
      default: return;
    }
    if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
    }
  });
}
