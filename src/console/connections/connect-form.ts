/** The button that begins the dance: it leads through our own address to the provider's authorize page. */
import { type Html, hiddenField, html, type PageContext, postForm } from '../../web/index.ts';
import { CONNECT_PATH } from './paths.ts';

/** What the button says and does. */
export interface ConnectForm {
  /** The provider's name. */
  readonly provider: string;
  readonly label: string;
  /** What a screen reader says, where the label alone does not tell which provider. */
  readonly name?: string;
  /** Primary unless given. */
  readonly kind?: 'primary' | 'plain';
  /** Local path to go on at; the list of connections unless given. */
  readonly returnTo?: string;
}

/** The form with the button. Its page has to say that its forms lead away. */
export function connectForm(
  c: PageContext,
  { provider, label, name, kind = 'primary', returnTo }: ConnectForm,
): Html {
  return postForm(
    c,
    CONNECT_PATH,
    html`${hiddenField('provider', provider)}${returnTo === undefined ? '' : hiddenField('returnTo', returnTo)}<button class="button is-${kind}"${name === undefined ? '' : html` aria-label="${name}"`}>${label}</button>`,
    'form is-button',
  );
}
