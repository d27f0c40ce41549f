/**
 * Forms: a POST form carries the session's anti-forgery token; a field carries its label, its help, and its mistake
 * tied to it, so that a screen reader says all three; the summary above lists the mistakes as links to the fields.
 * What was typed comes back after a mistake, except secrets: `passwordField` never has a value.
 */
import { CSRF_FIELD } from './anti-forgery.ts';
import { type Content, type Html, html } from './html.ts';
import { count } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import type { PageContext } from './page-route.ts';

/** A mistake as a form shows it: already in the language of the page. */
export interface FieldError {
  /** Name of the field; '' for the form as a whole. */
  readonly field: string;
  readonly message: string;
}

/** A form that POSTs to a local path. */
export function postForm(c: PageContext, action: string, body: Content, classes = 'form', id?: string): Html {
  const token = c.viewer?.session.csrfToken;
  return html`<form method="post" action="${c.url(action)}" class="${classes}"${attribute('id', id)}>
${token === undefined ? '' : html`<input type="hidden" name="${CSRF_FIELD}" value="${token}">`}
${body}
</form>`;
}

/** A form value that is not shown. */
export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** What all visible fields have. */
export interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly help?: Content;
  /** Fields are required unless they say otherwise; optional ones are marked in words. */
  readonly isOptional?: boolean;
  /** Needed with some other choice of the form only: neither marked as optional nor required by the browser. */
  readonly isConditional?: boolean;
  readonly errors?: readonly FieldError[];
}

/** A one-line text field. */
export interface TextFieldOptions extends FieldOptions {
  readonly value: string;
  readonly type?: 'text' | 'email' | 'url' | 'search' | 'number';
  readonly autocomplete?: string;
  readonly isMonospaced?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  /** Where the cursor is when the page opens: for a page that asks for this alone. */
  readonly isFirst?: boolean;
}

export function textField(c: PageContext, options: TextFieldOptions): Html {
  const o = options;
  return wrapField(
    c,
    o,
    html`<input id="${o.name}" name="${o.name}" type="${o.type ?? 'text'}" value="${o.value}" autocomplete="${o.autocomplete ?? 'off'}" spellcheck="false" autocapitalize="none"${writing(o)}${attribute('maxlength', o.maxLength)}${attribute('placeholder', o.placeholder)}${o.isReadOnly ? html` readonly` : ''}${o.isFirst ? html` autofocus` : ''}${state(o)}>`,
  );
}

/** A field of several lines. With `autocomplete` off, not even the browser keeps what is in it. */
export function textArea(c: PageContext, options: TextFieldOptions & { readonly rows?: number }): Html {
  const o = options;
  return wrapField(
    c,
    o,
    html`<textarea id="${o.name}" name="${o.name}" rows="${o.rows ?? 4}"${attribute('autocomplete', o.autocomplete)} spellcheck="false"${writing(o)}${attribute('maxlength', o.maxLength)}${state(o)}>
${o.value}</textarea>`,
  );
}

/** A password or secret: never filled in by us. */
export function passwordField(
  c: PageContext,
  options: FieldOptions & { readonly autocomplete: 'current-password' | 'new-password' | 'off' },
): Html {
  const o = options;
  const t = c.messages(kitMessages);
  return wrapField(
    c,
    o,
    html`<input id="${o.name}" name="${o.name}" type="password" autocomplete="${o.autocomplete}" data-reveal="${t.show}" data-conceal="${t.hide}"${state(o)}>`,
  );
}

/** A box to tick, with its label behind it. Its value is `yes`. */
export function checkbox(
  c: PageContext,
  options: FieldOptions & { readonly isChecked: boolean; readonly isDisabled?: boolean },
): Html {
  const o = { ...options, isOptional: true };
  return html`<div class="field is-check"><input id="${o.name}" name="${o.name}" type="checkbox" value="yes"${
    o.isChecked ? html` checked` : ''
  }${o.isDisabled ? html` disabled` : ''}${state(o)}><label for="${o.name}">${o.label}</label>${help(o)}${error(c, o)}</div>`;
}

/** One of several choices as radio buttons: value, label and help of each. */
export function radioGroup(
  c: PageContext,
  options: FieldOptions & {
    readonly value: string;
    readonly choices: readonly { readonly value: string; readonly label: string; readonly help?: Content }[];
  },
): Html {
  const o = options;
  return html`<fieldset class="field" id="${o.name}" tabindex="-1"><legend>${o.label}</legend>${help(o)}${error(c, o)}${o.choices.map(
    (choice) =>
      html`<div class="choice"><input type="radio" id="${o.name}-${choice.value}" name="${o.name}" value="${choice.value}"${
        choice.value === o.value ? html` checked` : ''
      }><label for="${o.name}-${choice.value}">${choice.label}</label>${choice.help ? html`<p class="help">${choice.help}</p>` : ''}</div>`,
  )}</fieldset>`;
}

