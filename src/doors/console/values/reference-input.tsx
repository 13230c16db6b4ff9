/** Chooses a row of another entity by its name: searches as one types, the first that is found stands ready for Enter. */
import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
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
  readonly inputWrapperOrder?: ('label' | 'input' | 'description' | 'error')[];
  readonly required?: boolean;
  readonly withAsterisk?: boolean;
  readonly 'aria-label'?: string;
}

export function ReferenceInput({ field, value, change, ...shared }: ReferenceInputProps): ReactNode {
  const place = usePlace();
  const model = useQuery(modelQuery()).data;
  const path = field.to?.path ?? '';
  const entity = model === undefined ? undefined : entityAtPath(model, path);
  /** What is typed; null: nothing is, and the name of the chosen row shows. */
  const [typed, setTyped] = useState<string | null>(null);
  const [words] = useDebouncedValue(typed ?? '', 150);
  const combobox = useCombobox({ onDropdownClose: () => setTyped(null) });
  const chosen = useQuery({ ...rowQuery(path, value), enabled: value !== '' && path !== '' }).data;
  const { data: found, isPlaceholderData } = useQuery({
    queryKey: ['rows', path, 'choose', words],
    queryFn: () => client.rows(path, { limit: 30, ...(words.trim() === '' ? {} : { q: words }) }),
    enabled: combobox.dropdownOpened && path !== '',
    placeholderData: keepPreviousData,
  });
  const rows = found?.items ?? [];
  const ready = typed === null || (words === typed && !isPlaceholderData);
  useEffect(() => {
    if (!combobox.dropdownOpened || !ready || rows.length === 0) return;
    if (typed === null && rows.some((row) => row.id === value)) combobox.selectActiveOption();
    else combobox.selectFirstOption();
    // Only when other rows are found; the combobox itself is made anew each time it moves.
  }, [found, ready, combobox.dropdownOpened]);
  if (entity === undefined) return <InputBase {...shared} disabled value={value} readOnly />;
  const chosenName = value === '' ? '' : chosen === undefined ? '…' : rowName(entity, chosen, place);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        change(id);
        combobox.closeDropdown();
      }}
      withinPortal
      keepMounted={false}
    >
      <Combobox.Target>
        <InputBase
          {...shared}
          autoComplete="off"
          placeholder={`Find ${article(field.to?.entity ?? 'row')} …`}
          value={typed ?? chosenName}
          rightSection={
            value !== '' && field.required === false ? (
              <button type="button" className="clear" aria-label={`Empty ${field.label}`} onClick={() => change('')}>
                ×
              </button>
            ) : (
              <Combobox.Chevron />
            )
          }
          rightSectionPointerEvents={value !== '' && field.required === false ? 'all' : 'none'}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && combobox.dropdownOpened) event.preventDefault();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id} active={row.id === value}>
              {rowName(entity, row, place)}
            </Combobox.Option>
          ))}
          {rows.length === 0 && (
            <Combobox.Empty>{ready && found !== undefined ? 'None found. Type other words.' : 'Looking …'}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);
