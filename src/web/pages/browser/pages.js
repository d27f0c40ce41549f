// What makes the pages handier where scripts run. Every page works without it.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(button));
}

for (const field of document.querySelectorAll('input[data-reveal]')) addReveal(field);

for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
  tab.scrollIntoView({ block: 'nearest', inline: 'center' });
}

const summary = document.querySelector('[data-focus]');
if (summary) summary.focus();

// Each only where there is something for it to do.
if (document.querySelector('form.is-selection')) import('./selection.js');
if (
  document.querySelector('main form[method=post] :is(input[id], textarea)') ||
  sessionStorage['countersign-draft']
)
  import('./draft.js');

async function copy(button) {
  const live = document.querySelector('[data-live]');
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    return;
  }
  button.classList.add('is-copied');
  live.textContent = live.dataset.copied;
  setTimeout(() => {
    button.classList.remove('is-copied');
    live.textContent = '';
  }, 2000);
}

function addReveal(field) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reveal';
  button.textContent = field.dataset.reveal;
  button.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-controls', field.id);
  button.addEventListener('click', () => {
    const shows = field.type === 'password';
    field.type = shows ? 'text' : 'password';
    button.textContent = shows ? field.dataset.conceal : field.dataset.reveal;
    button.setAttribute('aria-pressed', String(shows));
  });
  field.after(button);
  field.form?.addEventListener('submit', () => {
    field.type = 'password';
  });
}
