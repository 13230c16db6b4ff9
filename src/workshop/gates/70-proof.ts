/**
 * What can be shown for every row there could be, and not only for those that were tried? What rules ensure, bounds of computed
 * fields, stated properties, that nothing is absent where a value must be, and that a changed formula gives what it gave outside the
 * region of the change. A statement is proved, or refuted by a row that the running code was asked about, or not
 * shown; what is not shown never counts as passed.
 */
import type { EntityContract, Finding } from '#kernel';
import type { Question } from '#rules/smt';
import { changedComponents } from './differences.ts';
import { asJson, evidenceOf, type Gate, type GateInput } from './gate.ts';
import { provedBound, unknownFinding } from './proof/answer-told.ts';
import { changedStatements, type About, type Ask, isBounded, type Statement } from './proof/changed-statements.ts';
import { alteredFormulas, oldAgainstNew } from './proof/old-against-new.ts';
import { type Answer, prove } from './proof/prove.ts';
import { promisesGone } from './proof/promises-gone.ts';
import { rowsOutside } from './proof/rows-outside.ts';
import { statedRegions } from './proof/stated-regions.ts';
import { alteredBy, sliceOf } from './reach.ts';
import { indexOf } from './system-index.ts';

export interface ProofLimits {
  readonly statementMs: number;
  /** Of all statements together. */
  readonly allMs: number;
}
export const proofGateWithin =
  ({ statementMs, allMs }: ProofLimits): Gate =>
  async (candidate, base, engines) => {
    const seed = Number.parseInt(candidate.generation.id.slice('sha256:'.length, 'sha256:'.length + 8), 16) | 0;
    const inTurn = turns(AT_ONCE);
    const proved: Question[] = [];
    const ask: Ask = async (question) => {
      const answer = await inTurn(() =>
        prove(question, engines.solver, {
          seed,
          milliseconds: Math.min(statementMs, ends - performance.now()),
          ...(engines.signal === undefined ? {} : { signal: engines.signal }),
        }),
      );
      if (answer.verdict === 'proved') proved.push(question);
      return answer;
    };
    const entities = entitiesToLookAt(candidate, base);
    if (entities.length > 0) await engines.solver.warm();
    const ends = performance.now() + allMs;
    const regions = await statedRegions(candidate, base, engines);
    const measuring = { candidate, base, rows: engines.rows, seed };
    const preserving = { scope: candidate.scope, altered: alteredFormulas(candidate, base), regions: regions.of, ask, measuring };
    const found = await Promise.all(
      entities.map(async ({ now, before }) => {
        // First, since it is what decides whether a person is asked: what else is open is left to examples and generated rows.
        const kept = before === undefined ? [] : await oldAgainstNew(now, before, preserving);
        const stated = await about(now, before, ask);
        return [...stated, ...kept, ...(before === undefined ? [] : await promisesGone(now, before, candidate.scope, ask))];
      }),
    );
    // What a person is asked by stands first: of very many findings some are left out.
    const findings = [...regions.found, ...found.flat(), ...(await rowsOutside(proved, base, engines.rows))].sort(
      (a, b) => Number(asks(b)) - Number(asks(a)),
    );
    if (findings.length === 0) findings.push({ statement: 'Nothing that is stated of rows changed', verdict: 'pass', shownBy: 'checked' });
    return evidenceOf('proof', engines.solver.name, [candidate.generation.id, base.generation.id], findings);
  };
const asks = ({ wide, covers }: Finding): boolean => wide === true || covers !== undefined;

/** Statements that are looked at side by side: the time of one does not run while it waits for a solver that is busy with others. */
const AT_ONCE = 3;
function turns(most: number): <Done>(work: () => Promise<Done>) => Promise<Done> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working >= most) await new Promise<void>((go) => waiting.push(go));
    else working += 1;
    try {
      return await work();
    } finally {
      // Whose turn it is next takes the place.
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
    }
  };
}
/** Wide enough that the solver's own count of effort ends a question, the same on every machine, and not the clock of a busy one. */
export const proofGate: Gate = proofGateWithin({ statementMs: 3_000, allMs: 12_000 });

