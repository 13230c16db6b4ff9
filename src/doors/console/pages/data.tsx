/** What this system keeps: its entities, and the operations that stand for themselves. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyNote } from '../frame/empty-note.tsx';
import { ModelProblem } from '../frame/model-problem.tsx';
import { Page, Section } from '../frame/page.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { OperationButtons } from '../rows/operation-buttons.tsx';
import { modelQuery } from '../system/queries.ts';
import { segmentOf } from '../values/names.ts';
import './data.css';

export default function Data(): ReactNode {
  const { data: model, error, refetch } = useQuery(modelQuery());
  if (model === undefined)
    return <Page title="Data">{error === null ? <Waiting lines={5} /> : <ModelProblem cause={error} retry={() => void refetch()} />}</Page>;
  const free = model.operations.filter((operation) => operation.on === null);
  return (
    <Page title="Data" lead={model.entities.length === 0 ? undefined : 'The things that this system keeps track of.'}>
      {model.entities.length === 0 && (
        <EmptyNote title="Nothing is kept yet">
          <p>
            Ask for something to keep track of, on the page <Link to="/">Ask</Link>: “Track customers with a name and an email”.
          </p>
        </EmptyNote>
      )}
      <ul className="entities plain-list">
        {model.entities.map((entity) => (
          <li key={entity.id} className="entity sheet">
            <h2>
              <Link to="/data/$entity" params={{ entity: segmentOf(entity.path) }}>
                {entity.pluralLabel}
              </Link>
            </h2>
            <p className="small quiet">{entity.fields.map((field) => field.label.toLowerCase()).join(' · ')}</p>
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <Section title="Operations">
          <div className="row">
            <OperationButtons operations={free} row={null} />
          </div>
        </Section>
      )}
    </Page>
  );
}
