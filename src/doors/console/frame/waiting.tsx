/** Lines where something will stand in a moment. Shown only after a blink, so that fast answers do not flicker. */
import type { ReactNode } from 'react';
import './notes.css';

export function Waiting({ lines = 3, label = 'Loading' }: { readonly lines?: number; readonly label?: string }): ReactNode {
  return (
    <div className="waiting" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} style={{ width: `${92 - ((index * 23) % 45)}%` }} />
      ))}
    </div>
  );
}
