// What was typed into a form that was sent after the session's end. It waits in this tab until the same person has logged
// in again and stands before the form: their address ends with #draft then. Any other page of theirs forgets it. Passwords,
// secrets, keys, codes and pasted requests do not wait.
const KEY = 'countersign-draft';
// By their name, which nobody shares; what the page calls them may be another's, too.
const user = document.querySelector('.viewer [data-user]')?.dataset.user;
let draft = null;

// It waits while somebody logs in.
if (user !== undefined) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  draft = JSON.parse(kept);
  document.addEventListener('submit', ({ target }) => keep(target));
}

if (location.hash === '#draft') {
  history.replaceState(null, '', location.pathname + location.search);
  if (draft !== null && draft.user === user) bringBack();
}

function keep(form) {
  if (form.method !== 'post') return;
  const fields = typedIn(form).map(({ name, value, checked }) => ({
    name,
    value: /PRIVATE\s+KEY|"[dk]"\s*:/i.test(value) ? undefined : value,
    checked,
  }));
  sessionStorage.setItem(KEY, JSON.stringify({ user, action: form.action, fields }));
}

function bringBack() {
  const form = [...document.forms].find(({ action }) => action === draft.action);
  const fields = form === undefined ? [] : typedIn(form);
  const back = fields.filter((field, at) => bringBackInto(field, draft.fields[at]));
  if (back.every(({ type }) => type === 'hidden')) return;
  const told = document.createElement('p');
  told.className = 'notice is-warning';
  told.tabIndex = -1;
  told.textContent = document.querySelector('[data-live]').dataset.draft;
  form.before(told);
  told.focus();
}

function bringBackInto(field, kept) {
  const isChoice = field.type === 'checkbox' || field.type === 'radio';
  if (kept?.name !== field.name || kept.value === undefined) return false;
  if (isChoice && kept.value !== field.value) return false;
  if (isChoice) field.checked = kept.checked;
  else field.value = kept.value;
  return true;
}

// With what the form says about what was seen, so that nobody else's change of meanwhile is undone unseen.
function typedIn(form) {
  const silent = ['hidden', 'password', 'file', 'submit', 'button'];
  const isSilent = ({ type, autocomplete }) =>
    silent.includes(type) ||
    autocomplete === 'one-time-code' ||
    (type === 'textarea' && autocomplete === 'off');
  const isSeen = ({ name }) => name === 'updatedAt' || name === 'expected';
  return [...form.elements].filter((field) => field.name && (isSeen(field) || !isSilent(field)));
}
