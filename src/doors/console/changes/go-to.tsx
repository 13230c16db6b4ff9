/** From a live change to what it brought: the entity's rows, the view, and the change itself with its evidence. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeDetail } from '#api/client';
import { modelQuery } from '../system/queries.ts';
import { segmentOf } from '../values/names.ts';

export function GoTo({ change }: { readonly change: ChangeDetail }): ReactNode {
  const model = useQuery({ ...modelQuery(), enabled: false }).data;
  const touched = new Set(change.candidate?.contracts.map((contract) => contract.component) ?? []);
  return (
    <div className="row">
      <Link to="/changes/$id" params={{ id: change.id }}>
        See the evidence
      </Link>
      {model?.entities
        .filter((entity) => touched.has(`entity/${entity.name}`))
        .map((entity) => (
          <Link key={entity.name} to="/data/$entity" params={{ entity: segmentOf(entity.path) }}>
            {entity.pluralLabel}
          </Link>
        ))}
      {model?.views
        .filter((view) => touched.has(`view/${view.name}`))
        .map((view) => (
          <Link key={view.name} to="/views/$view" params={{ view: segmentOf(view.path) }}>
            {view.title}
          </Link>
        ))}
    </div>
  );
}
