/** Examples that may be wrong, before the asker keeps, alters or drops them: as they are, what was answered, and, marked as theirs, the words of whoever wrote the code. */
import type { ReactNode } from 'react';
import { exampleInWords } from '#api/client';
import type { Disputed } from './read-disputes.ts';
import './acceptance.css';

export function DisputedExamples({ disputes }: { readonly disputes: readonly Disputed[] }): ReactNode {
  return (
    <>
      <p>
        {disputes.length === 1
          ? 'An example that must hold fails, and may be wrong itself.'
          : 'Examples that must hold fail, and may be wrong themselves.'}{' '}
        Keep it, drop it, or alter its values where the examples are shown and ask again. Nothing was changed.
      </p>
      <ul className="plain-list acceptance-list">
        {disputes.map((one) => (
          <li key={`${one.component} ${one.name}`} className="acceptance sheet">
            <div className="acceptance-head">
              <strong>{one.name}</strong>
              <span className="row small">
                <code className="quiet">{one.component}</code>
                {one.hidden && <span className="tag tag-doubt">hidden from the writer</span>}
              </span>
            </div>
            <ol className="plain-list acceptance-lines">
              {exampleInWords(one.example).map((line, index) => (
                <li key={index} className="acceptance-line">
                  <span className={`acceptance-word acceptance-${line.word}`}>{line.word}</span>
                  <span>{line.text}</span>
                </li>
              ))}
            </ol>
            {one.answered !== null && (
              <p className="small">
                <span className="quiet">The checks saw:</span> {one.answered}
              </p>
            )}
            {one.said !== null && (
              <p className="small">
                <span className="quiet">The writer of the code says, in its own words:</span> <q>{one.said}</q>
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
