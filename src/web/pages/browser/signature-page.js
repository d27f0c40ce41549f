// The page that signs in the browser: reads its fields, shows every step, compares with what is pasted. Nothing is sent.
import {
  compareBaseStrings,
  compareHeaders,
  firstDifference,
  readHeader,
  readLines,
  SigningMistake,
  signStepwise,
} from './signature.js';

const field = (name) => document.getElementById(name);
const workbench = document.querySelector('[data-signature]');
const words = JSON.parse(workbench.dataset.words);
/** Fields of the page that a pasted header can fill. */
const TAKEN = {
  oauth_consumer_key: 'consumerKey',
  oauth_token: 'token',
  oauth_signature_method: 'signatureMethod',
  oauth_timestamp: 'timestamp',
  oauth_nonce: 'nonce',
};

workbench.hidden = false;
renew();
chooseFamily();
field('signatureMethod').addEventListener('change', chooseFamily);
field('renew').addEventListener('click', renew);
field('sign').addEventListener('click', sign);
field('compare').addEventListener('click', sign);
field('take-over').addEventListener('click', takeOver);

function typed() {
  const text = (name) => field(name).value;
  return {
    method: text('method'),
    url: text('url'),
    form: readLines(text('form')),
    further: readLines(text('further')),
    realm: text('realm'),
    consumerKey: text('consumerKey'),
    consumerSecret: text('consumerSecret'),
    token: text('token') === '' && !field('emptyToken').checked ? null : text('token'),
    tokenSecret: text('tokenSecret'),
    privateKey: text('privateKey'),
    signatureMethod: text('signatureMethod'),
    timestamp: text('timestamp').trim(),
    nonce: text('nonce').trim(),
  };
}

async function sign() {
  const mistake = field('mistake');
  mistake.textContent = '';
  try {
    const steps = await signStepwise(typed());
    for (const output of document.querySelectorAll('[data-step]')) show(output, steps);
    field('steps').hidden = false;
    compare(steps);
    document.querySelector('[data-live]').textContent = words.done;
  } catch (error) {
    field('steps').hidden = true;
    mistake.textContent = error instanceof SigningMistake ? words.mistakes[error.code] : String(error);
  }
}

function show(output, steps) {
  const value = steps[output.dataset.step];
  const text = Array.isArray(value) ? value.join('\n') : value;
  output.textContent = text;
  const button = output.closest('.copy-block')?.querySelector('[data-copy]');
  if (button) button.dataset.copy = text;
}

function compare(steps) {
  const pasted = field('pasted').value.trim();
  field('comparison').hidden = pasted === '';
  if (pasted === '') return;
  const header = readHeader(pasted);
  const rows =
    header === null ? compareBaseStrings(pasted, steps.baseString) : compareHeaders(header, steps.sent);
  const at = header === null ? firstDifference(pasted, steps.baseString) : -1;
  const first = rows.findIndex(({ yours, ours }) => yours !== ours);
  field('verdict').textContent =
    first === -1 && at === -1 ? words.equal : first === -1 ? words.ordered : words.different;
  field('place').textContent = at === -1 ? '' : `${words.place} ${at + 1}: …${pasted.slice(at, at + 40)}`;
  field('take-over').hidden = header === null;
  field('rows').replaceChildren(...rows.map((row, index) => rowOf(row, index === first)));
}

function rowOf({ part, name, yours, ours }, isFirst) {
  const isEqual = yours === ours;
  const row = document.createElement('tr');
  row.setAttribute('role', 'row');
  if (!isEqual) row.className = 'is-different';
  if (isFirst) row.id = 'first-difference';
  const state = isEqual
    ? words.same
    : yours === null
      ? words.onlyOurs
      : ours === null
        ? words.onlyYours
        : words.other;
  const told = isFirst ? `${state} · ${words.first}` : state;
  const labels = [...document.querySelectorAll('#comparison thead th')].map(({ textContent }) => textContent);
  const texts = [words.parts[part] ?? name, yours, ours, told];
  row.append(...texts.map((text, column) => cell(column === 0 ? 'th' : 'td', text, labels[column])));
  return row;
}

function cell(kind, text, label) {
  const element = document.createElement(kind);
  if (kind === 'th') element.scope = 'row';
  element.setAttribute('role', kind === 'th' ? 'rowheader' : 'cell');
  element.dataset.label = label;
  const [frame, value] = [document.createElement('div'), document.createElement('code')];
  value.className = 'breakable';
  value.textContent = text ?? '–';
  frame.append(value);
  element.append(frame);
  return element;
}

/** Takes over what the pasted header says, so that only what is left can differ. */
function takeOver() {
  const header = readHeader(field('pasted').value) ?? [];
  const further = [];
  field('token').value = '';
  for (const [name, value] of header) {
    if (TAKEN[name]) field(TAKEN[name]).value = value;
    else if (name === 'realm') field('realm').value = value;
    else if (name !== 'oauth_signature' && name !== 'oauth_version') further.push(`${name}=${value}`);
  }
  field('emptyToken').checked = header.some(([name, value]) => name === 'oauth_token' && value === '');
  field('further').value = further.join('\n');
  chooseFamily();
  sign();
}

function renew() {
  field('timestamp').value = String(Math.floor(Date.now() / 1000));
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  field('nonce').value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function chooseFamily() {
  const isRsa = field('signatureMethod').value.startsWith('RSA');
  for (const part of document.querySelectorAll('[data-family]'))
    part.hidden = (part.dataset.family === 'rsa') !== isRsa;
}
