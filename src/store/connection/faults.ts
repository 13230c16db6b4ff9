/** What PostgreSQL reports, as the faults of the product. Known by the five characters of SQLSTATE, never by text. */
import { Fault } from '#kernel';

export const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;

/** The connection was lost while COMMIT was under way: it may have been done, and nobody can say so. */
export const outcomeUnknown = (error: unknown): Fault =>
  new Fault('outcome-unknown', 'The connection to the database was lost while this was being saved; whether it was is not known.', error);

/** `lost`: the connection did not outlive it. */
export function asFault(error: unknown, lost: boolean): unknown {
  if (error instanceof Fault) return error;
  const state = sqlState(error);
  if (lost || state?.startsWith('57P') === true || state?.startsWith('08') === true)
    return new Fault('database-unavailable', 'The connection to the database was lost; nothing was changed.', error);
  if (state === '53100') return new Fault('disk-full', 'The disk of the database is full; nothing was changed.', error);
  return state === undefined
    ? error
    : new Fault('bug', `The database did not run a statement: ${error instanceof Error ? error.message : String(error)}`, error);
}
