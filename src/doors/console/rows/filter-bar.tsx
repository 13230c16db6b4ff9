/** Search, filters and (on a phone, where no column heads stand) the order of a list. Everything is in the address, so a list can be sent to someone. */
import { Button, NativeSelect, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import type { EntityJson, FieldJson } from '#api/client';
import type { RowQuery } from '../system/queries.ts';
import { FieldInput } from '../values/field-input.tsx';
import { toBody } from '../values/form-value.ts';
import { membersOf } from '../values/json-members.ts';
import { usePlace } from '../values/place.tsx';
import { useRowNames } from '../values/use-row-names.ts';
import { type Comparison, comparisonsOf, comparisonWords, filterable, filtersIn, filterWords, parameterOf, sortable } from './filters.ts';
import './filter-bar.css';

export interface FilterBarProps {
  readonly entity: EntityJson;
  readonly query: RowQuery;
  readonly change: (query: RowQuery) => void;
}

export function FilterBar({ entity, query, change }: FilterBarProps): ReactNode {
  const place = usePlace();
  const [words, setWords] = useState(query['q'] ?? '');
  const [open, setOpen] = useState(false);
  const filters = filtersIn(entity, query);
  const names = useRowNames(
    filters.map((filter) => filter.field),
    filters.map((filter) => ({ [filter.field.name]: filter.value })),
  );
  const without = (parameter: string): RowQuery => Object.fromEntries(Object.entries(query).filter(([name]) => name !== parameter));
  const search = useDebouncedCallback((text: string) => change(text.trim() === '' ? without('q') : { ...query, q: text }), 250);
  useEffect(() => {
    setWords(query['q'] ?? '');
  }, [query['q']]);
  return (
    <div className="filter-bar">
      <TextInput
        type="search"
        className="filter-search"
        aria-label={`Search ${entity.pluralLabel.toLowerCase()}`}
        placeholder="Search"
        value={words}
        autoComplete="off"
        onChange={(event) => {
          setWords(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus withinPortal width={300} closeOnEscape>
        <Popover.Target>
          <Button variant="default" onClick={() => setOpen(!open)} aria-expanded={open}>
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <NewFilter
            entity={entity}
            add={(parameter, value) => {
              change({ ...query, [parameter]: value });
              setOpen(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <NativeSelect
        className="filter-sort"
        aria-label="Order"
        value={query['sort'] ?? ''}
        onChange={(event) => change(event.currentTarget.value === '' ? without('sort') : { ...query, sort: event.currentTarget.value })}
        data={[
          { value: '', label: 'in order of making' },
          ...entity.fields.filter(sortable).flatMap((field) => [
            { value: field.name, label: `${field.label} ↑` },
            { value: `-${field.name}`, label: `${field.label} ↓` },
          ]),
        ]}
      />
      {filters.map((filter) => (
        <button
          key={filter.parameter}
          type="button"
          className="filter-chip"
          title="Remove this filter"
          onClick={() => change(without(filter.parameter))}
        >
          {filterWords(filter, place, names.get(filter.value))} <span aria-hidden="true">×</span>
          <span className="only-heard"> (remove)</span>
        </button>
      ))}
    </div>
  );
}

function NewFilter({ entity, add }: { readonly entity: EntityJson; readonly add: (parameter: string, value: string) => void }): ReactNode {
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
