/** How a change was written: who was tried and why, what was looked up for it, and what failed before it passed. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeDetail, Citation } from '#api/client';
import { type Attempt, attemptsOf, isTelling } from './attempts.ts';
import './writing.css';

export const hasWriting = (change: ChangeDetail): boolean => isTelling(attemptsOf(change));

export function Writing({ change }: { readonly change: ChangeDetail }): ReactNode {
  const attempts = attemptsOf(change);
  return (
    <ol className="attempts plain-list">
      {attempts.map((attempt, index) => (
        <li key={index} className={`attempt${attempt.gaveUp === null ? '' : ' attempt-over'}`}>
          <p>
            <strong>{attempt.generator}</strong>
            {attempt.why !== null && <span className="quiet"> {attempt.why}</span>}
          </p>
          {attempt.gaveUp !== null && <p className="small quiet">Passed on: {attempt.gaveUp}</p>}
          {attempt.pieces.length > 0 && <Pieces attempt={attempt} />}
          {attempt.repairs.map(({ attempt: number, failures }) => (
            <Repair key={number} number={number} failures={failures} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function Pieces({ attempt: { pieces, tokens } }: { readonly attempt: Attempt }): ReactNode {
  return (
    <details>
      <summary className="small">
        Looked up {pieces.length === 1 ? 'one piece' : `${pieces.length} pieces`}, {tokens} tokens
      </summary>
      <div className="sheet scroll-x attempt-pieces">
        <table className="table table-cards">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Why</th>
              <th scope="col" className="number">
                Tokens
              </th>
            </tr>
          </thead>
          <tbody>
            {pieces.map((piece, index) => (
              <tr key={index}>
                <td className="lead-cell">
                  <Source piece={piece} />
                </td>
                <td data-label="Why">{piece.why}</td>
                <td data-label="Tokens" className="number">
                  {piece.tokens}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** `component/entity/order` and `change/<id>` have a page here. */
function Source({ piece: { source } }: { readonly piece: Citation }): ReactNode {
  const [kind, first = '', second = ''] = source.split('/');
  if (kind === 'component' && second !== '')
    return (
      <Link to="/components/$kind/$name" params={{ kind: first, name: second }}>
        <code>{source}</code>
      </Link>
    );
  if (kind === 'change' && first !== '')
    return (
      <Link to="/changes/$id" params={{ id: first }}>
        <code>{source}</code>
      </Link>
    );
  return <code>{source}</code>;
}

const folded = 3;
function Repair({ number, failures }: { readonly number: number; readonly failures: readonly string[] }): ReactNode {
  const list = (some: readonly string[]): ReactNode => (
    <ul className="plain-list attempt-failures small">
      {some.map((failure, index) => (
        <li key={index}>{failure}</li>
      ))}
    </ul>
  );
  return (
    <div className="attempt-repair">
      <p className="small">
        <span className="tag tag-doubt">written again</span> attempt {number + 1}, since{' '}
        {failures.length === 1 ? 'a check failed' : `${failures.length} checks failed`}:
      </p>
      {list(failures.slice(0, folded))}
      {failures.length > folded && (
        <details>
          <summary className="small">{failures.length - folded} more</summary>
          {list(failures.slice(folded))}
        </details>
      )}
    </div>
  );
}
