/** Operations as buttons: a form where they want input, a question where they alter a state, and why not where they cannot be called. */
import { Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Json, JsonObject, OperationJson, RowJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { HinderedButton } from '../frame/hindered-button.tsx';
import { useTell } from '../frame/notices.tsx';
import { client } from '../system/client.ts';
import { useAttempt } from '../system/use-attempt.ts';
import { modelQuery } from '../system/queries.ts';
import { membersOf } from '../values/json-members.ts';
import { choiceLabel, segmentOf } from '../values/names.ts';
import { emptyForm, withoutAbsent } from '../values/form-value.ts';
import { usePlace } from '../values/place.tsx';
import { ValueForm } from '../values/value-form.tsx';

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
      {open !== null && <CallOperation operation={open} row={row} close={() => setOpen(null)} />}
    </>
  );
}

function CallOperation({
  operation,
  row,
  close,
}: {
  readonly operation: OperationJson;
  readonly row: RowJson | null;
  readonly close: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const tell = useTell();
  const place = usePlace();
  const model = useQuery(modelQuery()).data;
  const keyOf = useAttempt();
  const entity = model?.entities.find((one) => one.name === operation.on);
  const call = async (input: JsonObject): Promise<void> => {
    const path = row === null ? operation.path : operation.path.replace('{id}', encodeURIComponent(row.id));
    const answer: Json = await client.call(operation.method, path, operation.method === 'GET' ? undefined : input, {
      idempotencyKey: keyOf(input),
    });
    close();
    tell(`${operation.label}: done.`);
    await Promise.all(['rows', 'row', 'named', 'view', 'journal'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
    const { output } = operation;
    const made = output !== null && 'row' in output ? model?.entities.find((one) => one.name === output.row) : undefined;
    const id = membersOf(answer)?.['id'];
    if (row === null && made !== undefined && typeof id === 'string') {
      await navigate({ to: '/data/$entity/$id', params: { entity: segmentOf(made.path), id } });
    }
  };
  if (operation.input.length > 0) {
    return (
      <Modal opened onClose={close} title={operation.label} size="lg">
        <ValueForm
          fields={operation.input}
          initial={emptyForm(operation.input, place)}
          exists={false}
          action={operation.label}
          cancel={close}
          send={(body) => call(withoutAbsent(body))}
        />
      </Modal>
    );
  }
  const { transition } = operation;
  const field = transition === null ? undefined : entity?.fields.find((one) => one.name === transition.field);
  return (
    <Confirm title={`${operation.label}?`} action={operation.label} close={close} perform={() => call({})}>
      {transition !== null && field !== undefined ? (
        <p>
          {field.label} becomes <span className="choice">{choiceLabel(field, transition.to)}</span>, and whatever else the operation does is
          done with it, all or nothing.
        </p>
      ) : (
        <p>
          This calls{' '}
          <code>
            {operation.method} {operation.path}
          </code>
          .
        </p>
      )}
    </Confirm>
  );
}
