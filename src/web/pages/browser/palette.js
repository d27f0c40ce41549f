// The search over everything, and the list of keys, each in a dialog. What is found are links; the field keeps the
// focus, and says which of them is meant, as the pattern of a combobox has it.
const MODIFIER = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';
const PAUSE_MS = 150;
let known;

export async function openSearch(finder) {
  const everything = await load(finder);
  if (!everything) return;
  const { words } = everything;
  const list = make('div', { id: 'palette-list', role: 'listbox', 'aria-label': words.everything });
  const field = make('input', {
    type: 'text',
    enterkeyhint: 'go',
    role: 'combobox',
    'aria-label': words.label,
    'aria-expanded': 'true',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
    placeholder: words.label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const told = make('p', { role: 'status', class: 'sr-only' });
  const dialog = openDialog(words.title, [field, list, told, make('p', { class: 'meta' }, words.hint)]);
  const choice = choices(field, list);
  const show = (found) => {
    list.replaceChildren(...grouped(found));
    const none = words.nothing.replace('{search}', field.value);
    if (found.length === 0) list.append(make('p', { class: 'meta' }, none));
    const { one, other } = words.foundCount;
    told.textContent =
      found.length === 0 ? none : (found.length === 1 ? one : other).replace('{n}', found.length);
    choice.begin();
  };
  const records = finder.dataset.records;
  let asking;
  field.addEventListener('input', () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const search = field.value.trim();
    const places = matching(everything.places, search);
    if (!records || search.length < 2) return show(places);
    if (places.length > 0) show(places);
    setTimeout(async () => {
      if (signal.aborted) return;
      const found = await answerOf(`${records}?${new URLSearchParams({ q: search })}`, signal);
      if (dialog.open && !signal.aborted) show([...(found ?? []), ...places]);
    }, PAUSE_MS);
  });
  show(everything.places);
}

export async function openKeys(finder) {
  const everything = await load(finder);
  if (!everything) return;
  const { words, jumps } = everything;
  const lines = [
    [`${MODIFIER} K`, words.keySearch],
    ['/', words.keyFind],
    ['?', words.keyHelp],
    ...jumps.map(({ key, label }) => [`g ${key}`, label]),
    ['Esc', words.keyClose],
  ];
  const rows = lines.map(([keys, does]) => {
    const row = make('div', {});
    const term = make('dt', {});
    term.append(...keys.split(' ').map((key) => make('kbd', {}, key)));
    row.append(term, make('dd', {}, does));
    return row;
  });
  const table = make('dl', { class: 'keys', tabindex: '0' });
  table.append(...rows);
  const box = make('input', { type: 'checkbox', id: 'palette-single' });
  box.checked = localStorage.getItem('countersign-keys') !== 'off';
  box.addEventListener('change', () => localStorage.setItem('countersign-keys', box.checked ? 'on' : 'off'));
  const single = make('div', { class: 'field is-check' });
  single.append(box, make('label', { for: box.id }, words.single));
  const close = make('button', { type: 'button', class: 'button is-plain' }, words.close);
  const dialog = openDialog(words.keysTitle, [make('h2', {}, words.keysTitle), table, single, close]);
  close.addEventListener('click', () => dialog.close());
}

/** Asks once for each page. Whoever is not signed in any more gets the page that says so. */
async function load(finder) {
  known ??= answerOf(finder.dataset.palette);
  const answer = await known;
  if (answer) return answer;
  location.assign(finder.href);
  return null;
}

async function answerOf(address, signal) {
  try {
    const answer = await fetch(address, { redirect: 'error', signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function openDialog(label, content) {
  for (const open of document.querySelectorAll('dialog[open]')) open.close();
  const dialog = make('dialog', { class: 'palette', 'aria-label': label });
  dialog.append(...content);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function matching(places, search) {
  const words = search.toLowerCase().split(/\s+/);
  return places.filter(({ label, also }) => {
    const text = `${label} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function grouped(found) {
  return [...Map.groupBy(found, ({ group }) => group)].map(([name, ones]) => {
    const heading = make('div', { class: 'group-name', 'aria-hidden': 'true' }, name);
    const group = make('div', { role: 'group', 'aria-label': name });
    const links = ones.map(({ href, label, detail }) => {
      const link = make('a', { role: 'option', href, tabindex: '-1', 'aria-selected': 'false' }, label);
      if (detail) link.append(' ', make('span', { class: 'meta' }, detail));
      return link;
    });
    group.append(heading, ...links);
    return group;
  });
}

/** Arrow keys choose, Enter opens what is chosen. */
function choices(field, list) {
  let chosen = 0;
  const options = () => [...list.querySelectorAll('[role=option]')];
  const choose = (index) => {
    const all = options();
    chosen = all.length === 0 ? 0 : (index + all.length) % all.length;
    for (const [at, option] of all.entries()) {
      option.id = `palette-option-${at}`;
      option.setAttribute('aria-selected', String(at === chosen));
    }
    if (all.length === 0) return field.removeAttribute('aria-activedescendant');
    field.setAttribute('aria-activedescendant', all[chosen].id);
    all[chosen].scrollIntoView({ block: 'nearest' });
  };
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter') options()[chosen]?.click();
    else return;
    event.preventDefault();
  });
  return { begin: () => choose(0) };
}

function make(name, attributes, text = '') {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.textContent = text;
  return element;
}
