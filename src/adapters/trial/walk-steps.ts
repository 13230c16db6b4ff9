/**
 * Steps one after the other, whatever each is answered, and after each run of a body whether what it promises to keep was kept. A row
 * is judged by what it was before the run: what a plain write has made untrue already is not the body's doing.
 */
import { isRefusal, type JsonObject, type PermanentId } from '#kernel';
import type { Example, ExampleStep } from '#model';
import type { Promised, Walked, WalkOptions } from '#ports';
import type { NamedRow } from './example-values.ts';
import { type Look, takeStep } from './run-steps.ts';
import type { Stage } from './stage.ts';

interface UnmetRow {
  readonly id: string;
  readonly [field: string]: unknown;
}
type Unmet = (promised: Pick<Promised, 'entity' | 'given' | 'holds'>) => readonly UnmetRow[];
type Deed = Exclude<ExampleStep, Look>;

export async function walkSteps(stage: Stage, example: Example, { promised, sound }: WalkOptions, unmet: Unmet): Promise<Walked> {
  const named = new Map<string, NamedRow>();
  const counts = { answered: 0, refused: 0 };
  for (const [at, step] of example.steps.entries()) {
    if ('show' in step || 'emitted' in step || 'sent' in step) continue;
    const by = ranBy(step);
    const looked = by === undefined ? [] : promised.filter((one) => one.by.includes(by));
    const before = looked.map((one) => new Set(unmet(one).map((row) => row.id)));
    const answer = await takeStep(stage, step, named);
    if (by === undefined) continue;
    counts[isRefusal(answer) ? 'refused' : 'answered'] += 1;
    if (isRefusal(answer)) {
      if (answer.code === 'component-failed' && sound.includes(by)) return { ...counts, broke: { step: at, why: answer.why } };
      continue;
    }
    for (const [index, one] of looked.entries()) {
      const row = unmet(one).find(({ id }) => before[index]?.has(id) !== true);
      if (row === undefined) continue;
      const name = [...named].find(([, { id }]) => id === row.id)?.[0] ?? nameOf(stage, one.entity);
      return { ...counts, broke: { step: at, promise: promised.indexOf(one), row: { name, values: readable(row, named) } } };
    }
  }
  return counts;
}

const nameOf = ({ running }: Stage, id: PermanentId): string => running.model.entities.find((entity) => entity.id === id)?.name ?? 'row';

/** With the names that the steps give to rows in place of their ids. */
function readable(row: UnmetRow, named: ReadonlyMap<string, NamedRow>): JsonObject {
  const names = new Map([...named].map(([name, { id }]) => [id, name]));
  const { id: _id, version: _version, ...values } = row;
  return JSON.parse(
    JSON.stringify(values, (key, value: unknown) => (key === 'id' ? undefined : (names.get(String(value)) ?? value))),
  ) as JsonObject;
}

function ranBy(step: Deed): string | undefined {
  if ('call' in step) return `operation/${step.call}`;
  if ('react' in step) return `reaction/${step.react}`;
  return 'run' in step ? `job/${step.run}` : undefined;
}
