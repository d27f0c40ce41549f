/** Writes the reference page of the settings, `docs/reference/settings.md`, from their one definition. */
import { SETTINGS, type Setting } from './definition.ts';

const INTRODUCTION = `# Settings

<!-- Written by \`tools/write-settings-reference.ts\` from src/settings/definition.ts. Do not edit by hand. -->

Each setting has one name in three forms: a flag of the command line, an environment variable, and a key of the
configuration file (YAML or JSON), which \`--config FILE\` or \`COUNTERSIGN_CONFIG\` names. A flag counts before the
environment, the environment before the file, the file before the default. Unknown names and wrong values are all
reported together at start, each with the place it was found at. \`countersign config show\` prints what is in force
and where it comes from.

- A duration is a number with \`s\`, \`m\`, \`h\`, \`d\` or \`w\`, such as \`300s\` or \`1d 12h\`; a bare number is seconds.
- A setting that *may be repeated* is given by repeating its flag, by a list in the file, or by an environment
  variable whose values are separated by commas or blanks.
- A setting that *may hold a secret* can also be read from a file, named by the variable with \`_FILE\` at its end.
`;

/** The whole page, in Markdown. */
export function settingsReferencePage(): string {
  return [INTRODUCTION, ...SETTINGS.map(section)].join('\n');
}

function section(setting: Setting): string {
  const remarks = [
    ...(setting.repeats ? ['may be repeated'] : []),
    ...(setting.isSecret ? ['may hold a secret'] : []),
    setting.isCommon ? 'flag of every command' : 'flag of `serve` and `config show`',
  ];
  const initial =
    setting.default === undefined ? (setting.derivedDefault ?? 'none') : `\`${setting.default}\``;
  return `## ${setting.name}

${setting.description}

| | |
|---|---|
| Flag | \`${setting.flag} ${setting.placeholder}\` |
| Environment | \`${setting.variable}\` |
| File | \`${setting.name}: ${setting.repeats ? `[${JSON.stringify(setting.example)}]` : setting.example}\` |
| Default | ${initial} |
| Remarks | ${remarks.join('; ')} |
`;
}
