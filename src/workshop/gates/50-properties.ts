/**
 * Does what is stated hold for rows that nobody thought of? Generated worlds, with the constants of the rules in them, against
 * stated properties, what rules ensure, the bounds of derived fields, and whether an invariant can be met at all. The seed
 * is fixed by the candidate's digest, so that the same candidate meets the same rows. Changed operations, reactions and jobs are run
 * with generated inputs as well, in memory.
 */
import fc from 'fast-check';
import {
  type BodyContract,
  canonicalJson,
  type EntityContract,
  type Expression,
  Fault,
  type Field,
  type Finding,
  hasBody,
  type PermanentId,
} from '#kernel';
import { type ComponentKey, decisionsOn, entityNamed, type Property, type SystemModel } from '#model';
import { compileJavaScript, type CompiledRule } from '#rules/javascript';
import { boundAt95 } from './bound-at-95.ts';
import { changedComponents } from './differences.ts';
import { edgesOf } from './edges.ts';
import { asJson, type Engines, evidenceOf, type Gate, type GateInput } from './gate.ts';
import { brokeWith, generatedCalls } from './generated-calls.ts';
import { worldsAbout, type World, type WorldRow } from './generated-worlds.ts';
import { alteredBy, namedBy, namedInTests, sliceOf } from './reach.ts';
import { statefulRuns, type StatefulSubject } from './stateful-runs.ts';
import { indexOf } from './system-index.ts';

const RUNS = 100;
const WALL_MS = 2_000;
const MOST_WRITING = 2;

/** A statement over one row: what must hold, and only of rows of which `given` holds. */
interface Statement {
  readonly name: string;
  readonly holds: (row: WorldRow, world: World) => boolean;
  readonly given: boolean;
}

export const propertiesGate: Gate = async (candidate, base, engines) => {
  const seed = Number.parseInt(candidate.generation.id.slice('sha256:'.length, 'sha256:'.length + 8), 16) | 0;
  const findings: Finding[] = [];
  for (const entity of changedEntities(candidate, base)) {
    const slice = sliceOf(candidate, [`entity/${entity.name}`]);
    findings.push(...about(slice.model, entity, propertiesOn(candidate, entity.name), seed));
  }
  for (const change of changedComponents(candidate, base)) {
    const contract = change.next?.contract;
    if (contract !== undefined && hasBody(contract) && (change.source || change.contract))
      findings.push(...(await neverBreaks(candidate, contract, change.key, engines, seed)));
  }
  const stated = statementsChanged(candidate, base);
  for (const subject of subjectsOf(candidate, base, stated))
    findings.push(...(await statefulRuns(candidate, subject, stated, engines, seed)));
  if (findings.length === 0) findings.push({ statement: 'Nothing that is stated of rows changed', verdict: 'pass', shownBy: 'checked' });
  return evidenceOf('properties', 'fast-check 4.10', [candidate.generation.id], findings);
};

/** Bodies that may break what is stated: changed ones, and those that write rows of which something else is stated than before. */
function subjectsOf(candidate: GateInput, base: GateInput, stated: ReadonlySet<PermanentId>): readonly StatefulSubject[] {
  const changed = changedComponents(candidate, base).flatMap(({ next, source, contract }) =>
    next !== undefined && hasBody(next.contract) && (source || contract) ? [next.contract] : [],
  );
  const index = indexOf(candidate);
  const writing = [...stated].flatMap((entity) =>
    index
      .dependants(entity)
      .flatMap(({ contract }) =>
        hasBody(contract) &&
        !changed.some(({ id }) => id === contract.id) &&
        contract.capabilities.some(
          (capability) =>
            capability.kind === 'data' && capability.entity === entity && capability.access.some((access) => access !== 'read'),
        )
          ? [contract]
          : [],
      ),
  );
  return [
    ...changed.map((body) => ({ body, changed: true })),
    ...[...new Set(writing)].slice(0, MOST_WRITING).map((body) => ({ body, changed: false })),
  ];
}
/** Entities of whose rows something else is stated than before. */
function statementsChanged(candidate: GateInput, base: GateInput): ReadonlySet<PermanentId> {
  const of = (input: GateInput, entity: EntityContract | undefined): string =>
    entity === undefined
      ? ''
      : canonicalJson([
          entity.invariants.map(({ holds }) => holds),
          input.reading.tests.flatMap((tests) =>
            namedInTests(tests).has(`entity/${entity.name}`)
              ? tests.properties.flatMap((property) => (property.on === entity.name ? [asJson({ ...property, change: null })] : []))
              : [],
          ),
        ] as never);
  return new Set(
    changedEntityKeys(candidate, base).flatMap((name) => {
      const now = indexOf(candidate).component(`entity/${name}`)?.contract;
      if (now?.kind !== 'entity') return [];
      const old = indexOf(base).entity(now.id)?.contract;
      return of(candidate, now) === of(base, old?.kind === 'entity' ? old : undefined) ? [] : [now.id];
    }),
  );
}

