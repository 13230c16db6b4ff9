/** Why this way and not another: the options that were weighed, side by side, with the reason against each that was not taken. */
import type { ReactNode } from 'react';
import type { Decision } from '#api/client';
import './writing.css';

const chosenWords: { readonly [Name in Decision['chosen']]: string } = {
  nothing: 'Do nothing',
  configure: 'Configure',
  strategy: 'Choose a strategy',
  compose: 'Use what there is',
  generate: 'Write code',
  delete: 'Take away',
};

/** `asksBack`: nothing is done yet, since the asker has to say which is meant. */
export function DecisionTable({ decision, asksBack }: { readonly decision: Decision; readonly asksBack: boolean }): ReactNode {
  return (
    <div className="stack" style={{ gap: '0.6rem' }}>
      <p>
        <span className="tag tag-tide">{asksBack ? 'Ask back' : chosenWords[decision.chosen]}</span> {decision.why}
      </p>
      {decision.options.length > 0 && (
        <ul className="choices-weighed plain-list" aria-label="Options">
          {decision.options.map((option, index) => (
            <li key={index} className={`weighed sheet${option.rejectedBecause === undefined ? ' weighed-taken' : ''}`}>
              <p className="row spread">
                <strong>{option.name}</strong>
                {option.rejectedBecause === undefined && (
                  <span className="tag tag-good">{asksBack ? 'until it is answered' : 'taken'}</span>
                )}
              </p>
              <dl className="small">
                <dt>Value</dt>
                <dd>{option.value}</dd>
                <dt>Cost</dt>
                <dd>{option.cost}</dd>
                <dt>Risk</dt>
                <dd>{option.risk}</dd>
                {option.rejectedBecause !== undefined && (
                  <>
                    <dt>Why not</dt>
                    <dd>{option.rejectedBecause}</dd>
                  </>
                )}
              </dl>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
