/** Operations as buttons; and why not, where one cannot be called. */
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ActionsJson, EntityJson, OperationJson, RowJson } from '#api/client';
import { HinderedButton } from '../frame/hindered-button.tsx';
import { actionsQuery } from '../system/queries.ts';

const CallOperation = lazy(() => import('./call-operation.tsx'));

/** Why it cannot be called on this row now; undefined: it can. The system says so of a row; until it has, as far as a page can tell. */
function hindrance(operation: OperationJson, row: RowJson | null, now: ActionsJson | undefined): string | undefined {
  const path = row === null ? undefined : operation.path.replace('{id}', row.id);
  const judged = now?.actions.find((action) => action.path === path && action.method === operation.method);
  if (judged !== undefined) return judged.allowed ? undefined : (judged.why ?? 'It may not be done now').replace(/\.$/, '');
  if (!operation.may) return operation.roles.length > 0 ? `Only for ${operation.roles.join(' or ')}` : 'Your roles may not write';
  const { transition } = operation;
  if (row !== null && transition !== null && !transition.from.includes(String(row[transition.field])))
    return `Only while it is ${transition.from.join(' or ')}`;
  return undefined;
}

export function OperationButtons({
  operations,
  row,
  entity = null,
}: {
  readonly operations: readonly OperationJson[];
  readonly row: RowJson | null;
  /** Of the row, where there is one. */
  readonly entity?: EntityJson | null;
}): ReactNode {
  const now = useQuery(actionsQuery(entity?.path ?? '', row, entity !== null && operations.length > 0)).data;
  const [open, setOpen] = useState<OperationJson | null>(null);
  return (
    <>
      {operations.map((operation) => {
        const why = hindrance(operation, row, now);
        return (
          <HinderedButton key={operation.id} why={why} act={() => setOpen(operation)}>
            {operation.label}
          </HinderedButton>
        );
      })}
      <Suspense>{open !== null && <CallOperation operation={open} row={row} close={() => setOpen(null)} />}</Suspense>
    </>
  );
}
