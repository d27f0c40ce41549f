// What was typed into a form that was sent after the session's end. It waits in this tab until the same person has logged
// in again and stands before the form: their address ends with #draft then. Passwords, secrets, private keys, codes and pasted
// requests do not wait.
const KEY = 'countersign-draft';
const user = document.querySelector('.viewer [href$="/oauth/account"]')?.textContent;
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
    value: /PRIVATE KEY|"d"\s*:/.test(value) ? '' : value,
    checked,
  }));
  sessionStorage.setItem(KEY, JSON.stringify({ user, action: form.action, fields }));
}

function bringBack() {
  const form = [...document.forms].find(({ action }) => action === draft.action);
  const fields = form === undefined ? [] : typedIn(form);
  if (fields.length === 0) return;
  for (const [at, field] of fields.entries()) {
    const kept = draft.fields[at];
    if (kept?.name !== field.name) continue;
    field.checked = kept.checked;
    if (field.type !== 'checkbox' && field.type !== 'radio') field.value = kept.value;
  }
  const told = document.createElement('p');
  told.className = 'notice is-warning';
  told.tabIndex = -1;
  told.textContent = document.querySelector('[data-live]').dataset.draft;
  form.before(told);
  told.focus();
}

function typedIn(form) {
  const silent = ['hidden', 'password', 'file', 'submit', 'button'];
  const isSilent = ({ type, autocomplete }) =>
    silent.includes(type) ||
    autocomplete === 'one-time-code' ||
    (type === 'textarea' && autocomplete === 'off');
  return [...form.elements].filter((field) => field.name && !isSilent(field));
}
