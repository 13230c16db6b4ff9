/** Why a verb did not do what it was told: told to a person, or as JSON, and as an exit code. 0 done, 1 refused or failed, 2 not understood. */
import { ApiProblem } from '#api/client';
import type { Say } from './say.ts';

export const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

/** The command line itself was wrong. */
export class Usage extends Error {
  readonly code = 'usage';
  /** What is to be known before the words that are missing are said. */
  readonly evidence: unknown;
  constructor(message: string, evidence?: unknown) {
    super(message);
    this.evidence = evidence;
  }
}
/** An expected no of the command line's own: no system runs, a file is there already. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function tellFailure(cause: unknown, say: Say): number {
  const told = failureOf(cause);
  say.document({ error: told });
  if (!say.json) say.aside(say.style('red', told.detail));
  return cause instanceof Usage ? exitCodes.usage : exitCodes.refused;
}

function failureOf(cause: unknown): { readonly code: string; readonly detail: string; readonly evidence?: unknown } {
  if (cause instanceof ApiProblem) {
    const { code, detail, evidence } = cause.problem;
    return { code, detail, ...(evidence === undefined ? {} : { evidence }) };
  }
  if (cause instanceof Usage && cause.evidence !== undefined) return { code: cause.code, detail: cause.message, evidence: cause.evidence };
  if (cause instanceof Error)
    return { code: 'code' in cause && typeof cause.code === 'string' ? cause.code : 'bug', detail: cause.message };
  return { code: 'bug', detail: String(cause) };
}
