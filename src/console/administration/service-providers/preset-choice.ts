/**
 * Starting a new provider from what is documented about a known one. The facts come from reading, not from trying:
 * the page says so, and the test that follows the form finds out.
 */
import { PLAIN_PROVIDER_FIELDS, type ServiceProviderFields } from '../../../administration/index.ts';
import { fillPreset, PRESETS, type ProviderPreset } from '../../../consumer/index.ts';
import { type Content, fill, html, notice, type PageContext } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { QUIRKS_JA } from './quirks.ja.ts';
import { PROVIDERS_PATH, providerMessages } from './words.ts';

/** The preset that the address names, if there is one. */
export function chosenPreset(c: PageContext): ProviderPreset | null {
  return PRESETS.get(c.query.get('preset') ?? '') ?? null;
}

/** The fields of a preset; what has to be filled in stands in braces. */
export function presetFields(preset: ProviderPreset): ServiceProviderFields {
  const { realm, twoLegged, ...filled } = fillPreset(preset);
  return { ...PLAIN_PROVIDER_FIELDS, ...filled, realm: realm ?? '', providerTwoLegged: twoLegged };
}

/** The list of known providers, and what is to be known about the chosen one. */
export function presetChoice(c: PageContext, chosen: ProviderPreset | null): Content {
  const t = c.messages(providerMessages);
  const links = [...PRESETS.values()].map(
    ({ id, name }) =>
      html`<li><a href="${c.url(pathWith(`${PROVIDERS_PATH}/add`, { preset: id }))}"${id === chosen?.id ? html` aria-current="true"` : ''}>${name}</a></li>`,
  );
  return html`<details class="more"${chosen === null ? html` open` : ''}><summary>${t.presets}</summary>
<p class="help">${t.presetsHelp}</p><ul class="choices">${links}</ul></details>${chosen === null ? '' : aboutPreset(c, chosen)}`;
}

function aboutPreset(c: PageContext, preset: ProviderPreset): Content {
  const t = c.messages(providerMessages);
  const quirks = preset.quirks.map(
    (quirk) => html`<li>${c.locale === 'ja' ? (QUIRKS_JA[quirk] ?? quirk) : quirk}</li>`,
  );
  const braces = preset.placeholders
    .filter((name) => name !== 'consumerKey')
    .map((name) => `{${name}}`)
    .join(', ');
  return notice(
    'info',
    html`<p><strong>${preset.name}: ${t.presetSource}</strong></p>
<ul>${braces === '' ? '' : html`<li>${fill(t.presetBraces, { braces })}</li>`}${quirks}</ul>`,
  );
}
