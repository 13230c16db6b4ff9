/**
 * The shortest sequence that still breaks what the long one broke: steps are left out, then what they say is made plainer, as long as it
 * breaks in the same way. What leaves nothing to break is tried and put back; the number of tries is bounded.
 */
import type { Json, JsonObject } from '#kernel';
import type { Example, ExampleStep } from '#model';

/** Which of these sequences, in their order, is the first that breaks in the same way. */
export type Breaks = (sequences: readonly Example[]) => Promise<number | undefined>;
const MOST_ROUNDS = 40;

export async function shortest(sequence: Example, breaks: Breaks): Promise<Example> {
  let best = sequence;
  for (const simpler of [without, plainer])
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const tries = simpler(best);
      const at = tries.length === 0 ? undefined : await breaks(tries);
      const found = at === undefined ? undefined : tries[at];
      if (found === undefined) break;
      best = found;
    }
  return best;
}

/** Halves first, then single steps; what names a row goes with all that speak of it. */
function without(sequence: Example): readonly Example[] {
  const { steps } = sequence;
  const half = steps.length >> 1;
  const left = (kept: readonly ExampleStep[]): readonly Example[] =>
    kept.length > 0 && kept.length < steps.length ? [{ ...sequence, steps: kept }] : [];
  return [
    ...left(whole(steps.slice(half))),
    ...left(steps.slice(0, half)),
    ...steps.flatMap((_, at) => left(whole(steps.filter((__, index) => index !== at)))),
  ];
}
/** Steps that speak of a row that no step makes any more are gone as well. */
function whole(steps: readonly ExampleStep[]): readonly ExampleStep[] {
  const named = new Set<string>();
  const kept: ExampleStep[] = [];
  for (const step of steps) {
    const about =
      'update' in step
        ? step.update
        : 'delete' in step
          ? step.delete
          : 'approve' in step
            ? step.approve
            : 'on' in step
              ? step.on
              : undefined;
    if (about !== undefined && !named.has(about)) continue;
    if ('as' in step && step.as !== undefined) named.add(step.as);
    kept.push(step);
  }
  return kept;
}

/** One thing that a step says is left out or plainer: who does it, a field, all items of a list but the first, a large number. */
function plainer(sequence: Example): readonly Example[] {
  const { steps } = sequence;
  const instead = (at: number, step: ExampleStep): Example => ({ ...sequence, steps: steps.with(at, step) });
  return steps.flatMap((step, at): readonly Example[] => {
    const made: Example[] = [];
    if ('by' in step && step.by !== undefined && !('approve' in step)) {
      const { by: _by, ...rest } = step;
      made.push(instead(at, rest as ExampleStep));
    }
    const given = 'with' in step ? step.with : undefined;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return made;
    for (const value of plainerObject(given as JsonObject)) made.push(instead(at, { ...step, with: value } as ExampleStep));
    return made;
  });
}
function plainerObject(given: JsonObject): readonly JsonObject[] {
  return Object.entries(given).flatMap(([name, value]): readonly JsonObject[] => {
    const { [name]: _out, ...rest } = given;
    return [rest, ...plainerValue(value).map((other): JsonObject => ({ ...given, [name]: other }))];
  });
}
function plainerValue(value: Json): readonly Json[] {
  if (Array.isArray(value)) {
    const [first] = value as readonly Json[];
    if (first === undefined) return [];
    return [...(value.length > 1 ? [[first]] : []), ...plainerValue(first).map((other): Json => [other, ...(value.slice(1) as Json[])])];
  }
  if (typeof value === 'number') return value > 1 ? [1] : [];
  if (typeof value === 'object' && value !== null) return plainerObject(value as JsonObject);
  if (typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) && Number(value) > 1) return ['1'];
  return [];
}
