/** The input of a field, by the widget that the model names. Messages of the system stand at the field that they are about. */
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { FieldJson } from '#api/client';
import type { Faults, FormItem, FormValue } from './form-value.ts';
import { ListInput } from './list-input.tsx';
import { usePlace } from './place.tsx';
import { ReferenceInput } from './reference-input.tsx';

export interface FieldInputProps {
  readonly field: FieldJson;
  readonly value: FormValue;
  readonly change: (value: FormValue) => void;
  /** `order`, `lines.0.quantity`: where messages about it are found. */
  readonly at: string;
  readonly faults: Faults;
  /** The row exists: choices that only an operation sets cannot be chosen. */
  readonly exists: boolean;
  readonly bare?: boolean;
}

/** What a field wants stands under it, so that inputs side by side stand level. */
const underneath: InputWrapperOrder = ['label', 'input', 'description', 'error'];
type InputWrapperOrder = ('label' | 'input' | 'description' | 'error')[];

export function FieldInput({ field, value, change, at, faults, exists, bare = false }: FieldInputProps): ReactNode {
  const place = usePlace();
  /** The state that the row is in, whatever is chosen meanwhile. */
  const [before] = useState(value);
  if (field.widget === 'list')
    return (
      <ListInput
        input={FieldInput}
        field={field}
        value={value as readonly FormItem[]}
        change={change}
        at={at}
        faults={faults}
        exists={exists}
      />
    );
  const text = typeof value === 'string' ? value : '';
  const fault = faults[at];
  const unit = field.widget === 'money' ? place.currency.code : field.widget === 'duration' ? 'milliseconds' : field.unit;
  const shared = {
    name: at,
    ...(bare ? { 'aria-label': field.label } : { label: field.label, description: hint(field) }),
    error: fault === undefined ? undefined : capital(fault),
    inputWrapperOrder: underneath,
    required: field.required,
    withAsterisk: field.required && !bare,
  };
  const typed = {
    ...shared,
    value: text,
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => change(event.currentTarget.value),
  };
  const measure =
    unit === null
      ? {}
      : { rightSection: <span className="small quiet unit">{unit}</span>, rightSectionWidth: `${unit.length * 0.6 + 1.5}rem` };
  switch (field.widget) {
    case 'checkbox':
      return (
        <Checkbox
          name={at}
          label={bare ? undefined : field.label}
          aria-label={field.label}
          checked={value === true}
          error={fault}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      );
    case 'select':
      return (
        <NativeSelect
          {...typed}
          data={[
            { value: '', label: field.required ? 'Choose …' : '–', disabled: field.required && text !== '' },
            ...(field.choices ?? []).map((choice) => {
              const why =
                choice.name === text ? undefined : whyClosed(field, choice.name, exists, typeof before === 'string' ? before : '');
              return {
                value: choice.name,
                label: why === undefined ? choice.label : `${choice.label} (${why})`,
                disabled: why !== undefined,
              };
            }),
          ]}
        />
      );
    case 'reference':
      return <ReferenceInput {...shared} field={field} value={text} change={change} />;
    case 'textarea':
      return <Textarea {...typed} rows={4} />;
    case 'json':
      return <Textarea {...typed} rows={5} spellCheck={false} styles={{ input: { fontFamily: 'var(--mono)' } }} />;
    case 'date':
      return <TextInput {...typed} type="date" />;
    case 'instant':
      return <TextInput {...typed} type="datetime-local" step={1} />;
    case 'integer':
    case 'duration':
      return <TextInput {...typed} inputMode="numeric" {...measure} />;
    case 'decimal':
    case 'money':
      return <TextInput {...typed} inputMode="decimal" {...measure} />;
    case 'email':
      return <TextInput {...typed} type="email" inputMode="email" />;
    case 'url':
      return <TextInput {...typed} type="url" inputMode="url" />;
    case 'text':
      return <TextInput {...typed} />;
  }
}

/** Why a state cannot be chosen, as far as a page can tell: it is an operation's to make, or the workflow does not lead there. */
function whyClosed({ choices, workflow }: FieldJson, name: string, exists: boolean, before: string): string | undefined {
  const by = choices?.find((choice) => choice.name === name)?.by ?? null;
  if (by !== null && exists) return `only by “${wordsOf(by)}”`;
  if (workflow === null || name === before) return undefined;
  if (!exists || before === '') return name === workflow.starts ? undefined : 'later';
  return workflow.ways.some(({ from, to }) => from === before && to === name) ? undefined : 'not from here';
}

/** `cancelOrder`, as people say it. */
const wordsOf = (name: string): string =>
  name.replaceAll(/([a-z\d])([A-Z])/g, (_, left: string, right: string) => `${left} ${right.toLowerCase()}`);

/** What a field wants, where its label does not say it. */
function hint(field: FieldJson): string | undefined {
  const bounds = boundsOf(field);
  const parts = [
    bounds,
    field.unique ? 'no two the same' : undefined,
    field.defaultComputed ? 'computed where left empty' : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : capital(parts.join(', '));
}
function boundsOf({ min, max, widget }: FieldJson): string | undefined {
  const of = widget === 'text' || widget === 'textarea' ? ' characters' : '';
  if (min !== null && max !== null) return `from ${min} to ${max}${of}`;
  if (min !== null) return `at least ${min}${of}`;
  return max === null ? undefined : `at most ${max}${of}`;
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
