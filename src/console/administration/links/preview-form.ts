/** What another installation says about itself, shown for confirmation, and the choice of what to open. */
import {
  type ConsumerInformation,
  credentialFacts,
  holdsKey,
  type LinkDirection,
  type MistakeCode,
} from '../../../administration/index.ts';
import {
  type Consumer,
  KeyRefused,
  type PublicKeyFacts,
  parsePublicKey,
  type ServiceProvider,
} from '../../../model/index.ts';
import {
  buttonRow,
  type Content,
  checkbox,
  type FieldError,
  facts,
  fill,
  type Html,
  hiddenField,
  html,
  identifier,
  linkButton,
  notice,
  type PageContext,
  postForm,
  radioGroup,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import { CONSUMERS_PATH, credentialWords, weaknessNotice } from '../consumers/words.ts';
import { LINKS_PATH, linkMessages } from './words.ts';

/** What is shown. */
export interface Preview {
  readonly information: ConsumerInformation;
  readonly baseUrl: string;
  /** The consumer that has that key already. */
  readonly registered: Consumer | null;
  /** The service provider that stands for that base URL already. */
  readonly provider: ServiceProvider | null;
  readonly direction: LinkDirection;
  readonly providerName: string;
  readonly acceptsNewKey: boolean;
}

/** What is to be known about a key, or the mistake for which it cannot be used. */
export function readKeyFacts(text: string, now: number): PublicKeyFacts | MistakeCode {
  try {
    return parsePublicKey(text, now);
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    return error.code === 'empty' ? 'required' : `key-${error.code}`;
  }
}

/** The form; its hidden fields are what was shown. */
export function previewForm(c: PageContext, shown: Preview, errors: readonly FieldError[]): Html {
  const t = c.messages(linkMessages);
  const { information, baseUrl, direction, provider, providerName } = shown;
  const { key, name, description, publicKey, callback } = information;
  const words = { theirs: name, ours: c.installationName };
  const choices = (['both', 'incoming', 'outgoing'] as const).map((value) => ({
    value,
    label: t[value],
    help: fill(t[`${value}Help`], words),
  }));
  const body = html`${hiddenField('baseUrl', baseUrl)}${hiddenField('key', key)}${hiddenField('shownName', name)}${hiddenField('description', description)}${hiddenField('publicKey', publicKey)}${hiddenField('callback', callback ?? '')}
${informationFacts(c, information)}
<p>${t.compare}</p>${registeredNotice(c, shown, errors)}
${radioGroup(c, { name: 'direction', label: t.directions, value: direction, choices })}
${
  provider === null
    ? textField(c, {
        name: 'name',
        label: t.providerName,
        help: t.providerNameHelp,
        value: providerName,
        errors,
        isConditional: true,
        maxLength: 255,
      })
    : html`<p>${fill(t.providerKnown, { provider: provider.name })}</p>`
}
${buttonRow(submitButton(t.submit), linkButton(c, CONSUMERS_PATH, t.cancel))}`;
  return postForm(c, `${LINKS_PATH}/confirm`, body);
}

function informationFacts(c: PageContext, information: ConsumerInformation): Html {
  const t = c.messages(linkMessages);
  const { spki, certificate, fingerprint } = parsePublicKey(information.publicKey, c.now);
  const credential = credentialFacts({ kind: 'public-key', spki, certificate }, c.now);
  return html`${facts(
    [t.name, information.name],
    [t.key, identifier(c, information.key, { label: t.key })],
    [t.description, information.description || c.messages(commonMessages).none],
    [t.publicKey, credentialWords(c, credential)],
    [t.fingerprint, identifier(c, fingerprint, { label: t.fingerprint })],
  )}${weaknessNotice(c, credential)}`;
}

function registeredNotice(c: PageContext, shown: Preview, errors: readonly FieldError[]): Content {
  const t = c.messages(linkMessages);
  const { registered, information, acceptsNewKey } = shown;
  if (registered === null) return '';
  if (holdsKey(registered, information.publicKey, c.now)) return html`<p>${t.consumerKnown}</p>`;
  const old = credentialFacts(registered.credential, c.now);
  const fingerprint = old.kind === 'public-key' ? old.fingerprint : '—';
  return html`${notice('warning', html`<p><strong>${t.keyChangedTitle}</strong></p><p>${fill(t.keyChangedText, { fingerprint })}</p>`)}
${checkbox(c, { name: 'acceptsNewKey', label: t.acceptsNewKey, isChecked: acceptsNewKey, errors })}`;
}
