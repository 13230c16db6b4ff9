/** What was understood: canonical sentences, and what follows from them. */
import type { ReactNode } from 'react';
import { scopeInWords, type Understanding } from '#api/client';
import './outcome.css';

export function Echo({ understanding }: { readonly understanding: Understanding | null }): ReactNode {
  if (understanding === null) return null;
  return (
    <div className="echo">
      <ul aria-label="Understood as">
        {understanding.echo.map((sentence) => (
          <li key={sentence} className="sentence">
            {sentence}
          </li>
        ))}
      </ul>
      {understanding.notes.length > 0 && (
        <ul className="echo-notes small" aria-label="Notes">
          {understanding.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Scope understanding={understanding} />
    </div>
  );
}

/** What the change may alter, and nothing else: a line that opens. */
function Scope({ understanding: { scope } }: { readonly understanding: Understanding }): ReactNode {
  const [first, ...rest] = scopeInWords(scope);
  if (first === undefined) return null;
  return (
    <details className="echo-scope small">
      <summary>
        {first.label} {first.what.slice(0, SHOWN).join(', ')}
        {first.what.length > SHOWN ? ` and ${first.what.length - SHOWN} more` : ''}
      </summary>
      <dl>
        {[first, ...rest].map(({ label, what }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{what.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
/** Before it is opened. */
const SHOWN = 4;
