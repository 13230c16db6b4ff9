/** Rows that a condition covers, for who asks before a change serves: what reads something sensitive is not asked of rows at all, since a count may tell of one. */
import { type Call, type Expression, Fault, isRefusal, type PermanentId } from '#kernel';
import { readsAny, sensitiveIn } from '#model';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Covered } from './covered.ts';
import type { Reader } from './reader.ts';

/** Null where it cannot be told: the entity is not there, the condition reads what is sensitive or leaves the exact range, or it takes too long. */
export async function coveredRows(
  read: Pick<Reader, 'covered'>,
  call: Call,
  prepared: Prepared,
  entity: PermanentId,
  holds: Expression,
): Promise<Covered | null> {
  if (!prepared.model.entities.some(({ id }) => id === entity) || readsAny(holds, sensitiveIn(prepared.model))) return null;
  try {
    const found = await read.covered(call, prepared, entity, holds);
    return isRefusal(found) ? null : found;
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'overflow') return null;
    throw cause;
  }
}
