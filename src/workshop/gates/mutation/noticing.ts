/** Which examples could notice that a component is broken, and whether one does: it holds with the original, in memory too, and not with the mutant. */
import { canonicalJson } from '#kernel';
import { type ComponentKey, type Example, linkModel, type ReadComponent, testPathOf } from '#model';
import { asJson, type Engines, type GateInput } from '../gate.ts';
import { alteredBy, namedBy, namedInTests } from '../reach.ts';
import { indexOf } from '../system-index.ts';
import type { Trying } from './trying.ts';

/** Examples that a mutant meets, the new ones first. */
export const MOST_EXAMPLES = 40;

export function noticing(
  engines: Engines,
  candidate: GateInput,
  components: readonly ReadComponent[],
  examples: readonly Example[],
): { of(mutant: Trying): Promise<boolean>; odd(): number } {
  const { settings } = candidate.reading;
  const odd = new Set<Example>();
  /** What noticed the last one likely notices the next. */
  let order = [...examples];
  const sound = new Map<string, boolean>();
  const run = async (one: ReadComponent, of: readonly Example[], on: Trying['mutant']): Promise<readonly boolean[]> => {
    const put = components.map((each) => (each.path === one.path ? one : each));
    const system = {
      settings,
      components: put,
      model: linkModel(
        settings,
        put.map((each) => each.contract),
      ),
    };
    const results = await engines.memory.run(asJson(system), asJson(of), {
      stopAtFailure: true,
      ...(engines.signal === undefined ? {} : { signal: engines.signal }),
      ...(on === undefined ? {} : { mutants: { [on.component]: on.id } }),
    });
    return results.map((result) => result.passed);
  };
  return {
    odd: () => odd.size,
    of: async (mutant) => {
      for (;;) {
        const usable = order.filter((example) => !odd.has(example) && canShow(example, mutant));
        const results = usable.length === 0 ? [] : await run(mutant.component, usable, mutant.mutant);
        const failed = usable[results.indexOf(false)];
        if (failed === undefined) return false;
        const key = `${mutant.mutant === undefined ? 'plain' : 'switched off'} ${examples.indexOf(failed)}`;
        if (!sound.has(key)) {
          const original = mutant.mutant === undefined ? components.find((each) => each.path === mutant.component.path) : mutant.component;
          const [holds] =
            original === undefined
              ? [false]
              : await run(original, [failed], mutant.mutant === undefined ? undefined : { ...mutant.mutant, id: 'none' });
          sound.set(key, holds === true);
        }
        if (sound.get(key) === true) {
          order = [failed, ...order.filter((example) => example !== failed)];
          return true;
        }
        odd.add(failed);
      }
    },
  };
}

/** What only time, or only a look at what went out, shows is tried on no other example. */
function canShow({ steps }: Example, { shownBy }: Trying): boolean {
  if (shownBy === undefined) return true;
  return steps.some((step) =>
    shownBy === 'time' ? 'after' in step : 'emitted' in step || 'sent' in step || ('react' in step && step.on === undefined),
  );
}

/** Examples that could notice: the new ones first, of these and of the others those beside the component: by others it may be a first step alone. */
export function examplesFor(candidate: GateInput, base: GateInput, key: ComponentKey): readonly Example[] {
  const altered = alteredBy([key], [candidate]);
  const own = testPathOf(indexOf(candidate).component(key)?.path ?? '');
  const textsOf = (path: string): ReadonlySet<string> =>
    new Set(base.reading.tests.find((tests) => tests.path === path)?.examples.map((example) => canonicalJson(example)));
  const found = candidate.reading.tests.flatMap((tests) => {
    if (namedInTests(tests).isDisjointFrom(altered)) return [];
    const same = candidate.files[tests.path] === base.files[tests.path];
    const known = same ? undefined : textsOf(tests.path);
    return tests.examples
      .filter((example) => !namedBy(example).isDisjointFrom(altered))
      .map((example) => ({
        example,
        rank: (!same && known?.has(canonicalJson(example)) !== true ? 0 : 2) + (tests.path === own ? 0 : 1),
      }));
  });
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_EXAMPLES)
    .map(({ example }) => example);
}
