/** The form of a dashboard: name, description, layout, who sees it. */
import { BOUNDS } from '../../gadgets/index.ts';
import { LAYOUTS, SHARINGS } from '../../model/index.ts';
import {
  type Content,
  errorSummary,
  type FieldError,
  html,
  type PageContext,
  radioGroup,
  textArea,
  textField,
} from '../../web/index.ts';
import { messages } from './messages.ts';

/** What the form holds, as it was typed. */
export interface TypedDashboard {
  readonly name: string;
  readonly description: string;
  readonly layout: string;
  readonly sharing: string;
}

/** The form's fields. @param kind everybody sees the default, so there is nothing to choose for it */
export function dashboardFields(
  c: PageContext,
  typed: TypedDashboard,
  errors: readonly FieldError[],
  kind: 'new' | 'own' | 'default',
): Content {
  const t = c.messages(messages);
  const common = { errors };
  return html`${errorSummary(c, errors)}
${nameField(c, typed, errors)}
${textArea(c, { ...common, name: 'description', label: t.description, value: typed.description, isOptional: true, rows: 2, maxLength: BOUNDS.descriptionLength })}
${radioGroup(c, {
  ...common,
  name: 'layout',
  label: t.layout,
  ...(kind !== 'new' && { help: t.layoutHelp }),
  value: typed.layout,
  choices: LAYOUTS.map((value) => ({ value, label: t.layouts[value] })),
})}
${
  kind === 'default'
    ? ''
    : radioGroup(c, {
        ...common,
        name: 'sharing',
        label: t.sharing,
        help: t.sharingHelp,
        value: typed.sharing,
        choices: SHARINGS.map((value) => ({ value, label: t.sharings[value] })),
      })
}`;
}

/** The field of the name, which is all that a copy needs. */
export function nameField(c: PageContext, { name }: TypedDashboard, errors: readonly FieldError[]): Content {
  const { name: label } = c.messages(messages);
  return textField(c, { name: 'name', label, value: name, errors, maxLength: BOUNDS.nameLength });
}

/** What was typed into the form. */
export function typedDashboard(c: PageContext): TypedDashboard {
  return {
    name: c.field('name'),
    description: c.field('description'),
    layout: c.field('layout'),
    sharing: c.field('sharing'),
  };
}
