/** Settings: what can be chosen about a server, and how it is read, shown and documented. */
export { SETTINGS, type Setting, type SettingName, type Settings } from './definition.ts';
export {
  type ReadSettings,
  readSettings,
  type SettingOrigin,
  type SettingSources,
  SettingsRefused,
} from './read-settings.ts';
export { settingsReferencePage } from './reference-page.ts';
export { type ShownSetting, showSettings } from './show-settings.ts';
export { rangesOfStrangers } from './trusted-strangers.ts';
export { type ClaimValue, durationSeconds, type HostAndPort, writtenAddress } from './values.ts';
