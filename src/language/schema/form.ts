/** How a person enters a field: which widget, with which bounds and choices. Knows no widgets library. */
import type { Field, Settings } from '#kernel';
import { limits } from './limits.ts';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly widget:
    | 'line'
    | 'lines'
    | 'email'
    | 'url'
    | 'whole'
    | 'decimal'
    | 'money'
    | 'yes-no'
    | 'date'
    | 'moment'
    | 'duration'
    | 'choice'
    | 'reference'
    | 'items'
    | 'json';
  readonly required: boolean;
  /** Computed: shown, never entered. */
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly min?: string | number;
  readonly max?: string | number;
  /** Digits after the point. */
  readonly scale?: number;
  /** What stands beside the value: a unit, a currency. */
  readonly unit?: string;
  readonly maxLength?: number;
  readonly choices?: readonly string[];
  /** Permanent id of the entity that it refers to. */
  readonly to?: string;
  readonly items?: readonly FormField[];
}

const widgets = {
  text: 'line',
  email: 'email',
  url: 'url',
  integer: 'whole',
  decimal: 'decimal',
  quantity: 'decimal',
  money: 'money',
  boolean: 'yes-no',
  date: 'date',
  instant: 'moment',
  duration: 'duration',
  choice: 'choice',
  reference: 'reference',
  list: 'items',
  json: 'json',
} as const;

export function formField(field: Field, settings: Pick<Settings, 'currency'>): FormField {
  const { type } = field;
  const spaced = field.name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return {
    name: field.name,
    label: spaced.charAt(0).toUpperCase() + spaced.slice(1),
    widget: type.kind === 'text' && type.multiline === true ? 'lines' : widgets[type.kind],
    required: field.required && field.default === undefined,
    readOnly: field.derived !== undefined,
    sensitive: field.sensitive,
    ...('min' in type && type.min !== undefined && type.kind !== 'text' ? { min: type.min } : {}),
    ...('max' in type && type.max !== undefined && type.kind !== 'text' ? { max: type.max } : {}),
    ...(type.kind === 'decimal' ? { scale: type.scale } : {}),
    ...(type.kind === 'quantity' ? { scale: type.scale, unit: type.unit } : {}),
    ...(type.kind === 'money' ? { scale: settings.currency.digits, unit: settings.currency.code } : {}),
    ...(type.kind === 'text' ? { maxLength: type.max ?? (type.multiline === true ? limits.multilineText : limits.text) } : {}),
    ...(type.kind === 'choice' ? { choices: type.choices.map((choice) => choice.name) } : {}),
    ...(type.kind === 'reference' ? { to: type.to } : {}),
    ...(type.kind === 'list' ? { items: type.fields.map((inner) => formField(inner, settings)) } : {}),
  };
}
