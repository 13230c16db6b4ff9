/** The way between pages: in the header on wide screens, at the foot, near the thumb, on a phone. */
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DropMenu } from './drop-menu.tsx';

const first = [
  { to: '/', label: 'Ask', glyph: 'M4 5h16v11H11l-5 4v-4H4z' },
  { to: '/changes', label: 'Changes', glyph: 'M6 4v16M6 7h9l3 3-3 3H6M6 17h6' },
  { to: '/data', label: 'Data', glyph: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14' },
  { to: '/views', label: 'Views', glyph: 'M4 19h16M7 16v-5M12 16V6M17 16v-8' },
] as const;
const later = [
  { to: '/generations', label: 'Generations' },
  { to: '/unasked', label: 'Unasked' },
  { to: '/cost', label: 'Cost' },
  { to: '/people', label: 'Keys & people' },
  { to: '/health', label: 'Health' },
] as const;

export function Navigation(): ReactNode {
  const navigate = useNavigate();
  return (
    <nav className="navigation" aria-label="Pages">
      {first.map((page) => (
        <Link key={page.to} to={page.to} activeOptions={{ exact: page.to === '/', includeSearch: false }} className="navigation-link">
          <svg
            viewBox="0 0 24 24"
            width="20"
            height="20"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.7"
            strokeLinejoin="round"
            strokeLinecap="round"
          >
            <path d={page.glyph} />
          </svg>
          {page.label}
        </Link>
      ))}
      {later.map((page) => (
        <Link key={page.to} to={page.to} className="navigation-link navigation-later">
          {page.label}
        </Link>
      ))}
      <DropMenu
        label="More pages"
        className="navigation-link navigation-more"
        upwards
        entries={later.map((page) => ({ label: page.label, choose: () => void navigate({ to: page.to }) }))}
        button={
          <>
            <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="currentColor">
              <circle cx="5" cy="12" r="1.8" />
              <circle cx="12" cy="12" r="1.8" />
              <circle cx="19" cy="12" r="1.8" />
            </svg>
            More
          </>
        }
      />
    </nav>
  );
}
