/** The mark: a hull of planks, one of them new. */
import type { ReactNode } from 'react';

export function Mark({ size = 26 }: { readonly size?: number }): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M4 8h24l-1.6 4.6H5.6z" fill="var(--tide)" />
      <path d="M6.4 14.6h19.2l-1.7 4.6H8.1z" fill="var(--plank)" />
      <path d="M9 21.2h14l-2 4.8H11z" fill="var(--tide)" />
    </svg>
  );
}
