/**
 * Do the tests notice when the change is broken? Each changed expression, each changed body and what the change states without a formula gets
 * mutants, wrong in one place; the examples that lean on it run against each in memory. Survivors are explained: proved to give the same, or something that an
 * example must show, which is told. A branch of which nothing is noticed fails, what is stated and not shown fails, and so does a component of whose mutants
 * less than four in five are noticed.
 */
import { availableParallelism, loadavg } from 'node:os';
import { type Finding, hasBody } from '#kernel';
import { changedComponents } from './differences.ts';
import { evidenceOf, type Gate } from './gate.ts';
import { bodyMutants } from './mutation/body-mutants.ts';
import { declaredTrying, expressionMutants } from './mutation/expression-mutants.ts';
import { writtenFor } from './mutation/missing-example.ts';
import { examplesFor, MOST_EXAMPLES, noticing } from './mutation/noticing.ts';
import { explained } from './mutation/survivors.ts';
import { notAsked, type Tally, toldOf, withExamples } from './mutation/told.ts';
import type { Trying } from './mutation/trying.ts';
import { unfilteredLists } from './mutation/unfiltered-lists.ts';
import { namedBy, sliceOf } from './reach.ts';
import { indexOf } from './system-index.ts';

/** For one component; each further one adds its share, so that a large change is tried as well as a small one. */
const MOST_MUTANTS = { first: 300, more: 100, inAll: 2_000 };
const WALL_MS = { first: 20_000, more: 4_000, inAll: 90_000 };
const shareOf = ({ first, more, inAll }: typeof WALL_MS, components: number): number =>
  Math.min(inAll, first + more * Math.max(0, components - 1));
/** On a machine that others work on as well the same takes as much longer; whoever wrote the change can do nothing for that. */
const slowness = (): number => Math.min(10, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
export const mutationGate: Gate = async (candidate, base, engines) => {
  const changes = changedComponents(candidate, base).filter(({ next, contract, source }) => next !== undefined && (contract || source));
  const until = performance.now() + slowness() * shareOf(WALL_MS, changes.length);
  const most = shareOf(MOST_MUTANTS, changes.length);
  const stopped = (): boolean => engines.signal?.aborted === true;
  const findings: Finding[] = [];
  let [tried, noticed, same] = [0, 0, 0];
  for (const change of changes) {
    const component = change.next;
    if (component === undefined) continue;
    const examples = examplesFor(candidate, base, change.key);
    const slice = sliceOf(candidate, [change.key, ...examples.flatMap((example) => [...namedBy(example)])]);
    const trying = [
      ...declaredTrying(change, component, candidate),
      ...(component.code !== undefined
        ? [
            ...unfilteredLists(component, change.old?.code, (id) => indexOf(candidate).entity(id)?.contract),
            ...(await bodyMutants(change, component, candidate, base, engines)),
          ]
        : expressionMutants(change, component, candidate, slice.model.entities)),
    ];
    const notices = noticing(engines, candidate, slice.components, examples);
    const branches = new Map<string, Tally>();
    for (const mutant of inTurn(trying.filter(({ asked }) => asked !== 'not'))) {
      const branch = branches.get(mutant.branch) ?? { noticed: 0, apart: 0, tried: 0, left: 0, place: mutant.place, live: [] };
      branches.set(mutant.branch, branch);
      if (tried >= most || performance.now() > until || stopped()) {
        branch.left += 1;
        continue;
      }
      branch.tried += 1;
      tried += 1;
      if (await notices.of(mutant)) {
        branch.noticed += 1;
        if (mutant.apart === true) branch.apart += 1;
        noticed += 1;
      } else if (stopped()) branch.left += 1;
      else branch.live.push(mutant);
    }
    const { contract } = component;
    const about =
      contract.kind === 'entity' ? contract.id : contract.kind === 'view' ? contract.from : hasBody(contract) ? undefined : contract.on;
    const live = await explained(
      [...branches.values()].flatMap((branch) => branch.live),
      about,
      slice.model,
      engines,
      until,
    );
    same += live.filter(({ equivalent }) => equivalent).length;
    const told = toldOf({ key: change.key, branches, live, examples: examples.length, stopped: stopped() });
    const offered = told.unshown.length === 0 || stopped() ? [] : await writtenFor(candidate, contract, told.unshown, engines);
    findings.push(...told.findings.map((finding) => withExamples(finding, offered)), ...notAsked(change.key, trying));
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
      statement: `${noticed} of ${tried - same} mutants are noticed${same === 0 ? '' : `; ${same} more are proved to change nothing`}`,
      verdict: 'pass',
      shownBy: 'tested',
      bound: `each meets at most ${MOST_EXAMPLES} examples`,
    });
  return evidenceOf(
    'mutation',
    'theseus rules; @stryker-mutator/instrumenter 10.1.1',
    [candidate.generation.id, base.generation.id],
    findings,
  );
};

/** One of each branch after the other, so that where time or number end no branch has been left out. */
function inTurn(all: readonly Trying[]): readonly Trying[] {
  const branches = [...Map.groupBy(all, ({ branch }) => branch).values()];
  const longest = Math.max(0, ...branches.map((branch) => branch.length));
  return Array.from({ length: longest }).flatMap((_, at) => branches.flatMap((branch) => branch[at] ?? []));
}
