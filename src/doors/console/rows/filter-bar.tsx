/** Search, filters and (on a phone, where no column heads stand) the order of a list. Everything is in the address, so a list can be sent to someone. */
import { Button, NativeSelect, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { EntityJson } from '#api/client';
import type { RowQuery } from '../system/queries.ts';
import { Waiting } from '../frame/waiting.tsx';
import { usePlace } from '../values/place.tsx';
import { useRowNames } from '../values/use-row-names.ts';
import { filtersIn, filterWords, sortable } from './filters.ts';
import './filter-bar.css';

const NewFilter = lazy(() => import('./new-filter.tsx'));

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
          <Suspense fallback={<Waiting />}>
            <NewFilter
              entity={entity}
              add={(parameter, value) => {
                change({ ...query, [parameter]: value });
                setOpen(false);
              }}
            />
          </Suspense>
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
