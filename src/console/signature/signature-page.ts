/** The fields, the steps and the comparison of the page; `signature-page.js` brings them to life. */
import { SIGNATURE_METHODS } from '../../oauth/index.ts';
import {
  buttonRow,
  checkbox,
  copyBlock,
  type Html,
  html,
  notice,
  type PageContext,
  passwordField,
  selectField,
  textArea,
  textField,
} from '../../web/index.ts';
import { signatureMessages } from './messages.ts';

/** Answers with the page. */
export function signaturePage(c: PageContext): Promise<Response> {
  const t = c.messages(signatureMessages);
  return c.page({
    title: t.title,
    lead: t.lead,
    styles: ['diagnosis.css'],
    scripts: ['signature-page.js'],
    fetches: false,
    body: html`<noscript>${notice('info', html`<p>${t.noScript}</p>`)}</noscript>
<div data-signature data-words="${JSON.stringify(t.script)}" hidden>
${requestFields(c)}
${credentialFields(c)}
<p class="field-error-line" id="mistake" role="alert"></p>
${buttonRow(button('sign', t.sign, 'primary'), button('renew', t.renew))}
${stepsSection(c)}
${comparisonSection(c)}
</div>`,
  });
}

function requestFields(c: PageContext): Html {
  const t = c.messages(signatureMessages);
  return html`<fieldset class="group"><legend>${t.request}</legend>
${textField(c, { name: 'method', label: t.method, value: 'GET' })}
${textField(c, { name: 'url', label: t.url, help: t.urlHelp, value: '', isMonospaced: true, placeholder: 'https://tracker.example.com/rest/issues?q=1' })}
${textArea(c, { name: 'form', label: t.form, help: t.formHelp, value: '', rows: 2, isOptional: true, isMonospaced: true })}
</fieldset>`;
}

function credentialFields(c: PageContext): Html {
  const t = c.messages(signatureMessages);
  const methods = SIGNATURE_METHODS.map((method) => ({ value: method, label: method }));
  return html`<fieldset class="group"><legend>${t.signing}</legend>
${textField(c, { name: 'consumerKey', label: t.consumerKey, value: '', isMonospaced: true })}
${selectField(c, { name: 'signatureMethod', label: t.signatureMethod, value: 'HMAC-SHA1', choices: methods })}
<div data-family="secret">${passwordField(c, { name: 'consumerSecret', label: t.consumerSecret, help: t.secretHelp, autocomplete: 'off' })}</div>
<div data-family="rsa">${textArea(c, { name: 'privateKey', label: t.privateKey, help: t.privateKeyHelp, value: '', rows: 4, isMonospaced: true })}</div>
${textField(c, { name: 'token', label: t.token, value: '', isOptional: true, isMonospaced: true })}
<div data-family="secret">${passwordField(c, { name: 'tokenSecret', label: t.tokenSecret, isOptional: true, autocomplete: 'off' })}</div>
</fieldset>
<details class="more"><summary>${t.more}</summary>
${textField(c, { name: 'timestamp', label: t.timestamp, help: t.timestampHelp, value: '' })}
${textField(c, { name: 'nonce', label: t.nonce, value: '', isMonospaced: true })}
${textArea(c, { name: 'further', label: t.further, help: t.furtherHelp, value: '', rows: 2, isOptional: true, isMonospaced: true })}
${textField(c, { name: 'realm', label: t.realm, help: t.realmHelp, value: '', isOptional: true })}
${checkbox(c, { name: 'emptyToken', label: t.emptyToken, help: t.emptyTokenHelp, isChecked: false })}
</details>`;
}

function stepsSection(c: PageContext): Html {
  const t = c.messages(signatureMessages);
  const step = (name: keyof typeof t.steps) =>
    html`<li><h3>${t.steps[name]}</h3>${copyBlock(c, '', t.steps[name], name)}</li>`;
  return html`<section id="steps" hidden><h2>${t.stepsTitle}</h2><p>${t.stepsLead}</p>
<ol class="steps">${step('address')}${step('sorted')}${step('normalised')}${step('baseString')}
<li><h3>${t.steps.key}</h3><details class="more"><summary>${t.keyShown}</summary>${copyBlock(c, '', t.steps.key, 'key')}</details></li>
${step('signature')}${step('authorization')}</ol></section>`;
}

function comparisonSection(c: PageContext): Html {
  const t = c.messages(signatureMessages);
  const header = (text: string) => html`<th role="columnheader" scope="col">${text}</th>`;
  return html`<section><h2>${t.compareTitle}</h2>
${textArea(c, { name: 'pasted', label: t.pasted, help: t.pastedHelp, value: '', rows: 4, isOptional: true, isMonospaced: true, maxLength: 20_000 })}
${buttonRow(button('compare', t.compare))}
<div id="comparison" hidden><p><strong id="verdict"></strong> <span id="place" class="meta"></span></p>
<div class="table-frame"><table role="table" class="comparison"><caption class="sr-only">${t.caption}</caption>
<thead role="rowgroup"><tr role="row">${[t.part, t.yours, t.ours, t.state].map(header)}</tr></thead><tbody role="rowgroup" id="rows"></tbody></table></div>
${buttonRow(button('take-over', t.takeOver))}</div></section>`;
}

function button(id: string, label: string, kind: 'primary' | 'plain' = 'plain'): Html {
  return html`<button type="button" id="${id}" class="button is-${kind}">${label}</button>`;
}
