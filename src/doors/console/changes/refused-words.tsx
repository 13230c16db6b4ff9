/** The request as it was asked, with each word underlined that was not understood. */
import { Fragment, type ReactNode } from 'react';
import { cut, type Misfit } from './misfits.ts';
import './refused-words.css';

export function RefusedWords({ request, words }: { readonly request: string; readonly words: readonly Misfit[] }): ReactNode {
  return (
    <p className="sentence refused-request">
      {cut(request, words).map((piece, index) =>
        piece.misfit ? (
          <u key={index} className="misfit" title="No role in a sentence that this system understands">
            {piece.text}
          </u>
        ) : (
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
    </p>
  );
}
