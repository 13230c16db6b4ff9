/** What was understood: canonical sentences, and what follows from them. */
import type { ReactNode } from 'react';
import type { Understanding } from '#api/client';
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
    </div>
  );
}
