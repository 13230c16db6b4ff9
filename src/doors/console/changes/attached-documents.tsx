/** The documents that came with a request, by name and length; what stands in them is kept from the page. */
import type { ReactNode } from 'react';
import type { ChangeDetail } from '#api/client';
import { charactersInWords } from './attached-files.ts';
import './attach.css';

export function AttachedDocuments({ change }: { readonly change: Pick<ChangeDetail, 'attached'> }): ReactNode {
  if (change.attached.length === 0) return null;
  return (
    <p className="small quiet">
      Goes by {change.attached.map(({ name, characters }) => `${name} (${charactersInWords(characters)})`).join(', ')}
    </p>
  );
}
