/**
 * Makes what is shown equal to what was fetched, and leaves alone whatever is equal already: so the
 * focus, the selection, what is scrolled and what was opened stay where they are.
 */
export function morph(shown, wanted) {
  attributes(shown, wanted);
  children(shown, wanted);
}

const OWN = new Set(['open']);

function attributes(shown, wanted) {
  for (const { name, value } of wanted.attributes) {
    if (!OWN.has(name) && shown.getAttribute(name) !== value) {
      shown.setAttribute(name, value);
    }
  }
  for (const { name } of [...shown.attributes]) {
    const ours = OWN.has(name) || name.startsWith('data-own') || (name === 'class' && shown.classList.contains('at'));
    if (!ours && !wanted.hasAttribute(name)) {
      shown.removeAttribute(name);
    }
  }
}

function key(node) {
  return node.nodeType === 1 ? node.id || node.dataset?.key || null : null;
}

function alike(a, b) {
  return a.nodeType === b.nodeType
    && (a.nodeType !== 1 || (a.tagName === b.tagName && key(a) === key(b)));
}

function children(shown, wanted) {
  if (shown.matches('input, textarea') && shown === document.activeElement) {
    return;
  }
  const keyed = new Map();
  for (const child of shown.children) {
    if (key(child)) {
      keyed.set(key(child), child);
    }
  }
  let at = firstServed(shown.firstChild);
  for (const next of [...wanted.childNodes]) {
    let match = key(next) ? keyed.get(key(next)) : null;
    if (match && !alike(match, next)) {
      match = null;
    }
    if (!match && at && !key(next) && alike(at, next)) {
      match = at;
    }
    if (match) {
      if (match === at) {
        at = firstServed(at.nextSibling);
      } else {
        shown.insertBefore(match, at);
      }
      if (match.nodeType === 1) {
        if (!match.isEqualNode(next)) {
          morph(match, next);
        }
      } else if (match.nodeValue !== next.nodeValue) {
        match.nodeValue = next.nodeValue;
      }
    } else {
      const fresh = document.importNode(next, true);
      shown.insertBefore(fresh, at);
      if (fresh.nodeType === 1 && key(fresh)) {
        fresh.classList.add('fresh');
        fresh.addEventListener('animationend', () => fresh.classList.remove('fresh'), { once: true });
      }
    }
  }
  while (at) {
    const gone = at;
    at = firstServed(at.nextSibling);
    gone.remove();
  }
}

/** What a script put there is not the server's to take away. */
function firstServed(node) {
  while (node && node.nodeType === 1 && node.hasAttribute('data-own')) {
    node = node.nextSibling;
  }
  return node;
}
