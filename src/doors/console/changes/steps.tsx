/** The steps of a change as they pass: what is done, what runs, how long each took. */
import type { ReactNode } from 'react';
import type { StepJson } from '#api/client';
import { formatMilliseconds } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';
import { stepWords } from './outcome-words.ts';
import './steps.css';

const stateWords: { readonly [State in StepJson['state']]: string } = {
  waiting: 'not yet',
  started: 'running',
  done: 'done',
  failed: 'failed',
  skipped: 'not needed',
};

export function Steps({ steps }: { readonly steps: readonly StepJson[] }): ReactNode {
  const place = usePlace();
  return (
    <ol className="steps plain-list" aria-label="Steps">
      {steps.map((step) => {
        const took =
          step.wallMs ?? (step.startedAt !== null && step.endedAt !== null ? Date.parse(step.endedAt) - Date.parse(step.startedAt) : null);
        return (
          <li key={step.name} className={`step step-${step.state}`} aria-current={step.state === 'started' ? 'step' : undefined}>
            <span className="step-plank" aria-hidden="true" />
            <span className="step-name">{stepWords[step.name]}</span>
            <span className="step-note small">
              {took !== null && step.state !== 'skipped' && step.state !== 'started'
                ? formatMilliseconds(took, place)
                : stateWords[step.state]}
            </span>
            {took !== null && <span className="only-heard">{stateWords[step.state]}</span>}
          </li>
        );
      })}
    </ol>
  );
}
