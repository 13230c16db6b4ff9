/** What is asked of the decision, and its answer. */
import type { Understood } from '#ports';
import type { KnownPoint } from '#settings';
import type { Reading } from './known-things.ts';

/** `seems`: the words lean to it, and whoever understands them may see otherwise. */
export type Need =
  | { readonly kind: 'nothing'; readonly why: string; readonly refused: boolean; readonly where?: string; readonly seems?: true }
  | { readonly kind: 'compose'; readonly why: string; readonly how: string; readonly seems?: true }
  | { readonly kind: 'configure' | 'strategy'; readonly why: string }
  /** How fast or how small: what helps is measured before it is decided. */
  | { readonly kind: 'quality'; readonly why: string }
  | { readonly kind: 'code' | 'delete'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

export interface Asked {
  readonly text: string;
  readonly reading: Reading;
  /** The variation points; absent: those of the reading. */
  readonly points?: readonly KnownPoint[];
  /** What the built-in sentences make of it. */
  readonly said: Understood;
}
