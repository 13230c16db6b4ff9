/**
 * What callers read and how long it took, counted in this process: on the path of a request no more than a look into a map and an
 * addition. What is counted is taken away in the background. Bounded: beyond a number of shapes further ones of lists are not counted; what the
 * model itself bounds (rows by id, views, operations, lists of no filter) always is, whatever else is asked.
 */
import type { EntityContract, OperationContract, PermanentId, ViewContract } from '#kernel';
import { entityById } from '#model';
import type { ReadShape } from '#ports';
import type { ListQuery } from '#store';
import { type ReadsSeenRow, timeSteps, type TimesKeptRow } from '#store/records';
import type { Running } from '../running.ts';
import { listKey, listShape, shapeText } from './read-shape.ts';

export interface ReadsSeen {
  get(running: Running, entity: EntityContract, ms: number): void;
  list(running: Running, entity: EntityContract, query: ListQuery, ms: number): void;
  view(running: Running, view: ViewContract, ms: number): void;
  operation(running: Running, operation: OperationContract, ms: number): void;
  /** All that was counted since the last time, and nothing of it again. */
  take(minute: number): { readonly reads: readonly ReadsSeenRow[]; readonly times: readonly TimesKeptRow[] };
}
interface Tally {
  readonly running: Running;
  readonly shape: () => ReadShape | undefined;
  seen: number;
  totalMs: number;
  readonly steps: number[];
}
interface Kept {
  readonly entity: PermanentId;
  readonly withinMs: number;
  seen: number;
  late: number;
}
/** Shapes of one generation between two times of taking; callers choose those of lists. */
const mostShapes = 300;

export function openReadsSeen(): ReadsSeen {
  let tallies = new Map<Running, Map<string, Tally>>();
  let kept = new Map<string, Kept>();
  const count = (running: Running, key: string, shape: () => ReadShape | undefined, ms: number, chosen = false): void => {
    let known = tallies.get(running);
    if (known === undefined) tallies.set(running, (known = new Map<string, Tally>()));
    let tally = known.get(key);
    if (tally === undefined) {
      if (chosen && known.size >= mostShapes) return;
      known.set(key, (tally = { running, shape, seen: 0, totalMs: 0, steps: Array.from({ length: timeSteps.length + 1 }, () => 0) }));
    }
    tally.seen += 1;
    tally.totalMs += ms;
    const step = stepOf(ms);
    tally.steps[step] = (tally.steps[step] ?? 0) + 1;
  };
  const keeps = (entity: EntityContract | undefined, ms: number): void => {
    if (entity?.answersWithin === undefined) return;
    const key = `${entity.id} ${entity.answersWithin}`;
    let of = kept.get(key);
    if (of === undefined) kept.set(key, (of = { entity: entity.id, withinMs: entity.answersWithin, seen: 0, late: 0 }));
    of.seen += 1;
    if (ms > entity.answersWithin) of.late += 1;
  };
  return {
    get(running, entity, ms) {
      count(running, `get ${entity.id}`, () => ({ kind: 'get', entity: entity.id }), ms);
      keeps(entity, ms);
    },
    list(running, entity, query, ms) {
      count(running, listKey(entity.id, query), () => listShape(running.model, entity.id, query), ms, isChosen(query));
      keeps(entity, ms);
    },
    view(running, view, ms) {
      count(running, `view ${view.id}`, () => ({ kind: 'view', view: view.id }), ms);
      keeps(entityById(running.model, view.from), ms);
    },
    operation: (running, { id }, ms) => count(running, `operation ${id}`, () => ({ kind: 'operation', operation: id }), ms),
    take(minute) {
      const taken = [...tallies.values()].flatMap((known) => [...known.values()]);
      const times = [...kept.values()].map((of) => ({ ...of, minute }));
      tallies = new Map();
      kept = new Map();
      return { reads: addedUp(taken), times };
    },
  };
}

const isChosen = ({ filters = [], sort = '' }: ListQuery): boolean => filters.length > 0 || sort !== '';

/** Fields in another order are the same shape. */
function addedUp(tallies: readonly Tally[]): readonly ReadsSeenRow[] {
  const rows = new Map<string, ReadsSeenRow>();
  for (const { running, shape: shapeOf, seen, totalMs, steps } of tallies) {
    const made = shapeOf();
    if (made === undefined) continue;
    const shape = shapeText(made);
    const key = `${running.generation} ${shape}`;
    const before = rows.get(key);
    rows.set(key, {
      generation: running.generation,
      shape,
      seen: seen + (before?.seen ?? 0),
      totalMs: totalMs + (before?.totalMs ?? 0),
      steps: steps.map((step, at) => step + (before?.steps[at] ?? 0)),
    });
  }
  return [...rows.values()];
}

function stepOf(ms: number): number {
  let step = 0;
  while (step < timeSteps.length && ms > (timeSteps[step] ?? 0)) step += 1;
  return step;
}
