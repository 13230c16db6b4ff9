/** The views of the system, each a question that is answered whenever someone looks. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyNote } from '../frame/empty-note.tsx';
import { ModelProblem } from '../frame/model-problem.tsx';
import { Page } from '../frame/page.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { modelQuery } from '../system/queries.ts';
import { segmentOf } from '../values/names.ts';
import './data.css';

export default function Views(): ReactNode {
  const { data: model, error, refetch } = useQuery(modelQuery());
  if (model === undefined)
    return (
      <Page title="Views">{error === null ? <Waiting lines={4} /> : <ModelProblem cause={error} retry={() => void refetch()} />}</Page>
    );
  const invoice = model.entities.find((entity) => entity.fields.some((field) => field.name === 'paid'));
  const example =
    invoice === undefined
      ? model.entities[0] === undefined
        ? undefined
        : `Show ${model.entities[0].pluralLabel.toLowerCase()} with their ${model.entities[0].fields[0]?.label.toLowerCase() ?? 'name'}`
      : `Show unpaid ${invoice.pluralLabel.toLowerCase()} with their total, largest first`;
  return (
    <Page title="Views" lead={model.views.length === 0 ? undefined : 'Questions that are answered whenever someone looks.'}>
      {model.views.length === 0 && (
        <EmptyNote title="There is no view yet">
          <p>
            Ask for one on the page <Link to="/">Ask</Link>
            {example === undefined ? (
              '.'
            ) : (
              <>
                :{' '}
                <Link to="/" search={{ say: example }} className="sentence">
                  {example}
                </Link>
              </>
            )}
          </p>
        </EmptyNote>
      )}
      <ul className="entities plain-list">
        {model.views.map((view) => (
          <li key={view.id} className="entity sheet">
            <h2>
              <Link to="/views/$view" params={{ view: segmentOf(view.path) }}>
                {view.title}
              </Link>
            </h2>
            <p className="small quiet">{view.columns.map((column) => column.label.toLowerCase()).join(' · ')}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
