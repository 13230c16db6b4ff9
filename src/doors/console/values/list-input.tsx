/** The items of a row, each with its own inputs, added and taken away one by one. */
import { Button } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import type { FieldJson } from '#api/client';
import { type Faults, type FormItem, type FormValue, newItem, writable } from './form-value.ts';
import { usePlace } from './place.tsx';
import './list-input.css';

/** The input of one field of an item. */
export interface ItemInputProps {
  readonly field: FieldJson;
  readonly value: FormValue;
  readonly change: (value: FormValue) => void;
  readonly at: string;
  readonly faults: Faults;
  readonly exists: boolean;
}
export interface ListInputProps {
  readonly input: ComponentType<ItemInputProps>;
  readonly field: FieldJson;
  readonly value: readonly FormItem[];
  readonly change: (value: FormValue) => void;
  readonly at: string;
  readonly faults: Faults;
  readonly exists: boolean;
}

export function ListInput({ input: Input, field, value, change, at, faults, exists }: ListInputProps): ReactNode {
  const place = usePlace();
  const item = field.item;
  if (item === null) return null;
  const fields = item.fields.filter(writable);
  const set = (key: string, name: string, next: FormValue): void =>
    change(value.map((one) => (one.key === key ? { ...one, values: { ...one.values, [name]: next } } : one)));
  return (
    <fieldset className="list-input">
      <legend>
        {field.label}
        {field.required && (
          <span className="list-required" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </legend>
      {faults[at] !== undefined && (
        <p className="list-fault" role="alert">
          {faults[at]}
        </p>
      )}
      {value.map((one, index) => (
        <div key={one.key} className="list-item" role="group" aria-label={`${item.label} ${index + 1}`}>
          <div className="list-fields">
            {fields.map((inner) => (
              <Input
                key={inner.name}
                field={inner}
                value={one.values[inner.name] ?? ''}
                change={(next) => set(one.key, inner.name, next)}
                at={`${at}.${index}.${inner.name}`}
                faults={faults}
                exists={exists && one.id !== null}
              />
            ))}
          </div>
          <button
            type="button"
            className="list-remove"
            aria-label={`Remove ${item.label} ${index + 1}`}
            title={`Remove this ${item.label.toLowerCase()}`}
            onClick={() => change(value.filter((other) => other.key !== one.key))}
          >
            ×
          </button>
          {faults[`${at}.${index}`] !== undefined && (
            <p className="list-fault" role="alert">
              {faults[`${at}.${index}`]}
            </p>
          )}
        </div>
      ))}
      {value.length === 0 && <p className="quiet small">None yet.</p>}
      <div>
        <Button variant="default" size="xs" onClick={() => change([...value, newItem(item.fields, place)])}>
          Add {item.label.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  );
}
