/** Operations as buttons; and why not, where one cannot be called. */
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { OperationJson, RowJson } from '#api/client';
import { HinderedButton } from '../frame/hindered-button.tsx';

const CallOperation = lazy(() => import('./call-operation.tsx'));

/** Why it cannot be called on this row now; undefined: it can, as far as a page can tell. */
function hindrance(operation: OperationJson, row: RowJson | null): string | undefined {
  if (!operation.may) return operation.roles.length > 0 ? `Only for ${operation.roles.join(' or ')}` : 'Your roles may not write';
  const { transition } = operation;
  if (row !== null && transition !== null && !transition.from.includes(String(row[transition.field])))
    return `Only while it is ${transition.from.join(' or ')}`;
  return undefined;
}

export function OperationButtons({
  operations,
  row,
}: {
  readonly operations: readonly OperationJson[];
  readonly row: RowJson | null;
}): ReactNode {
  const [open, setOpen] = useState<OperationJson | null>(null);
  return (
    <>
      {operations.map((operation) => {
        const why = hindrance(operation, row);
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
