/**
 * Where the clock takes the rows of an example while time passes in it. Why: when the time of a workflow becomes another one, what an earlier example of ours read after
 * so much time is no longer so, and it goes.
 */
import type { JsonObject, PermanentId } from '#kernel';
import { type ExampleStep, lengthMs, lengthOf, type SystemModel } from '#model';
import { stateName } from '../effect/workflows.ts';
import type { Draft } from '../expect.ts';
import { type Flow, flowsOf, keyOf, lets } from './flows.ts';

/** Rows that the clock moves in a circle. */
const MOST_MOVES = 100;

/** `states`: the state of each row, by its name and field, which steps alter as well. */
export function clockOf(
  model: SystemModel,
  named: ReadonlyMap<string, string>,
  drafts: ReadonlyMap<string, Draft>,
  states: Map<string, PermanentId>,
): { before(step: ExampleStep): void; after(): void; contradicts(step: Extract<ExampleStep, { read: string }>): boolean } {
  const since = new Map<string, readonly [state: PermanentId, at: number]>();
  let now = 0;
  const each = (visit: (row: string, flow: Flow, key: string) => void): void => {
    for (const [row, entity] of named) for (const flow of flowsOf(model, entity)) visit(row, flow, keyOf(row, flow));
  };
  return {
    before: (step) => {
      const length = 'after' in step ? lengthOf(step.after) : undefined;
      if (length === undefined) return;
      now += lengthMs(length);
      each((row, flow, key) => {
        const draft = drafts.get(row);
        for (let at = since.get(key), moves = 0; at !== undefined && moves < MOST_MOVES; moves += 1) {
          const [state, entered] = at;
          const [next] = flow.workflow.transitions
            .flatMap((one) =>
              one.after !== undefined && one.from.includes(state) ? [{ to: one.to, due: entered + lengthMs(one.after), one }] : [],
            )
            .filter(({ due, one }) => due <= now && (draft === undefined || lets(flow, one, draft)))
            .sort((a, b) => a.due - b.due);
          if (next !== undefined) since.set(key, [next.to, next.due]);
          at = next === undefined ? undefined : since.get(key);
        }
        const moved = since.get(key);
        if (moved !== undefined) states.set(key, moved[0]);
      });
    },
    after: () =>
      each((_row, _flow, key) => {
        const state = states.get(key);
        if (state !== undefined && since.get(key)?.[0] !== state) since.set(key, [state, now]);
      }),
    contradicts: ({ read, then }) =>
      now > 0 &&
      flowsOf(model, named.get(read) ?? '').some((flow) => {
        const [state, stated] = [states.get(keyOf(read, flow)), (then as JsonObject)[flow.field.name]];
        return state !== undefined && typeof stated === 'string' && stated !== stateName(flow.field, state);
      }),
  };
}
