/** The features of OpenSocial that gadgets find here, by the names under which specs ask for them. */

const FEATURES = new Set([
  'core',
  'core.io',
  'core.json',
  'core.prefs',
  'core.util',
  'dynamic-height',
  'gadget-directory',
  'locked-domain',
  'oauthpopup',
  'prefs',
  'pubsub',
  'rpc',
  'setprefs',
  'settitle',
  'views',
]);

/** Features that every gadget has without asking. */
export const CORE_FEATURES: readonly string[] = ['core', 'core.io', 'core.json', 'core.prefs', 'core.util'];

/** Whether a feature is here. `locked-domain` is: every gadget has an origin of its own. */
export function isKnownFeature(name: string): boolean {
  return FEATURES.has(name);
}
