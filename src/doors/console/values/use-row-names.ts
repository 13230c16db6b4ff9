/** Names of all rows that some rows refer to, their lists of items included: one request an entity, not one a row. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FieldJson, Json } from '#api/client';
import { modelQuery, namedRowsQuery } from '../system/queries.ts';
import { entityAtPath, rowName } from './names.ts';
import { usePlace } from './place.tsx';
import type { RowNames } from './show-value.tsx';

type Values = { readonly [name: string]: Json | undefined };

export function useRowNames(fields: readonly FieldJson[], rows: readonly Values[]): RowNames {
  const model = useQuery(modelQuery()).data;
  const place = usePlace();
  const wanted = useMemo(() => collect(fields, rows), [fields, rows]);
  const answers = useQueries({
    queries: [...wanted].map(([path, ids]) => namedRowsQuery(path, [...ids].sort().slice(0, 500))),
    combine: (results) => results.map((result) => result.data),
  });
  return useMemo(() => {
    const names = new Map<string, string>();
    [...wanted.keys()].forEach((path, index) => {
      const entity = model === undefined ? undefined : entityAtPath(model, path);
      if (entity !== undefined) for (const row of answers[index]?.items ?? []) names.set(row.id, rowName(entity, row, place));
    });
    return names;
  }, [answers, model, place, wanted]);
}

function collect(
  fields: readonly FieldJson[],
  rows: readonly Values[],
  into: Map<string, Set<string>> = new Map(),
): Map<string, Set<string>> {
  for (const field of fields) {
    if (field.to !== null) {
      const ids = into.get(field.to.path) ?? new Set<string>();
      for (const row of rows) {
        const id = row[field.name];
        if (typeof id === 'string') ids.add(id);
      }
      if (ids.size > 0) into.set(field.to.path, ids);
    } else if (field.item !== null) {
      const items = rows.flatMap((row) => (Array.isArray(row[field.name]) ? (row[field.name] as Values[]) : []));
      collect(field.item.fields, items, into);
    }
  }
  return into;
}
