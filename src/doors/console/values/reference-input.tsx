/** Chooses a row of another entity by its name: searches as one types. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FieldJson } from '#api/client';
import { client } from '../system/client.ts';
import { modelQuery, rowQuery } from '../system/queries.ts';
import { entityAtPath, rowName } from './names.ts';
import { usePlace } from './place.tsx';

export interface ReferenceInputProps {
  readonly field: FieldJson;
  readonly value: string;
  readonly change: (id: string) => void;
  readonly name?: string;
  readonly label?: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly withAsterisk?: boolean;
  readonly 'aria-label'?: string;
}

export function ReferenceInput({ field, value, change, ...shared }: ReferenceInputProps): ReactNode {
  const place = usePlace();
  const model = useQuery(modelQuery()).data;
  const path = field.to?.path ?? '';
  const entity = model === undefined ? undefined : entityAtPath(model, path);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const chosen = useQuery({ ...rowQuery(path, value), enabled: value !== '' && path !== '' }).data;
  const chosenName = chosen === undefined || entity === undefined ? '' : rowName(entity, chosen, place);
  const [words] = useDebouncedValue(typed === chosenName ? '' : typed, 150);
  const found = useQuery({
    queryKey: ['rows', path, 'choose', words],
    queryFn: () => client.rows(path, { limit: 30, ...(words === '' ? {} : { q: words }) }),
    enabled: open && path !== '',
    placeholderData: keepPreviousData,
  }).data;
  const rows = entity === undefined ? [] : (found?.items ?? []);
  const options = new Map(rows.map((row) => [row.id, entity === undefined ? row.id : rowName(entity, row, place)]));
  if (value !== '' && !options.has(value)) options.set(value, chosenName === '' ? '…' : chosenName);
  return (
    <Select
      {...shared}
      searchable selectFirstOptionOnChange clearable={!(shared.required ?? false)} placeholder={`Find ${article(field.to?.entity ?? 'row')} …`} nothingFoundMessage="None found. Type other words."
      data={[...options].map(([id, label]) => ({ value: id, label }))}
      filter={({ options: all }) => all}
      value={value === '' ? null : value}
      onChange={(id) => change(id ?? '')}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      maxDropdownHeight={260}
    />
  );
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);
