/** The ladder as a person sees it: how strong each kind of evidence is, what stands on each rung, and what limits it. */
import type { ReactNode } from 'react';
import { type Evidence, ladderOf, type Rung, type Shown } from '#api/client';
import { EmptyNote } from '../frame/empty-note.tsx';
import { formatMilliseconds } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';
import './evidence-ladder.css';

const words: { readonly [Name in Rung]: { readonly label: string; readonly means: string; readonly strength: number } } = {
  refuted: { label: 'Refuted', means: 'shown to be false, with a witness', strength: 0 },
  proved: { label: 'Proved', means: 'for all inputs by a solver, or over all declared contracts', strength: 5 },
  exhausted: { label: 'Exhausted', means: 'every case was tried', strength: 4 },
  tested: { label: 'Tested', means: 'on examples and generated cases; others may differ', strength: 3 },
  carried: { label: 'Carried', means: 'shown before, and nothing that it stands on has changed', strength: 2 },
  checked: { label: 'Checked', means: 'read in the code by a fixed rule', strength: 1 },
  'not-shown': { label: 'Not shown', means: 'nobody knows: not a pass', strength: 0 },
};

export function EvidenceLadder({ evidence }: { readonly evidence: readonly Evidence[] }): ReactNode {
  const place = usePlace();
  if (evidence.length === 0) return <EmptyNote title="No evidence">Nothing was checked: the change did not come to a candidate.</EmptyNote>;
  const total = evidence.reduce((sum, one) => sum + one.cost.cpuMs, 0);
  return (
    <div className="stack" style={{ gap: '0.6rem' }}>
      <ol className="ladder plain-list">
        {ladderOf(evidence).map(({ rung, shown }) => (
          <li key={rung} className={`rung rung-${rung}${shown.length === 0 ? ' rung-empty' : ''}`}>
            <div className="rung-name">
              <span className="rung-bars" aria-hidden="true">
                {[1, 2, 3, 4, 5].map((bar) => (
                  <i key={bar} className={bar <= words[rung].strength ? 'on' : ''} />
                ))}
              </span>
              <strong>{words[rung].label}</strong>
              <span className="rung-count">{shown.length}</span>
              <span className="rung-means small">{words[rung].means}</span>
            </div>
            {shown.length > 0 ? (
              <Statements shown={shown} />
            ) : (
              <p className="rung-nothing small">
                {rung === 'not-shown' ? 'nothing was left open by the gates that looked' : 'nothing was shown so'}
              </p>
            )}
          </li>
        ))}
      </ol>
      <p className="small quiet">
        Gates that looked: {evidence.map(({ gate, verdict }) => `${gate} (${verdict})`).join(', ')}. {formatMilliseconds(total, place)} of
        processor time.
      </p>
    </div>
  );
}

const folded = 6;

function Statements({ shown }: { readonly shown: readonly Shown[] }): ReactNode {
  const list = (some: readonly Shown[]): ReactNode => (
    <ul className="plain-list statements">
      {some.map((one, index) => (
        <Statement key={index} shown={one} />
      ))}
    </ul>
  );
  if (shown.length <= folded + 2) return list(shown);
  return (
    <div className="stack" style={{ gap: '0.4rem' }}>
      {list(shown.slice(0, folded))}
      <details>
        <summary className="small">{shown.length - folded} more</summary>
        {list(shown.slice(folded))}
      </details>
    </div>
  );
}

function Statement({ shown: { gate, engine, finding } }: { readonly shown: Shown }): ReactNode {
  return (
    <li className="statement">
      <span>{finding.statement}</span>
      <span className="small quiet statement-how">
        <span title={engine}>{gate}</span>
        {finding.bound !== undefined && <> · {finding.bound}</>}
      </span>
      {finding.witness !== undefined && finding.witness !== null && <Witness value={finding.witness} open={finding.verdict === 'fail'} />}
    </li>
  );
}

function Witness({ value, open }: { readonly value: unknown; readonly open: boolean }): ReactNode {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <details className="small" open={open}>
      <summary>witness</summary>
      <pre className="witness">{text}</pre>
    </details>
  );
}
