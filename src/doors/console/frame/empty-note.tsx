/** A page with nothing on it says why, and what to do next. */
import type { ReactNode } from 'react';
import './notes.css';

export function EmptyNote({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children !== undefined && <div className="quiet">{children}</div>}
    </div>
  );
}
