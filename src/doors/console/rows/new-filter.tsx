/** One more filter: a field, a comparison, a value. Fetched when it is first wanted. */
import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EntityJson, FieldJson } from '#api/client';
import { FieldInput } from '../values/field-input.tsx';
import { toBody } from '../values/form-value.ts';
import { membersOf } from '../values/json-members.ts';
import { usePlace } from '../values/place.tsx';
import { type Comparison, comparisonsOf, comparisonWords, filterable, parameterOf } from './filters.ts';

export default function NewFilter({
  entity,
  add,
}: {
  readonly entity: EntityJson;
  readonly add: (parameter: string, value: string) => void;
}): ReactNode {
  const place = usePlace();
  const fields = entity.fields.filter(filterable);
  const [name, setName] = useState(fields[0]?.name ?? '');
  const [comparison, setComparison] = useState<Comparison>('eq');
  const [value, setValue] = useState<string | boolean>('');
  const [fault, setFault] = useState<string | undefined>();
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return <p className="quiet">There is nothing to filter by.</p>;
  const plain: FieldJson = {
    ...field,
    required: false,
    derived: null,
    sensitive: false,
    defaultComputed: false,
    unique: false,
    min: null,
    max: null,
  };
  const apply = (): void => {
    const { body, faults } = toBody([plain], { [name]: value }, place);
    const read = body[name];
    if (faults[name] !== undefined || read === null || read === undefined) return setFault(faults[name] ?? 'say what to compare with');
    const text = String(membersOf(read)?.['amount'] ?? read);
    add(parameterOf(field, comparison), text);
  };
  return (
    <form
      className="stack"
      style={{ gap: '0.6rem' }}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        apply();
      }}
    >
      <NativeSelect
        label="Field"
        value={name}
        data={fields.map((one) => ({ value: one.name, label: one.label }))}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setComparison('eq');
          setValue('');
          setFault(undefined);
        }}
      />
      {field.widget !== 'checkbox' && (
        <NativeSelect
          label="Comparison"
          value={comparison}
          data={comparisonsOf(field).map((one) => ({ value: one, label: comparisonWords(one, field) }))}
          onChange={(event) => setComparison(event.currentTarget.value as Comparison)}
        />
      )}
      {field.widget === 'checkbox' ? (
        <NativeSelect
          label={field.label}
          value={value === true ? 'yes' : 'no'}
          data={['yes', 'no']}
          onChange={(event) => setValue(event.currentTarget.value === 'yes')}
        />
      ) : (
        <FieldInput
          key={name}
          field={{ ...plain, label: 'Value', choices: plain.choices?.map((choice) => ({ ...choice, by: null })) ?? null }}
          value={value}
          change={(next) => setValue(next as string)}
          at="value"
          faults={fault === undefined ? {} : { value: fault }}
          exists={false}
        />
      )}
      <Button type="submit" size="xs">
        Add the filter
      </Button>
    </form>
  );
}
