/** A form made from fields of the model: for rows and for inputs of operations alike. Sends what a person may write, shows what the system says at its field. */
import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { FieldJson, JsonObject, Problem } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { fieldMessages, problemOf } from '../system/client.ts';
import { FieldInput } from './field-input.tsx';
import { type Faults, type FormValues, placesOf, toBody, writable } from './form-value.ts';
import { usePlace } from './place.tsx';
import './list-input.css';

export interface ValueFormProps {
  readonly fields: readonly FieldJson[];
  readonly initial: FormValues;
  readonly exists: boolean;
  readonly action: string;
  readonly cancel: () => void;
  /** Sends the values; what it throws is shown at the fields. */
  readonly send: (body: JsonObject) => Promise<void>;
  /** Shows a refusal in its own way; null: as any other. */
  readonly special?: (problem: Problem, body: JsonObject) => ReactNode | null;
}

export function ValueForm({ fields, initial, exists, action, cancel, send, special }: ValueFormProps): ReactNode {
  const place = usePlace();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults>({});
  const [refused, setRefused] = useState<{ readonly cause: unknown; readonly body: JsonObject } | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = fields.filter(writable);
  const submit = async (): Promise<void> => {
    const read = toBody(fields, values, place);
    setFaults(read.faults);
    setRefused(null);
    if (Object.keys(read.faults).length > 0) return focusOnFault(form.current);
    setBusy(true);
    try {
      await send(read.body);
    } catch (cause) {
      setFaults(fieldMessages(problemOf(cause)));
      setRefused({ cause, body: read.body });
      focusOnFault(form.current);
    } finally {
      setBusy(false);
    }
  };
  const shownAt = placesOf(shown, values);
  const told = refused === null ? [] : Object.keys(fieldMessages(problemOf(refused.cause)));
  const elsewhere = refused !== null && (told.length === 0 || told.some((at) => !shownAt.has(at)));
  const own = refused === null ? null : (special?.(problemOf(refused.cause), refused.body) ?? null);
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void submit();
      }}
    >
      {own ?? (refused !== null && elsewhere && <ProblemNote cause={refused.cause} />)}
      {shown.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          change={(value) => setValues((known) => ({ ...known, [field.name]: value }))}
          at={field.name}
          faults={faults}
          exists={exists}
        />
      ))}
      {shown.length === 0 && <p className="quiet">There is nothing to fill in.</p>}
      <div className="form-foot">
        <Button type="submit" loading={busy}>
          {action}
        </Button>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        {refused !== null && own === null && !elsewhere && (
          <span className="small" style={{ color: 'var(--bad)' }} role="alert">
            Not saved: see the fields.
          </span>
        )}
      </div>
    </form>
  );
}

/** After the messages are drawn: to the first field that has one. */
function focusOnFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"]')?.focus()),
  );
}
