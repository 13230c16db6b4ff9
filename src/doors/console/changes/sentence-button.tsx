/** A sentence that can be chosen. */
import type { ReactNode } from 'react';
import './sentence-button.css';

export interface SentenceButtonProps {
  readonly sentence: string;
  readonly meaning?: string | undefined;
  readonly hint: string;
  readonly choose: () => void;
  readonly disabled?: boolean;
}

export function SentenceButton({ sentence, meaning, hint, choose, disabled = false }: SentenceButtonProps): ReactNode {
  return (
    <button type="button" className="sentence-button" onClick={choose} disabled={disabled} title={hint}>
      <span className="sentence">{sentence}</span>
      {meaning !== undefined && <span className="quiet small">{meaning}</span>}
    </button>
  );
}
