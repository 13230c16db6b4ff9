/**
 * Do the tests notice when the change is broken? Each changed expression and each changed body gets mutants, wrong in one
 * place; the examples that lean on it run against each in memory. A changed branch of which they notice no mutant fails:
 * nobody has shown what it is for. Mutants that live are listed with their place.
 */
import type { Contract, Expression, Finding, Json } from '#kernel';
import { canonicalJson, Fault } from '#kernel';
import {
  type Branch,
  type CodeFacts,
  type ComponentKey,
  componentKey,
  type Example,
  linkModel,
  type ReadComponent,
  testPathOf,
} from '#model';
import type { Mutated } from '#ports';
import { mutantsOf, partsOf, ruleNames } from '#rules';
import { type ChangedComponent, changedComponents } from './differences.ts';
import { extremeMutants } from './extreme-mutants.ts';
import { asJson, type Engines, evidenceOf, type Gate, type GateInput, type Proposal } from './gate.ts';
import { expressionsOf } from './leans-on.ts';
import { alteredBy, namedBy, namedInTests, sliceOf } from './reach.ts';
import { indexOf } from './system-index.ts';

interface Trying {
  readonly branch: string;
  readonly place: string;
  readonly what: string;
  readonly component: ReadComponent;
  /** For bodies: the mutant that is on. */
  readonly mutant?: { readonly component: ComponentKey; readonly id: string };
}
/** Mutants tried of one branch; more say little and cost much. */
const MOST_OF_A_BRANCH = 8;
const MOST_IN_ALL = 300;
/** Examples that a mutant meets, the new ones first; fewer once its branch is known to be noticed. */
const MOST_EXAMPLES = 40;
const FEWER_EXAMPLES = 5;
const WALL_MS = 10_000;

interface Tally {
  noticed: number;
  tried: number;
  left: number;
  readonly place: string;
  readonly live: string[];
}

export const mutationGate: Gate = async (candidate, base, engines) => {
  const until = performance.now() + WALL_MS;
  const stopped = (): boolean => engines.signal?.aborted === true;
  const findings: Finding[] = [];
  let tried = 0;
  let noticed = 0;
  for (const change of changedComponents(candidate, base)) {
    const component = change.next;
    if (component === undefined || !(change.contract || change.source)) continue;
    const examples = examplesFor(candidate, base, change.key);
    const slice = sliceOf(candidate, [change.key, ...examples.flatMap((example) => [...namedBy(example)])]);
    const trying =
      component.code !== undefined
        ? await bodyMutants(change, component, candidate, base, engines)
        : expressionMutants(change, component, candidate, slice.model.entities);
    const notices = noticing(engines, candidate, slice.components, examples);
    const branches = new Map<string, Tally>();
    for (const mutant of trying) {
      const branch = branches.get(mutant.branch) ?? { noticed: 0, tried: 0, left: 0, place: mutant.place, live: [] };
      branches.set(mutant.branch, branch);
      if (branch.tried >= MOST_OF_A_BRANCH) continue;
      if (tried >= MOST_IN_ALL || performance.now() > until || stopped()) {
        branch.left += 1;
        continue;
      }
      branch.tried += 1;
      tried += 1;
      const seen = await notices.of(mutant, branch.noticed > 0 ? FEWER_EXAMPLES : MOST_EXAMPLES);
      if (seen) {
        branch.noticed += 1;
        noticed += 1;
      } else if (stopped()) branch.left += 1;
      else branch.live.push(`${mutant.place}: ${mutant.what}`);
    }
    for (const [name, branch] of branches) findings.push(findingOf(change.key, name, branch, examples.length));
    if (notices.odd() > 0)
      findings.push({
        statement: `${change.key}: ${notices.odd()} examples do not hold in memory as they are, and notice nothing here`,
        verdict: 'pass',
        shownBy: 'not-shown',
      });
  }
  if (findings.length === 0) findings.push({ statement: 'No branch changed', verdict: 'pass', shownBy: 'checked' });
  else
    findings.push({
      statement: `${noticed} of ${tried} mutants are noticed`,
      verdict: 'pass',
      shownBy: 'tested',
      bound: `at most ${MOST_OF_A_BRANCH} mutants a branch; each meets at most ${MOST_EXAMPLES} examples, ${FEWER_EXAMPLES} once its branch is noticed`,
    });
  return evidenceOf(
    'mutation',
    'theseus rules; @stryker-mutator/instrumenter 10.1.1',
    [candidate.generation.id, base.generation.id],
    findings,
  );
};

/** Whether an example tells a mutant from the original: it holds with the original, in memory too, and not with the mutant. */
function noticing(
  engines: Engines,
  candidate: GateInput,
  components: readonly ReadComponent[],
  examples: readonly Example[],
): { of(mutant: Trying, most: number): Promise<boolean>; odd(): number } {
  const { settings } = candidate.reading;
  const odd = new Set<Example>();
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
    of: async (mutant, most) => {
      for (;;) {
        const usable = examples.filter((example) => !odd.has(example)).slice(0, most);
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
        if (sound.get(key) === true) return true;
        odd.add(failed);
      }
    },
  };
}

