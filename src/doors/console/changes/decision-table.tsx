/** Why this way and not another: the options that were weighed, with the reason against each that was not taken. */
import type { ReactNode } from 'react';
import type { Decision } from '#api/client';

const chosenWords: { readonly [Name in Decision['chosen']]: string } = {
  nothing: 'Do nothing',
  configure: 'Configure',
  strategy: 'Choose a strategy',
  compose: 'Use what there is',
  generate: 'Write code',
  delete: 'Take away',
};

export function DecisionTable({ decision }: { readonly decision: Decision }): ReactNode {
  return (
    <div className="stack" style={{ gap: '0.6rem' }}>
      <p>
        <span className="tag tag-tide">{chosenWords[decision.chosen]}</span> {decision.why}
      </p>
      {decision.options.length > 0 && (
        <div className="sheet scroll-x">
          <table className="table table-cards">
            <thead>
              <tr>
                <th scope="col">Option</th>
                <th scope="col">Value</th>
                <th scope="col">Cost</th>
                <th scope="col">Risk</th>
                <th scope="col">Why not</th>
              </tr>
            </thead>
            <tbody>
              {decision.options.map((option) => (
                <tr key={option.name}>
                  <td className="lead-cell">
                    <strong>{option.name}</strong>
                    {option.rejectedBecause === undefined && (
                      <>
                        {' '}
                        <span className="tag tag-good">taken</span>
                      </>
                    )}
                  </td>
                  <td data-label="Value">{option.value}</td>
                  <td data-label="Cost">{option.cost}</td>
                  <td data-label="Risk">{option.risk}</td>
                  <td data-label="Why not" className={option.rejectedBecause === undefined ? 'absent' : ''}>
                    {option.rejectedBecause ?? <span className="quiet">–</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
