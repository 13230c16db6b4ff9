/** A new row of an entity. */
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { JsonObject } from '#api/client';
import { useTell } from '../frame/notices.tsx';
import { Page } from '../frame/page.tsx';
import { MissingEntity } from '../rows/missing-entity.tsx';
import { useEntity } from '../rows/use-entity.ts';
import { client } from '../system/client.ts';
import { useAttempt } from '../system/use-attempt.ts';
import { segmentOf } from '../values/names.ts';
import { emptyForm, withoutAbsent } from '../values/form-value.ts';
import { usePlace } from '../values/place.tsx';
import { ValueForm } from '../values/value-form.tsx';

export default function NewRow(): ReactNode {
  const found = useEntity();
  const place = usePlace();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const tell = useTell();
  const keyOf = useAttempt();
  const { entity } = found;
  if (entity === undefined) return <MissingEntity found={found} />;
  const segment = segmentOf(entity.path);
  const send = async (body: JsonObject): Promise<void> => {
    const values = withoutAbsent(body);
    const row = await client.create(entity.path, values, { idempotencyKey: keyOf(values) });
    tell(`${entity.label} made.`);
    await queries.invalidateQueries({ queryKey: ['rows'] });
    await navigate({ to: '/data/$entity/$id', params: { entity: segment, id: row.id }, replace: true });
  };
  return (
    <Page
      title={`New ${entity.label.toLowerCase()}`}
      narrow
      above={
        <>
          <Link to="/data">Data</Link> /{' '}
          <Link to="/data/$entity" params={{ entity: segment }}>
            {entity.pluralLabel}
          </Link>
        </>
      }
    >
      <ValueForm
        key={entity.id}
        fields={entity.fields}
        initial={emptyForm(entity.fields, place)}
        exists={false}
        action={`Make ${entity.label.toLowerCase()}`}
        cancel={() => history.back()}
        send={send}
      />
    </Page>
  );
}