function findingOf(
  key: ComponentKey,
  name: string,
  branch: { noticed: number; tried: number; left: number; place: string; live: string[] },
  examples: number,
): Finding {
  const witness: Json = branch.live.slice(0, 10);
  const where = `${key} ${name} (${branch.place})`;
  if (branch.noticed > 0)
    return {
      statement: `${where}: the tests notice ${branch.noticed} of ${branch.tried} mutants`,
      verdict: 'pass',
      shownBy: 'tested',
      ...(branch.live.length > 0 ? { witness } : {}),
    };
  if (branch.tried === 0 || branch.left > 0)
    return { statement: `${where}: its mutants were not tried in the time there is`, verdict: 'unknown', shownBy: 'not-shown' };
  return {
    statement: `${where}: the tests notice none of ${branch.tried} mutants${examples === 0 ? '; no example reaches it' : ''}: add an example that depends on it`,
    verdict: 'fail',
    shownBy: 'tested',
    witness,
  };
}

/** Examples that could notice: the new ones first, then those beside the component, then others. */
function examplesFor(candidate: GateInput, base: GateInput, key: ComponentKey): readonly Example[] {
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
        rank: !same && known?.has(canonicalJson(example)) !== true ? 0 : tests.path === own ? 1 : 2,
      }));
  });
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_EXAMPLES)
    .map(({ example }) => example);
}

function expressionMutants(
  change: ChangedComponent,
  component: ReadComponent,
  candidate: Proposal,
  entities: Parameters<typeof ruleNames>[0],
): readonly Trying[] {
  if (!change.contract) return [];
  const before = new Set(
    (change.old === undefined ? [] : expressionsOf(change.old.contract)).map(
      (placed) => `${placed.member} ${canonicalJson(placed.expression)}`,
    ),
  );
  const names = ruleNames(entities, candidate.reading.settings.currency.digits);
  const line = lineOf(candidate, component);
  return expressionsOf(component.contract)
    .filter((placed) => !before.has(`${placed.member} ${canonicalJson(placed.expression)}`))
    .flatMap((placed) =>
      [...extremeMutants(placed.expression), ...mutantsOf(placed.expression, names)].map((mutant): Trying => ({
        branch: [placed.member, ...armsTo(placed.expression, mutant.expression)].join(' '),
        place: `${component.path}:${line(placed.member)}`,
        what: mutant.description,
        component: withContract(component, placed.replaced(mutant.expression)),
      })),
    );
}

/** The arms of choices on the way to the one place where two expressions differ. */
function armsTo(original: Expression, mutated: Expression): readonly string[] {
  const before = partsOf(original);
  const after = partsOf(mutated);
  const differing = before.flatMap((part, at) => (part === after[at] ? [] : [at]));
  const [at] = differing;
  if (original.node !== mutated.node || before.length !== after.length || differing.length !== 1 || at === undefined) return [];
  const [from, to] = [before[at], after[at]];
  if (from === undefined || to === undefined) return [];
  return original.node === 'condition' && at > 0 ? [at === 1 ? 'then' : 'otherwise', ...armsTo(from, to)] : armsTo(from, to);
}

async function bodyMutants(
  change: ChangedComponent,
  component: ReadComponent,
  candidate: GateInput,
  base: GateInput,
  engines: Engines,
): Promise<readonly Trying[]> {
  if (component.code === undefined || component.code === change.old?.code) return [];
  const facts = async (input: GateInput, path: string | undefined): Promise<readonly Branch[]> => {
    const text = path === undefined ? undefined : input.files[path];
    if (text === undefined || path === undefined) return [];
    const found = (await engines.reader.inspect({ [path]: text })) as unknown as { readonly [path: string]: CodeFacts };
    return found[path]?.branches ?? [];
  };
  const branches = await facts(candidate, component.path);
  const old = change.old;
  const known = new Set(
    (await facts(base, old?.path)).map((branch) => `${branch.name} ${(base.files[old?.path ?? ''] ?? '').slice(branch.start, branch.end)}`),
  );
  const changed = branches.filter(
    (branch) => !known.has(`${branch.name} ${(candidate.files[component.path] ?? '').slice(branch.start, branch.end)}`),
  );
  const { code, mutants } = await mutated(engines, component.code);
  const switched = { ...component, code };
  return mutants.flatMap((mutant): Trying[] => {
    const around = branches
      .filter((branch) => branch.start <= mutant.start && mutant.end <= branch.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    if (around === undefined || !changed.includes(around)) return [];
    const was = component.code?.slice(mutant.start, mutant.end).replace(/\s+/g, ' ').slice(0, 80) ?? '';
    return [
      {
        branch: `${around.name} line ${around.line}`,
        place: `${component.path}:${mutant.line}`,
        what: `${was} became ${mutant.replacement.replace(/\s+/g, ' ').slice(0, 80)}`,
        component: switched,
        mutant: { component: componentKey(component.kind, component.name), id: mutant.id },
      },
    ];
  });
}

/** Code that ends the process that reads it has no mutants: the gates before this one have refused it, or will at its next reading. */
async function mutated(engines: Engines, code: string): Promise<Mutated> {
  try {
    return (await engines.reader.mutate(code)) as unknown as Mutated;
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'parser-died') return { code, mutants: [] };
    throw cause;
  }
}

const withContract = (component: ReadComponent, contract: Contract): ReadComponent => ({ ...component, contract });

/** The line of a member in its component's source, by the outline. */
function lineOf(candidate: GateInput, component: ReadComponent): (member: string) => number {
  const text = candidate.files[component.path] ?? '';
  return (member) => {
    const [kind, name] = member.split('/');
    const span =
      component.outline[
        kind === 'field' ? `fields/${name}` : kind === 'invariant' ? `invariants/${name}` : kind === 'column' ? `columns/${name}` : member
      ];
    return text.slice(0, span?.start ?? 0).split('\n').length;
  };
}