/** One of several choices as a drop-down list. */
export function selectField(
  c: PageContext,
  options: FieldOptions & {
    readonly value: string;
    readonly choices: readonly { readonly value: string; readonly label: string }[];
  },
): Html {
  const o = options;
  return wrapField(
    c,
    o,
    html`<select id="${o.name}" name="${o.name}"${state(o)}>${o.choices.map(
      ({ value, label }) =>
        html`<option value="${value}"${value === o.value ? html` selected` : ''}>${label}</option>`,
    )}</select>`,
  );
}

/** The list of mistakes above a form, each a link to its field; nothing when there are none. */
export function errorSummary(c: PageContext, errors: readonly FieldError[]): Content {
  if (errors.length === 0) return '';
  const t = c.messages(kitMessages);
  return html`<div class="error-summary" role="alert" tabindex="-1" data-focus>
<h2>${count(c, t.errorSummary, errors.length)}</h2>
<ul>${errors.map(({ field, message }) =>
    field === '' ? html`<li>${message}</li>` : html`<li><a href="#${field}">${message}</a></li>`,
  )}</ul>
</div>`;
}

/** The row of buttons that ends a form. */
export function buttonRow(...buttons: Content[]): Html {
  return html`<div class="buttons">${buttons}</div>`;
}

/** The button that sends a form: `danger` does what cannot be undone, `grave` leads to the question before it. */
export function submitButton(
  label: string,
  kind: 'primary' | 'plain' | 'grave' | 'danger' = 'primary',
  name?: string,
  value?: string,
): Html {
  return html`<button class="button is-${kind}"${attribute('name', name)}${attribute('value', value)}>${label}</button>`;
}

/** A link that looks like a button; `grave` as above. */
export function linkButton(
  c: PageContext,
  path: string,
  label: string,
  kind: 'primary' | 'plain' | 'grave' = 'plain',
): Html {
  return html`<a class="button is-${kind}" href="${c.url(path)}">${label}</a>`;
}

/** What is asked before something that cannot be undone. */
export interface Confirmation {
  /** What will happen, and to how many. */
  readonly consequences: Content;
  readonly action: string;
  readonly fields?: Content;
  readonly confirmLabel: string;
  readonly cancelPath: string;
  readonly cancelLabel?: string;
}

/** The body of a confirmation page. */
export function confirmation(c: PageContext, options: Confirmation): Html {
  const t = c.messages(kitMessages);
  return html`<div class="confirmation"><div class="consequences">${options.consequences}</div>${postForm(
    c,
    options.action,
    html`${options.fields}${buttonRow(
      submitButton(options.confirmLabel, 'danger'),
      linkButton(c, options.cancelPath, options.cancelLabel ?? t.cancel),
    )}`,
  )}</div>`;
}

function wrapField(c: PageContext, o: FieldOptions, control: Html): Html {
  const t = c.messages(kitMessages);
  return html`<div class="field${errorOf(o) ? ' has-error' : ''}"><label for="${o.name}">${o.label}${
    o.isOptional ? html` <span class="optional">${t.optional}</span>` : ''
  }</label>${help(o)}${error(c, o)}${control}</div>`;
}

function help(o: FieldOptions): Content {
  return o.help ? html`<p class="help" id="${o.name}-help">${o.help}</p>` : '';
}

function error(c: PageContext, o: FieldOptions): Content {
  const t = c.messages(kitMessages);
  const message = errorOf(o);
  return message === undefined
    ? ''
    : html`<p class="field-error" id="${o.name}-error"><span class="sr-only">${t.errorTitlePrefix}</span>${message}</p>`;
}

function errorOf(o: FieldOptions): string | undefined {
  return o.errors?.find(({ field }) => field === o.name)?.message;
}

/** Ties help and mistake to the control. */
function state(o: FieldOptions): Html {
  const message = errorOf(o);
  const described = [o.help ? `${o.name}-help` : '', message ? `${o.name}-error` : ''].filter(
    (id) => id !== '',
  );
  return html`${o.isOptional || o.isConditional ? '' : html` required`}${message ? html` aria-invalid="true"` : ''}${
    described.length > 0 ? html` aria-describedby="${described.join(' ')}"` : ''
  }`;
}

/** Keys, addresses and the like are written one way; other texts in the direction of their own letters. */
function writing(o: TextFieldOptions): Content {
  return o.isMonospaced ? html` class="mono"` : html` dir="auto"`;
}

function attribute(name: string, value: string | number | undefined): Content {
  return value === undefined ? '' : html` ${name}="${value}"`;
}
