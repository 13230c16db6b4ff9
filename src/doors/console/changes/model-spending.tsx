/** What a change has spent on models, against what it may: in one line while it runs, by model and phase on its page. Unknown is said, never shown as nothing. */
import type { ReactNode } from 'react';
import { budgetText, type ChangeDetail, moneyText, shareSpent, spendingOf, tokensText } from '#api/client';
import { stepWords } from './outcome-words.ts';
import './writing.css';

type Spending = Pick<ChangeDetail, 'events' | 'budget'>;
const near = 0.8;

export const hasSpent = ({ events }: Pick<ChangeDetail, 'events'>): boolean => events.some(({ kind }) => kind === 'spent');

export function SpendingLine({ change: { events, budget } }: { readonly change: Spending }): ReactNode {
  const { total } = spendingOf(events);
  if (total.calls === 0) return null;
  const share = budget === null ? null : shareSpent(total, budget);
  return (
    <div className="stack" style={{ gap: '0.3rem' }}>
      <p className="small">
        <span className="quiet">Models so far:</span> <strong>{moneyText(total)}</strong>{' '}
        <span className="quiet">({tokensText(total)})</span>
        {budget !== null && <span className="quiet"> of {budgetText(budget)}</span>}
      </p>
      {share !== null && (
        <div className="spending-bar" role="img" aria-label={`${Math.round(share * 100)} % of the budget of this change`}>
          <span className={share >= near ? 'spending-near' : ''} style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}

export function ModelSpending({ change }: { readonly change: Spending }): ReactNode {
  const { lines } = spendingOf(change.events);
  return (
    <div className="stack" style={{ gap: '0.6rem' }}>
      <SpendingLine change={change} />
      <div className="sheet scroll-x">
        <table className="table table-cards">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">For</th>
              <th scope="col" className="number">
                Calls
              </th>
              <th scope="col" className="number">
                Tokens
              </th>
              <th scope="col" className="number">
                Cost
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.provider} ${line.model} ${line.phase}`}>
                <td className="lead-cell">
                  {line.provider} {line.model}
                </td>
                <td data-label="For">{stepWords[line.phase]}</td>
                <td data-label="Calls" className="number">
                  {line.calls}
                </td>
                <td data-label="Tokens" className="number">
                  {tokensText(line)}
                </td>
                <td data-label="Cost" className="number">
                  {moneyText(line)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
