// Keys. Nothing is taken from whoever types, and single letters can be turned off in the list that `?` shows.
const finder = document.querySelector('[data-palette]');
const onMac = navigator.platform.startsWith('Mac');
/** Until when another letter after `g` is taken for a jump. */
let jumping = 0;

if (finder) {
  const hint = finder.querySelector('kbd');
  hint.textContent = onMac ? '⌘K' : 'Ctrl K';
  hint.hidden = false;
  finder.setAttribute('aria-keyshortcuts', onMac ? 'Meta+K' : 'Control+K');
  finder.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    withPalette((palette) => palette.openSearch(finder));
  });
}

document.addEventListener('keydown', (event) => {
  const isSearch = event.key.toLowerCase() === 'k' && (onMac ? event.metaKey : event.ctrlKey);
  if (isSearch && finder && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    finder.click();
  } else if (mayTake(event) && takeKey(event)) event.preventDefault();
});

function mayTake({ target, ctrlKey, metaKey, altKey, defaultPrevented }) {
  if (ctrlKey || metaKey || altKey || defaultPrevented || localStorage.getItem('countersign-keys') === 'off')
    return false;
  return !target.isContentEditable && !target.closest('input, textarea, select, dialog');
}

/** What counts is when the keys were pressed, not when the page had time for them. */
function takeKey({ key, timeStamp }) {
  const target = timeStamp < jumping && document.querySelector(`[data-jump="${CSS.escape(key)}"]`);
  jumping = key === 'g' ? timeStamp + 1500 : 0;
  if (target) target.click();
  else if (key === '/') focusSearch();
  else if (key === '?' && finder) withPalette((palette) => palette.openKeys(finder));
  else return false;
  return true;
}

function focusSearch() {
  const field = document.querySelector('main [role=search] input[type=search]');
  if (field) field.select();
  else finder?.click();
}

let dressed;
async function withPalette(open) {
  dressed ??= dress();
  const [palette] = await Promise.all([import('./palette.js'), dressed]);
  open(palette);
}

/** The palette's own style, which a page without it can do without. */
function dress() {
  const link = Object.assign(document.createElement('link'), {
    rel: 'stylesheet',
    href: finder.dataset.style,
  });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}