/** Whatever its input, its event, its row or its instant, a body answers or refuses. */
async function neverBreaks(
  candidate: GateInput,
  body: BodyContract,
  key: ComponentKey,
  engines: Engines,
  seed: number,
): Promise<Finding[]> {
  const examples = candidate.reading.tests.flatMap((tests) => (namedInTests(tests).has(key) ? tests.examples : []));
  const near = sliceOf(candidate, [key]).model;
  const edges = edgesOf(near, indexOf(candidate).component(key)?.code ?? '');
  const calls = generatedCalls(candidate.reading.model, body, examples, seed, edges);
  const slice = sliceOf(candidate, [
    key,
    ...[...examples, ...calls.slice(0, 1).map((call) => call.example)].flatMap((example) => [...namedBy(example)]),
  ]);
  const bound = `${calls.length} generated calls, seed ${seed}; ${boundAt95(calls.length)}`;
  if (calls.length === 0)
    return [
      {
        statement: `${body.name} was called with generated inputs: no example reaches it, and no row that it needs can be made of its contract`,
        verdict: 'pass',
        shownBy: 'not-shown',
      },
    ];
  const results = await engines.memory.run(
    asJson({ ...slice, settings: candidate.reading.settings }),
    asJson(calls.map((call) => call.example)),
    engines.signal === undefined ? {} : { signal: engines.signal },
  );
  const broken = results.flatMap((result, at) => {
    const why = result.passed ? undefined : brokeWith(result.actual);
    return why === undefined ? [] : [{ why, input: calls[at]?.input ?? null }];
  });
  const [first] = broken;
  if (first === undefined && results.length < calls.length) {
    return [
      {
        statement: `${body.name}: not all generated calls were made, since another gate failed`,
        verdict: 'unknown',
        shownBy: 'not-shown',
      },
    ];
  }
  if (first === undefined)
    return [{ statement: `${body.name} answers or refuses, whatever its input`, verdict: 'pass', shownBy: 'tested', bound }];
  return [
    {
      statement: `${body.name} breaks with a generated input: ${first.why}`,
      verdict: 'fail',
      shownBy: 'tested',
      bound: `${calls.length} generated calls, seed ${seed}`,
      witness: first.input,
    },
  ];
}

