/**
 * What a caller may do with one row now: each move of its workflows and each operation on it, with the reason where it may not. The write
 * path itself judges: a move is made and undone again, so that what is told is what would be answered, promises of the row and of others
 * included. Of an operation it is judged what is known before its body runs. Nothing stays of it, and nobody is told of it.
 */
import { type Caller, type EntityContract, isRefusal, type Refusal } from '#kernel';
import { type ComponentKey, componentKey, movesOn } from '#model';
import type { WriteTransaction } from '#store';
import { actsOn } from './acts-on.ts';
import { mayCall } from './broker/may-call.ts';
import type { Loaded } from './loaded.ts';
import type { ActionNow, ActionsNow, Answer, Running } from './running.ts';

/** One transaction in which `judge` may try what it likes, and which is undone. */
type Undone = <Value>(
  component: ComponentKey,
  judge: (tx: WriteTransaction, loaded: Loaded) => Promise<Value | Refusal>,
) => Promise<Answer<Value>>;

export async function actionsNow(
  running: Running,
  entity: EntityContract,
  id: string,
  caller: Caller,
  undone: Undone,
): Promise<Answer<ActionsNow>> {
  const { model } = running;
  const actions: ActionNow[] = [];
  let { generation } = running;
  let version = 0;
  const judged = async (component: ComponentKey, judge: (tx: WriteTransaction, loaded: Loaded) => Promise<readonly ActionNow[]>) => {
    const answer = await undone(component, async (tx, loaded) => {
      const row = await tx.get(entity.id, id);
      return isRefusal(row) ? row : { actions: await judge(tx, loaded), version: Number(row.version) };
    });
    if (isRefusal(answer.value)) return answer.value;
    actions.push(...answer.value.actions);
    ({ version } = answer.value);
    ({ generation } = answer);
    return undefined;
  };

  const operations = model.operations.filter((operation) => operation.on === entity.id && operation.http.path.includes('{id}'));
  const [first] = operations;
  const flows = [...Map.groupBy(movesOn(model, entity.id), ({ workflow }) => workflow)];
  const refused =
    first === undefined
      ? undefined
      : await judged(componentKey('operation', first.name), async (tx, loaded) => {
          const told: ActionNow[] = [];
          for (const operation of operations) {
            const no = mayCall(operation, caller, loaded) ?? (await actsOn(loaded, operation, id, tx, undefined));
            told.push({ of: { operation }, refusal: isRefusal(no) ? no : null });
          }
          return told;
        });
  if (refused !== undefined) return { value: refused, generation, replayed: false };
  for (const [workflow, moves] of flows) {
    const no = await judged(componentKey('workflow', workflow.name), async (tx) => {
      const told: ActionNow[] = [];
      for (const move of moves) {
        const moved = await tx.wouldMove(workflow.id, id, { name: move.name });
        told.push({ of: { move }, refusal: isRefusal(moved) ? moved : null });
      }
      return told;
    });
    if (no !== undefined) return { value: no, generation, replayed: false };
  }
  return { value: { version, actions }, generation, replayed: false };
}
