/** Collects what is wrong with one file, by offset; offsets become lines and columns only when someone must read them. */
import type { SourceProblem } from '../reading.ts';

export interface Found {
  readonly start: number;
  readonly message: string;
  readonly gate?: 'security';
}
/** `gate`: the gate that answers for it, where that is not parse. */
export type Reporter = (start: number, message: string, gate?: 'security') => void;

/** Problems of one file: a person reads the first ones, so no more are kept. */
const KEPT = 50;
export function collector(): { readonly report: Reporter; readonly found: Found[] } {
  const found: Found[] = [];
  return {
    found,
    report: (start, message, gate) =>
      void (found.length < KEPT && found.push(gate === undefined ? { start, message } : { start, message, gate })),
  };
}

/** Lines and columns count from 1; columns in UTF-16 units, as editors do. */
export function placed(path: string, text: string, found: readonly Found[]): SourceProblem[] {
  return found.map(({ start, message, gate }) => {
    const before = text.slice(0, start);
    const line = before.split('\n').length;
    return { path, line, column: start - (before.lastIndexOf('\n') + 1) + 1, message, ...(gate === undefined ? {} : { gate }) };
  });
}