/** Names of entities whose rows, rules or stated properties the change could alter. */
function changedEntityKeys(candidate: GateInput, base: GateInput): readonly string[] {
  const changed = changedComponents(candidate, base);
  const keys = alteredBy(
    changed.filter((change) => change.contract).map((change) => change.key),
    [candidate, base],
  );
  const names = new Set<string>([...keys].flatMap((key) => (key.startsWith('entity/') ? [key.slice('entity/'.length)] : [])));
  for (const tests of candidate.reading.tests)
    if (candidate.files[tests.path] !== base.files[tests.path]) for (const property of tests.properties) names.add(property.on);
  return [...names];
}
/** Those of which something else is stated than before. */
function changedEntities(candidate: GateInput, base: GateInput): readonly EntityContract[] {
  return changedEntityKeys(candidate, base).flatMap((name) => {
    const contract = indexOf(candidate).component(`entity/${name}`)?.contract;
    return contract?.kind === 'entity' && stated(candidate, base, contract) ? [contract] : [];
  });
}
/** Whether anything is stated of its rows that was not stated before in the same way. */
function stated(candidate: GateInput, base: GateInput, entity: EntityContract): boolean {
  const of = (input: GateInput, contract: EntityContract | undefined): string =>
    contract === undefined
      ? ''
      : canonicalJson([
          contract.fields.map((field) => [field.derived ?? null, field.type, field.required]),
          contract.invariants,
          decisionsOn(
            { ...input.reading.model, rules: input.reading.model.rules.filter((rule) => rule.on === contract.id) },
            contract.id,
          ).map((rule) => rule.ensures),
          propertiesOn(input, entity.name),
        ]);
  const old = indexOf(base).component(`entity/${entity.name}`)?.contract;
  return of(candidate, entity) !== of(base, old?.kind === 'entity' ? old : undefined);
}

const propertiesOn = (input: GateInput, entity: string): readonly { readonly name: string; readonly holds: Expression }[] =>
  input.reading.tests.flatMap((tests) =>
    namedInTests(tests).has(`entity/${entity}`)
      ? tests.properties.filter((property) => property.on === entity && isOfOneRow(property)).map(({ name, holds }) => ({ name, holds }))
      : [],
  );

/** Of relations, cases are looked at row by row; what is said of two rows is the proof's. */
const isOfOneRow = ({ relation }: Property): boolean => relation === undefined || relation.kind === 'cases';

function about(
  model: SystemModel,
  entity: EntityContract,
  properties: readonly { readonly name: string; readonly holds: Expression }[],
  seed: number,
): Finding[] {
  const contract = entityNamed(model, entity.name) ?? entity;
  const ensures = decisionsOn(model, contract.id).flatMap((rule) =>
    rule.ensures.map((ensured) => ({ name: `${rule.name} ensures ${ensured.name}`, holds: ensured.holds })),
  );
  const derived = contract.fields.filter((field) => field.derived !== undefined);
  const invariants = contract.invariants.map((invariant) => compileJavaScript(invariant.holds));
  if (properties.length + ensures.length + derived.length + invariants.length === 0) return [];
  const worlds = worldsAbout(
    model,
    contract,
    [...properties, ...ensures].map((each) => each.holds),
  );
  const rule = ({ name, holds }: { readonly name: string; readonly holds: Expression }, given: boolean): Statement => {
    const compiled = compileJavaScript(holds);
    return { name, given, holds: (row, world) => compiled({ row }, world.context) === true };
  };
  const statements: Statement[] = [
    ...properties.map((property) => rule(property, true)),
    ...ensures.map((ensured) => rule(ensured, false)),
    ...derived.flatMap((field): Statement[] => boundsOf(field, model.settings.currency.digits)),
  ];
  const findings = statements.map((statement) => tested(entity, worlds, statement, invariants, seed));
  if (invariants.length > 0) findings.push(met(entity, worlds, invariants, seed));
  if (findings.length === 0) findings.push(computed(entity, worlds, derived, seed));
  return findings;
}

function boundsOf(field: Field, digits: number): Statement[] {
  const { type } = field;
  if (type.kind !== 'money' && type.kind !== 'integer' && type.kind !== 'decimal' && type.kind !== 'quantity') return [];
  const scale = type.kind === 'money' ? digits : type.kind === 'integer' ? 0 : type.scale;
  const [min, max] = [type.min, type.max].map((bound) => (bound === undefined ? undefined : Math.round(Number(bound) * 10 ** scale)));
  if (min === undefined && max === undefined) return [];
  return [
    {
      name: `${field.name} keeps its bounds`,
      given: true,
      holds: (row) => {
        const value = row[field.name];
        return typeof value !== 'number' || ((min === undefined || value >= min) && (max === undefined || value <= max));
      },
    },
  ];
}

