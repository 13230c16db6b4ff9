/**
 * What became of a change, in the form that its asker needs: the moment it went live; the question with its options; the
 * words that had no role; why it waits or failed. Nothing here looks like success but success.
 */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeDetail, Outcome as OutcomeName } from '#api/client';
import { formatMilliseconds, formatTime, shortDigest } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';
import { Answer } from './answer.tsx';
import { Echo } from './echo.tsx';
import { GoTo } from './go-to.tsx';
import { readWitness } from './misfits.ts';
import { Question } from './question.tsx';
import { RefusedWords } from './refused-words.tsx';
import { SentenceButton } from './sentence-button.tsx';
import type { Ask } from './use-ask.ts';
import './outcome.css';

export interface OutcomeProps {
  readonly change: ChangeDetail;
  /** Goes on from this one. */
  readonly ask?: Ask;
  /** Puts a sentence into the box, to be looked at first. */
  readonly propose?: (sentence: string) => void;
}

export function Outcome(props: OutcomeProps): ReactNode {
  const outcome = props.change.outcome;
  if (outcome === null) return null;
  const Part = parts[outcome];
  return (
    <div className={`outcome outcome-${outcome}`} role="status">
      <Part {...props} />
    </div>
  );
}

const parts: { readonly [Name in OutcomeName]: (props: OutcomeProps) => ReactNode } = {
  live: Live,
  'nothing-to-do': NothingToDo,
  question: Question,
  refused: Refused,
  'waiting-for-approval': Waiting,
  'rolled-back': ({ change }) => (
    <>
      <h2>Taken back</h2>
      <p>{change.why ?? 'This change served for a while, and no longer does.'}</p>
    </>
  ),
  rejected: ({ change }) => (
    <>
      <h2>Rejected</h2>
      <p>{change.why}</p>
    </>
  ),
  failed: Failed,
  cancelled: ({ change }) => (
    <>
      <h2>Cancelled</h2>
      <p>{change.why}</p>
    </>
  ),
  checked: ({ change }) => (
    <>
      <h2>Checked</h2>
      <p>{change.why}</p>
    </>
  ),
};

function Live({ change }: OutcomeProps): ReactNode {
  const place = usePlace();
  return (
    <>
      <div className="row spread">
        <h2 className="outcome-live">Live{change.endedAt !== null && <> since {formatTime(change.endedAt, place)}</>}</h2>
        <span className="small quiet">
          {change.generation !== null && (
            <>
              generation{' '}
              <Link to="/generations" hash={change.generation} className="mono">
                {shortDigest(change.generation)}
              </Link>
            </>
          )}
          {change.endedAt !== null && (
            <> · {formatMilliseconds(Date.parse(change.endedAt) - Date.parse(change.askedAt), place)} after it was asked</>
          )}
        </span>
      </div>
      <Echo understanding={change.understanding} />
      <GoTo change={change} />
    </>
  );
}

function NothingToDo({ change }: OutcomeProps): ReactNode {
  return (
    <>
      <h2>Nothing to do</h2>
      <p>{change.why ?? 'The system is so already.'}</p>
      <Echo understanding={change.understanding} />
    </>
  );
}

function Refused({ change, propose }: OutcomeProps): ReactNode {
  const { words, nearest } = readWitness(change.witness);
  return (
    <>
      <h2>Not done</h2>
      {words.length > 0 && <RefusedWords request={change.request} words={words} />}
      <p>{change.why}</p>
      {nearest.length > 0 && (
        <div className="sentence-list">
          <span className="small quiet">This would be understood:</span>
          {nearest.map((sentence) => (
            <SentenceButton
              key={sentence}
              sentence={sentence}
              hint="Put this into the box"
              choose={() => propose?.(sentence)}
              disabled={propose === undefined}
            />
          ))}
        </div>
      )}
      {words.length === 0 && nearest.length === 0 && <Echo understanding={change.understanding} />}
    </>
  );
}

function Waiting({ change }: OutcomeProps): ReactNode {
  return (
    <>
      <h2>Waiting for approval</h2>
      <p>{change.why ?? 'It passed its checks; someone who may approve has to look at it.'}</p>
      <Echo understanding={change.understanding} />
      <Answer change={change} />
    </>
  );
}

function Failed({ change }: OutcomeProps): ReactNode {
  const failed = change.evidence.flatMap((evidence) =>
    evidence.findings.filter((finding) => finding.verdict === 'fail').map((finding) => ({ gate: evidence.gate, finding })),
  );
  return (
    <>
      <h2>It did not pass</h2>
      <p>{change.why} Nothing of it serves.</p>
      {failed.length > 0 && (
        <ul className="outcome-failed">
          {failed.slice(0, 5).map(({ gate, finding }, index) => (
            <li key={index}>
              <span className="tag tag-bad">{gate}</span> {finding.statement}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
