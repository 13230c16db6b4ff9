/** What must be so of a row before an operation may act on it: it is there, seen, in a state from which it may, and approved where a rule asks for that. */
import { isRefusal, type OperationContract, refuse, type Refusal } from '#kernel';
import { approvalsOn } from '#model';
import type { PlainRow, WriteTransaction } from '#store';
import type { Loaded } from './loaded.ts';

/** The row that an operation acts on, in a state from which it may act, approved where a rule asks for that. */
export async function actsOn(
  loaded: Pick<Loaded, 'model'>,
  operation: OperationContract,
  rowId: string | null,
  tx: Pick<WriteTransaction, 'get' | 'approvalMissing'>,
  version: number | undefined,
): Promise<PlainRow | null | Refusal> {
  if (operation.on === undefined || rowId === null) return null;
  const row = await tx.get(operation.on, rowId);
  if (isRefusal(row)) return row;
  const stale = movedOn(row, version);
  if (stale !== undefined) return stale;
  const entity = loaded.model.entities.find((candidate) => candidate.id === operation.on);
  const { transition } = operation;
  if (entity !== undefined && transition !== undefined) {
    const field = entity.fields.find((candidate) => candidate.id === transition.field);
    if (field !== undefined && field.type.kind === 'choice') {
      const names = field.type.choices.filter((choice) => transition.from.includes(choice.id)).map((choice) => choice.name);
      const state = row[field.name];
      if (typeof state !== 'string' || !names.includes(state)) {
        return refuse(
          'state-forbids',
          `This ${entity.name} is ${typeof state === 'string' ? state : 'in no state'}; ${operation.name} is possible only while it is ${names.join(' or ')}.`,
          { field: field.name, is: typeof state === 'string' ? state : null, allowed: names },
        );
      }
    }
  }
  for (const rule of approvalsOn(loaded.model, operation.on)) {
    const missing = await tx.approvalMissing(rule, row);
    if (missing !== null) return missing;
  }
  return row;
}

/** A row that is not any more what the caller saw. */
export function movedOn(row: PlainRow, version: number | undefined): Refusal | undefined {
  if (version === undefined || version === row.version) return undefined;
  return refuse(
    'stale',
    `This row was changed since you read it: you saw version ${version}, now it is ${row.version ?? 0}. Read it again and repeat the call.`,
    { version: row.version ?? 0 },
  );
}
