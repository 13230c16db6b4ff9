/** A page: its one heading, which the document is titled by and which takes the focus after a navigation, and what can be done. */
import { type ReactNode, useEffect } from 'react';
import './page.css';

export interface PageProps {
  readonly title: string;
  readonly heading?: ReactNode;
  readonly above?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, heading, above, lead, actions, narrow = false, children }: PageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Theseus`;
  }, [title]);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div className="page-titles">
          {above !== undefined && <div className="small quiet">{above}</div>}
          <h1 tabIndex={-1}>{heading ?? title}</h1>
          {lead !== undefined && <p className="quiet page-lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="row page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Section({
  title,
  aside,
  children,
  id,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}): ReactNode {
  return (
    <section className="section" aria-label={title} id={id}>
      <div className="row spread section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
