/** A change under the eyes of its asker: what was said before, the request, its steps and costs as they pass, and the outcome when it is there. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { AskAgain } from './ask-again.tsx';
import { AttachedDocuments } from './attached-documents.tsx';
import { bindingOf } from './binding.ts';
import { Cancel } from './cancel.tsx';
import { Conversation } from './conversation.tsx';
import { Echo } from './echo.tsx';
import { SpendingLine } from './model-spending.tsx';
import { Outcome } from './outcome.tsx';
import { Steps } from './steps.tsx';
import type { Ask } from './use-ask.ts';
import { useChange } from './use-change.ts';
import { hasWriting, Writing } from './writing.tsx';

export interface RunningChangeProps {
  readonly id: string;
  readonly ask: Ask;
  readonly propose: (sentence: string) => void;
  readonly close: () => void;
}

export function RunningChange({ id, ask, propose, close }: RunningChangeProps): ReactNode {
  const { data: change, error, refetch } = useChange(id);
  if (change === undefined)
    return error === null ? <Waiting label="Reading the change" /> : <ProblemNote cause={error} retry={() => void refetch()} />;
  const binding = bindingOf(change).length;
  return (
    <section className="running sheet" aria-label="Your request" aria-busy={change.outcome === null}>
      <Conversation change={change} />
      <div className="row spread running-head">
        <p className="sentence running-request">{change.request}</p>
        <span className="row small">
          <Cancel change={change} />
          <Link to="/changes/$id" params={{ id }}>
            Details
          </Link>
          <button type="button" className="link-button nowrap" onClick={close}>
            {change.outcome === null ? 'Hide' : 'Ask something else'}
          </button>
        </span>
      </div>
      <AttachedDocuments change={change} />
      <Steps steps={change.steps} outcome={change.outcome} />
      {change.outcome === null && <Echo understanding={change.understanding} />}
      {change.outcome !== 'live' && hasWriting(change) && <Writing change={change} />}
      {binding > 0 && (
        <details>
          <summary className="small">
            {binding === 1 ? 'One example must hold' : `${binding} examples must hold`}
            {change.stated.length > 0 && `, ${change.stated.length} of them as the asker states`}
          </summary>
          <div className="running-examples">
            <AskAgain change={change} ask={ask} />
          </div>
        </details>
      )}
      <SpendingLine change={change} />
      {change.state === 'queued' && <p className="quiet small">Another change runs; this one is next in the queue and starts by itself.</p>}
      <Outcome change={change} ask={ask} propose={propose} />
    </section>
  );
}
