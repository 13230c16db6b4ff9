/** What was said before a request, oldest first: each request, and the question or the answer that it got. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeDetail, TurnJson } from '#api/client';
import { usePerson } from '../system/use-person.ts';
import { outcomeWords } from './outcome-words.ts';
import './conversation.css';

export function Conversation({ change }: { readonly change: Pick<ChangeDetail, 'conversation' | 'request'> }): ReactNode {
  const { conversation } = change;
  if (conversation.length === 0) return null;
  return (
    <ol className="conversation plain-list" aria-label="Said before">
      {conversation.map((turn, index) => (
        <Turn key={turn.id} turn={turn} answer={conversation[index + 1]?.request ?? change.request} />
      ))}
    </ol>
  );
}

function Turn({ turn, answer }: { readonly turn: TurnJson; readonly answer: string }): ReactNode {
  const person = usePerson();
  return (
    <li className="turn">
      <p className="turn-request">
        <span className="small quiet">{person(turn.by)}</span>
        <Link to="/changes/$id" params={{ id: turn.id }} className="sentence">
          {turn.request}
        </Link>
      </p>
      <div className="turn-answer">
        <p>
          {turn.outcome !== null && (
            <span className={`tag tag-${outcomeWords[turn.outcome].tone}`}>{outcomeWords[turn.outcome].label}</span>
          )}{' '}
          {turn.why}
        </p>
        {turn.options.length > 0 && (
          <ul className="plain-list small">
            {turn.options.map(({ sentence }) => (
              <li key={sentence} className={sentence === answer ? 'turn-picked' : 'quiet'}>
                {sentence}
                {sentence === answer && <span className="only-heard"> (picked)</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
