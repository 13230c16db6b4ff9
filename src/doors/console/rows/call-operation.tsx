/** Calls an operation: with a form where it wants input, after a question where it does not. Fetched when a button is pressed. */
import { Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Json, JsonObject, OperationJson, RowJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { useTell } from '../frame/notices.tsx';
import { client } from '../system/client.ts';
import { modelQuery } from '../system/queries.ts';
import { useAttempt } from '../system/use-attempt.ts';
import { emptyForm, withoutAbsent } from '../values/form-value.ts';
import { membersOf } from '../values/json-members.ts';
import { choiceLabel, segmentOf } from '../values/names.ts';
import { usePlace } from '../values/place.tsx';
import { ValueForm } from '../values/value-form.tsx';

export default function CallOperation({
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
      {transition !== null && transition.to !== null && field !== undefined ? (
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
