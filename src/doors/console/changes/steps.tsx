/** The steps of a change as they pass: what is done, what runs, how long each took. */
import type { ReactNode } from 'react';
import type { Outcome, StepJson } from '#api/client';
import { formatMilliseconds } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';
import { stepWords } from './outcome-words.ts';
import { shownSteps, stateWords } from './shown-steps.ts';
import './steps.css';

export function Steps({ steps, outcome }: { readonly steps: readonly StepJson[]; readonly outcome: Outcome | null }): ReactNode {
  const place = usePlace();
  return (
    <ol className="steps plain-list" aria-label="Steps">
      {shownSteps(steps, outcome).map((step) => {
        const took =
          step.wallMs ?? (step.startedAt !== null && step.endedAt !== null ? Date.parse(step.endedAt) - Date.parse(step.startedAt) : null);
        return (
          <li key={step.name} className={`step step-${step.state}`} aria-current={step.state === 'started' ? 'step' : undefined}>
            <span className="step-plank" aria-hidden="true" />
            <span className="step-name">{stepWords[step.name]}</span>
            <span className="step-note small">
              {step.says ?? (took === null ? stateWords(step.state) : formatMilliseconds(took, place))}
            </span>
            {step.says === null && took !== null && <span className="only-heard">{stateWords(step.state)}</span>}
          </li>
        );
      })}
    </ol>
  );
}
