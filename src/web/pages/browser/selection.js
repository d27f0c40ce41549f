// Lists: one box for all rows of the page, and how many are chosen.
for (const form of document.querySelectorAll('form.is-selection')) {
  const rows = [...document.querySelectorAll(`input[name=selected][form="${form.id}"]`)];
  const label = form.querySelector('[data-select-all]');
  const all = label.querySelector('input');
  const told = form.querySelector('[data-selected]');

  function tell() {
    const chosen = rows.filter((row) => row.checked).length;
    all.checked = chosen === rows.length && chosen > 0;
    all.indeterminate = chosen > 0 && chosen < rows.length;
    told.textContent = `(${chosen})`;
    for (const button of form.querySelectorAll('button')) button.disabled = chosen === 0;
  }

  label.hidden = false;
  all.addEventListener('change', () => {
    for (const row of rows) row.checked = all.checked;
    tell();
  });
  for (const row of rows) row.addEventListener('change', tell);
  tell();
  addEventListener('pageshow', tell);
}