function entitiesToLookAt(candidate: GateInput, base: GateInput): readonly { readonly now: About; readonly before: About | undefined }[] {
  const changed = changedComponents(candidate, base);
  const keys = alteredBy(
    changed.filter((change) => change.contract).map((change) => change.key),
    [candidate, base],
  );
  const names = new Set([...keys].flatMap((key) => (key.startsWith('entity/') ? [key.slice('entity/'.length)] : [])));
  for (const tests of candidate.reading.tests)
    if (candidate.files[tests.path] !== base.files[tests.path]) for (const property of tests.properties) names.add(property.on);
  return [...names].flatMap((name) => {
    const now = aboutIn(candidate, name);
    return now === undefined ? [] : [{ now, before: aboutIn(base, name, now.entity) }];
  });
}
/** The entity of a name, or of the id that it has in the other generation. */
function aboutIn(input: GateInput, name: string, same?: EntityContract): About | undefined {
  const index = indexOf(input);
  const component = same === undefined ? index.component(`entity/${name}`) : index.entity(same.id);
  if (component?.contract.kind !== 'entity') return undefined;
  return { input, entity: component.contract, model: sliceOf(input, [`entity/${component.name}`]).model };
}

async function about(now: About, before: About | undefined, ask: Ask): Promise<readonly Finding[]> {
  const statements = changedStatements(now, before);
  const invariants = statements.find(({ kind }) => kind === 'invariants');
  const met = invariants === undefined ? undefined : await ask(invariants.question);
  if (invariants !== undefined && met?.verdict === 'refuted') return [await contradiction(now.entity, invariants, ask)];
  const rest = statements.filter((statement) => statement !== invariants);
  const answers = await Promise.all(rest.map(async (statement) => findingOf(statement, await ask(statement.question), now)));
  return invariants === undefined || met === undefined ? answers : [findingOf(invariants, met, now), ...answers];
}

/** The fewest invariants that no row can meet. */
async function contradiction(entity: EntityContract, { question }: Statement, ask: Ask): Promise<Finding> {
  let needed = [...entity.invariants];
  for (const invariant of entity.invariants) {
    const without = needed.filter((other) => other !== invariant);
    if (without.length === 0) continue;
    const answer = await ask({ ...question, given: without.map((other) => other.holds) });
    if (answer.verdict === 'refuted') needed = without;
  }
  const names = needed.map((invariant) => invariant.name);
  return {
    statement:
      names.length === 1
        ? `${entity.name}: no row can meet ${names[0] ?? ''}, so that nothing could ever be written`
        : `${entity.name}: ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} contradict each other: no row can meet them all, so that nothing could ever be written`,
    verdict: 'fail',
    shownBy: 'proved',
    witness: names,
  };
}

function findingOf(statement: Statement, answer: Answer, { model }: About): Finding {
  const { name, kind } = statement;
  const witness = answer.witness === undefined ? {} : { witness: asJson(answer.witness) };
  switch (answer.verdict) {
    case 'proved':
      return kind === 'invariants'
        ? { statement: name, verdict: 'pass', shownBy: 'tested', bound: 'a row that does', ...witness }
        : { statement: name, verdict: 'pass', shownBy: 'proved', bound: provedBound(answer) };
    case 'refuted':
      if (kind === 'exact' && !isBounded(statement, model))
        return {
          statement: `${name} as long as its numbers are not huge: they have no bounds, and what is beyond is refused when it is written`,
          verdict: 'pass',
          shownBy: 'not-shown',
          ...witness,
        };
      return {
        statement: `${name}: does not hold for this row`,
        verdict: 'fail',
        shownBy: 'tested',
        bound: 'the running code was asked',
        ...witness,
      };
    case 'unknown':
      return unknownFinding(name, answer);
  }
}
