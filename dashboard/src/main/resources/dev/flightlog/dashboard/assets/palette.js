/** Ctrl K: pages, what is linked here, and a search; without a mouse. */
let dialog;
let input;
let list;
let found = [];
let at = 0;

function targets(text) {
  const wanted = text.trim().toLowerCase();
  const all = new Map();
  for (const link of document.querySelectorAll('.side nav a')) {
    all.set(link.getAttribute('href'), link.textContent);
  }
  for (const link of document.querySelectorAll('main tbody th a')) {
    const row = link.closest('tr');
    all.set(link.getAttribute('href'), `${link.title || link.textContent} ${row.cells[3]?.textContent ?? ''}`);
  }
  const matches = [...all]
    .filter(([, words]) => words.toLowerCase().includes(wanted))
    .slice(0, 12)
    .map(([href, words]) => ({ href, words }));
  if (wanted) {
    matches.push({ href: `/search?text=${encodeURIComponent(text.trim())}`, words: `Search events for “${text.trim()}”` });
    matches.push({ href: `/tasks?text=${encodeURIComponent(text.trim())}`, words: `Search tasks for “${text.trim()}”` });
  }
  return matches;
}

function show() {
  found = targets(input.value);
  at = Math.min(at, Math.max(0, found.length - 1));
  list.replaceChildren(...found.map(({ words }, i) => {
    const item = document.createElement('li');
    item.id = `palette-${i}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', String(i === at));
    item.textContent = words;
    item.addEventListener('click', () => { at = i; go(); });
    return item;
  }));
  input.setAttribute('aria-activedescendant', found.length ? `palette-${at}` : '');
  list.children[at]?.scrollIntoView({ block: 'nearest' });
}

function go() {
  if (found[at]) {
    location.href = found[at].href;
  }
}

function make() {
  dialog = document.createElement('dialog');
  dialog.id = 'palette';
  dialog.setAttribute('aria-label', 'Go to');
  input = document.createElement('input');
  input.type = 'text';
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'true');
  input.setAttribute('aria-controls', 'palette-list');
  input.setAttribute('aria-label', 'A page, a session, or words to search for');
  input.placeholder = 'A page, a session, or words to search for';
  list = document.createElement('ul');
  list.id = 'palette-list';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Places');
  dialog.append(input, list);
  document.body.append(dialog);
  input.addEventListener('input', () => { at = 0; show(); });
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      at = Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
      show();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go();
    }
  });
  dialog.addEventListener('click', event => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
}

function open() {
  if (!dialog) {
    make();
  }
  if (!dialog.open) {
    dialog.showModal();
  }
  input.value = '';
  at = 0;
  show();
  input.focus();
}

export function startPalette() {
  const button = document.getElementById('palette-button');
  button.hidden = false;
  button.addEventListener('click', open);
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open();
    }
  });
}
