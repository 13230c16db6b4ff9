/**
 * What can be shown for every row there could be, and not only for those that were tried? What rules ensure, bounds of computed
 * fields, stated properties, that nothing is absent where a value must be, and that a changed formula gives what it gave outside the
 * region of the change. A statement is proved, or refuted by a row that the running code was asked about, or not
 * shown; what is not shown never counts as passed.
 */
import { canonicalJson, type EntityContract, type Expression, type Finding, type Json } from '#kernel';
import { describeExpression, ruleNames, type RuleNames } from '#rules';
import { changedComponents } from './differences.ts';
import { asJson, evidenceOf, type Gate, type GateInput, type Proposal } from './gate.ts';
import { changedStatements, type About, type Ask, isBounded, type Statement } from './proof/changed-statements.ts';
import { changedFormulas, type Changed, differingWhere, questionOfSame } from './proof/preserved.ts';
import { type Answer, prove } from './proof/prove.ts';
import { promisesGone } from './proof/promises-gone.ts';
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
    const ask: Ask = (question) =>
      prove(question, engines.solver, {
        seed,
        milliseconds: Math.min(statementMs, ends - performance.now()),
        ...(engines.signal === undefined ? {} : { signal: engines.signal }),
      });
    const entities = entitiesToLookAt(candidate, base);
    if (entities.length > 0) await engines.solver.warm();
    const ends = performance.now() + allMs;
    const found = await Promise.all(
      entities.map(async ({ now, before }) => [
        ...(await about(now, before, ask)),
        ...(before === undefined ? [] : await preserved(candidate, now, before, ask)),
        ...(before === undefined ? [] : await promisesGone(now, before, candidate.scope, ask)),
      ]),
    );
    const findings = found.flat();
    if (findings.length === 0) findings.push({ statement: 'Nothing that is stated of rows changed', verdict: 'pass', shownBy: 'checked' });
    return evidenceOf('proof', engines.solver.name, [candidate.generation.id, base.generation.id], findings);
  };
export const proofGate: Gate = proofGateWithin({ statementMs: 500, allMs: 4_000 });

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
      return unknown(name, answer);
  }
}
const provedBound = (answer: Answer): string => `for every row; translation and running code agreed on ${answer.points} rows`;
const unknown = (name: string, answer: Answer): Finding => ({
  statement: `${name}: ${answer.why ?? 'it was neither proved nor refuted'}`,
  verdict: 'unknown',
  shownBy: 'not-shown',
  ...(answer.upTo === undefined ? {} : { bound: `lists of up to ${answer.upTo} items` }),
  ...(answer.witness === undefined ? {} : { witness: asJson(answer.witness) }),
});

/** Old against new, of each formula that changed. */
async function preserved(candidate: Proposal, now: About, before: About, ask: Ask): Promise<readonly Finding[]> {
  const names = ruleNames(now.model.entities, now.model.settings.currency.digits);
  const found = await Promise.all(
    changedFormulas(now, before).map(async (changed): Promise<readonly Finding[]> => {
      const models = { now: now.model, before: before.model };
      const stated = candidate.scope.regions?.[changed.now.member];
      return stated === undefined
        ? [await described(changed, now, models, names, ask)]
        : held(
            changed,
            now,
            models,
            { stated, words: wordsOf(candidate.scope, changed.now.member) ?? describeExpression(stated, names) },
            ask,
          );
    }),
  );
  return found.flat();
}
type Models = { readonly now: About['model']; readonly before: About['model'] };
/** As the asker was told it, where no other region has other words. */
const wordsOf = ({ region, regions = {} }: Proposal['scope'], member: string): string | undefined =>
  new Set(Object.values(regions).map((one) => canonicalJson(asJson(one)))).size === 1 && regions[member] !== undefined ? region : undefined;

/** Outside the region that the change names all is as it was; inside, what differs is told. */
async function held(
  changed: Changed,
  now: About,
  models: Models,
  { stated, words }: { readonly stated: Expression; readonly words: string },
  ask: Ask,
): Promise<readonly Finding[]> {
  const { name } = changed.now;
  const outside = `Where it does not hold that ${words}, ${name} gives what it gave`;
  const [answer, everywhere] = await Promise.all([
    ask(questionOfSame(changed, now.entity, models, stated)),
    ask(questionOfSame(changed, now.entity, models)),
  ]);
  if (answer.verdict === 'unknown') return [unknown(outside, answer)];
  if (answer.verdict === 'refuted')
    return [
      {
        statement: `${outside}: not so for this row, which the change does not name${gaveOf(answer)}`,
        verdict: 'fail',
        shownBy: 'tested',
        witness: asJson(answer.witness ?? null),
      },
    ];
  return [
    { statement: outside, verdict: 'pass', shownBy: 'proved', bound: provedBound(answer) },
    ...(everywhere.verdict === 'unknown'
      ? []
      : [
          everywhere.verdict === 'proved'
            ? {
                statement: `Where it holds that ${words}, ${name} gives what it gave as well`,
                verdict: 'pass' as const,
                shownBy: 'proved' as const,
                bound: provedBound(everywhere),
              }
            : {
                statement: `Where it holds that ${words}, ${name} may give something else, as for this row${gaveOf(everywhere)}`,
                verdict: 'pass' as const,
                shownBy: 'tested' as const,
                witness: asJson(everywhere.witness ?? null),
              },
        ]),
  ];
}
/** ": 12.00 before, 25.00 now". */
const gaveOf = ({ gave }: Answer): string => (gave === undefined ? '' : `: ${said(gave.before)} before, ${said(gave.now)} now`);
const said = (value: Json): string =>
  value === null
    ? 'nothing'
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

/** What is not stated is described: where it differs, or by a row for which it does. */
async function described(changed: Changed, now: About, models: Models, names: RuleNames, ask: Ask): Promise<Finding> {
  const { name } = changed.now;
  const everywhere = await ask(questionOfSame(changed, now.entity, models));
  if (everywhere.verdict === 'proved')
    return {
      statement: `${name} is written otherwise and gives what it gave`,
      verdict: 'pass',
      shownBy: 'proved',
      bound: provedBound(everywhere),
    };
  const region = everywhere.verdict === 'refuted' ? differingWhere(changed.before.of, changed.now.of) : undefined;
  const outside = region === undefined ? undefined : await ask(questionOfSame(changed, now.entity, models, region));
  const witness = everywhere.witness === undefined ? {} : { witness: asJson(everywhere.witness) };
  if (region !== undefined && outside?.verdict === 'proved')
    return {
      statement: `${name} gives what it gave, but where ${describeExpression(region, names)}${everywhere.gave === undefined ? '' : `; as for this row${gaveOf(everywhere)}`}`,
      verdict: 'pass',
      shownBy: 'proved',
      bound: provedBound(outside),
      ...witness,
    };
  return everywhere.verdict === 'refuted'
    ? {
        statement: `${name} gives something else than before, as for this row${gaveOf(everywhere)}`,
        verdict: 'pass',
        shownBy: 'tested',
        ...witness,
      }
    : { statement: `Whether ${name} still gives what it gave: ${everywhere.why ?? 'unknown'}`, verdict: 'pass', shownBy: 'not-shown' };
}