/** Overflows are refusals at run time, so such a row says nothing. */
function over<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'overflow') return otherwise;
    throw cause;
  }
}
const rowsOf = (world: World, entity: EntityContract): readonly WorldRow[] => world.rows.get(entity.id) ?? [];
const allHold = (invariants: readonly CompiledRule[], row: WorldRow, world: World): boolean =>
  invariants.every((invariant) => invariant({ row }, world.context) !== false);

function tested(
  entity: EntityContract,
  worlds: fc.Arbitrary<World>,
  statement: Statement,
  invariants: readonly CompiledRule[],
  seed: number,
): Finding {
  let looked = 0;
  // Rows of one world are not drawn independently of each other: worlds are.
  let draws = 0;
  const holds = (world: World): boolean => {
    const before = looked;
    const held = rowsOf(world, entity).every((row) =>
      over(() => {
        if (statement.given && !allHold(invariants, row, world)) return true;
        looked += 1;
        return statement.holds(row, world);
      }, true),
    );
    if (looked > before) draws += 1;
    return held;
  };
  const result = fc.check(fc.property(worlds, holds), {
    seed,
    numRuns: RUNS,
    interruptAfterTimeLimit: WALL_MS,
    markInterruptAsFailure: false,
  });
  const name = `${entity.name}: ${statement.name}`;
  const bound = `${looked} generated rows, seed ${seed}`;
  if (!result.failed) {
    return looked > 0
      ? {
          statement: name,
          verdict: 'pass',
          shownBy: 'tested',
          bound: `${looked} generated rows in ${draws} draws, seed ${seed}; ${boundAt95(draws)}`,
        }
      : { statement: `${name}: no generated row could be looked at`, verdict: 'unknown', shownBy: 'not-shown', bound };
  }
  const world = result.counterexample?.[0];
  const row =
    world === undefined
      ? undefined
      : rowsOf(world, entity).find((each) =>
          over(() => (!statement.given || allHold(invariants, each, world)) && !statement.holds(each, world), false),
        );
  return { statement: `${name}: does not hold for a generated row`, verdict: 'fail', shownBy: 'tested', bound, witness: shown(row) };
}

/** Whether any row can meet all invariants: else nothing could ever be written. */
function met(entity: EntityContract, worlds: fc.Arbitrary<World>, invariants: readonly CompiledRule[], seed: number): Finding {
  const rows = fc
    .sample(worlds, { seed, numRuns: RUNS })
    .flatMap((world) => rowsOf(world, entity).map((row) => over(() => allHold(invariants, row, world), false)));
  const good = rows.filter(Boolean).length;
  const bound = `${rows.length} generated rows, seed ${seed}`;
  if (good === 0)
    return { statement: `${entity.name}: no generated row meets all invariants`, verdict: 'unknown', shownBy: 'not-shown', bound };
  return {
    statement: `${entity.name}: ${good} of ${rows.length} generated rows meet all invariants`,
    verdict: 'pass',
    shownBy: 'tested',
    bound,
  };
}

/** Every derived field has a value or none for every row, and nothing breaks. */
function computed(entity: EntityContract, worlds: fc.Arbitrary<World>, derived: readonly Field[], seed: number): Finding {
  const sampled = fc.sample(worlds, { seed, numRuns: RUNS });
  let rows = 0;
  for (const world of sampled) {
    for (const row of rowsOf(world, entity)) {
      rows += 1;
      for (const field of derived) {
        const absent = over(() => field.required && (row[field.name] ?? null) === null, false);
        if (absent)
          return {
            statement: `${entity.name}: ${field.name} is required and absent for a generated row`,
            verdict: 'fail',
            shownBy: 'tested',
            witness: shown(row),
          };
      }
    }
  }
  return {
    statement: `${entity.name}: ${derived.map((field) => field.name).join(', ')} can be computed for every generated row`,
    verdict: 'pass',
    shownBy: 'tested',
    bound: `${rows} generated rows, seed ${seed}`,
  };
}

const shown = (row: WorldRow | undefined): ReturnType<typeof asJson> => asJson(row === undefined ? null : JSON.parse(JSON.stringify(row)));
