/**
 * Is what bodies promise kept when they are run one after the other, by several callers, among plain writes? Sequences made of the
 * contracts, and those that were found before and are kept as tests, run in memory; after each run invariants, stated properties and what
 * runs keep are looked at. What breaks is made as short as it goes, told in words, and can be kept as it stands.
 * Callers take turns between calls: within one, the store's transactions let none see what another has not finished.
 */
import { type BodyContract, type EntityContract, type Finding, hasBody, type PermanentId } from '#kernel';
import { type ComponentKey, componentKey, type Example } from '#model';
import type { Promised, Walked } from '#ports';
import { boundAt95 } from './bound-at-95.ts';
import { edgesOf } from './edges.ts';
import { asJson, type Engines, type GateInput } from './gate.ts';
import { namedBy, namedInTests, sliceOf } from './reach.ts';
import { sequencesOf } from './sequences.ts';
import { shortest } from './shortest.ts';
import { indexOf } from './system-index.ts';
import { listed, toldSequence } from './told-sequence.ts';

const SEQUENCES = 14;
/** Where nothing is promised of rows, only that nothing breaks. */
const FEWER = 4;
const MOST_BODIES = 4;

export interface StatefulSubject {
  readonly body: BodyContract;
  /** Its own text or contract is another than before: that it breaks is this candidate's doing. */
  readonly changed: boolean;
}

export async function statefulRuns(
  candidate: GateInput,
  { body, changed }: StatefulSubject,
  changedStatements: ReadonlySet<PermanentId>,
  engines: Engines,
  seed: number,
): Promise<readonly Finding[]> {
  const key = componentKey(body.kind, body.name);
  const bodies = [body, ...others(candidate, body)];
  const keys = bodies.map((one) => componentKey(one.kind, one.name));
  const tests = candidate.reading.tests.filter((file) => namedInTests(file).has(key));
  const examples = tests.flatMap((file) => file.examples.filter((example) => namedBy(example).has(key)));
  const kept = examples.filter((example) => example.open === true);
  const slice = sliceOf(candidate, [...keys, ...examples.flatMap((example) => [...namedBy(example)])]);
  const { model } = slice;
  const written = new Set(bodies.flatMap(writes));
  const entities = model.entities.filter(({ id }) => written.has(id));
  const own = changed ? [key] : [];
  const statements = statementsOf(candidate, model.entities, changedStatements).flatMap((one) => {
    const by = one.changed ? keys : own;
    return by.length === 0 ? [] : [{ ...one, promised: { ...one.promised, by } }];
  });
  const promised = statements.map((one) => one.promised);
  const edges = edgesOf(model, bodies.map((one) => codeOf(candidate, one)).join('\n'));
  const made = sequencesOf(model, { bodies, entities }, examples, { seed, count: statements.length > 0 ? SEQUENCES : FEWER, edges });
  const sequences = [...kept, ...made];
  if (sequences.length === 0) return [];
  const system = asJson({ ...slice, settings: candidate.reading.settings });
  const walk = (all: readonly Example[], signal?: AbortSignal): Promise<readonly Walked[]> =>
    engines.memory.walk(system, asJson(all), { promised, sound: own, ...(signal === undefined ? {} : { signal }) });
  const walked = await walk(sequences, engines.signal);
  const at = walked.findIndex(({ broke }) => broke !== undefined);
  if (at < 0)
    return walked.length < sequences.length ? [unfinished(body)] : [passed(body, sequences, walked, statements, kept.length, seed)];
  const [sequence, broke] = [sequences[at], walked[at]?.broke];
  if (sequence === undefined || broke === undefined) return [];
  const least = await shortest({ ...sequence, steps: sequence.steps.slice(0, broke.step + 1) }, async (tries) => {
    const results = await walk(tries);
    const found = results.findIndex((one) => one.broke !== undefined && same(one.broke, broke));
    return found < 0 ? undefined : found;
  });
  const [again] = await walk([least]);
  return [failed(candidate, key, least, again?.broke ?? broke, statements, kept.includes(sequence))];
}
type Broke = NonNullable<Walked['broke']>;
const same = (one: Broke, other: Broke): boolean => one.promise === other.promise && (one.why === undefined) === (other.why === undefined);

interface Statement {
  readonly name: string;
  readonly entity: string;
  readonly changed: boolean;
  readonly promised: Omit<Promised, 'by'>;
}
/** What is stated of rows whatever happens to them, and what runs keep. */
function statementsOf(candidate: GateInput, entities: readonly EntityContract[], changed: ReadonlySet<PermanentId>): readonly Statement[] {
  return entities.flatMap(({ id, name, invariants }): readonly Statement[] => {
    const invariant = invariants.map(({ holds }) => holds);
    const of = (statement: string, given: Promised['given'], holds: Promised['holds']): Statement => ({
      name: statement,
      entity: name,
      changed: changed.has(id),
      promised: { entity: id, given, holds },
    });
    const properties = candidate.reading.tests.flatMap((file) =>
      namedInTests(file).has(`entity/${name}`) ? file.properties.filter((property) => property.on === name) : [],
    );
    return [
      ...invariants.map((one) => of(one.name, [], one.holds)),
      ...properties.flatMap((property): readonly Statement[] => {
        const { relation } = property;
        const given = relation?.given === undefined ? [] : [relation.given];
        if (relation === undefined) return [of(property.name, invariant, property.holds)];
        return relation.kind === 'kept' ? [of(property.name, given, relation.kept)] : [];
      }),
    ];
  });
}

/** Bodies that write rows that this one reads or writes: what it does depends on them, and they on it. */
function others(candidate: GateInput, body: BodyContract): readonly BodyContract[] {
  const index = indexOf(candidate);
  const shared = new Set([...writes(body), ...touches(body)]);
  const found = new Map<ComponentKey, BodyContract>();
  for (const entity of writes(body))
    for (const { contract } of index.dependants(entity))
      if (hasBody(contract) && contract.id !== body.id && writes(contract).some((id) => shared.has(id)))
        found.set(componentKey(contract.kind, contract.name), contract);
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, contract]) => contract)
    .slice(0, MOST_BODIES - 1);
}
const writes = (body: BodyContract): readonly PermanentId[] =>
  body.capabilities.flatMap((capability) =>
    capability.kind === 'data' && capability.access.some((access) => access !== 'read') ? [capability.entity] : [],
  );
const touches = (body: BodyContract): readonly PermanentId[] =>
  body.capabilities.flatMap((capability) => (capability.kind === 'data' ? [capability.entity] : []));

function codeOf(candidate: GateInput, body: BodyContract): string {
  return indexOf(candidate).component(componentKey(body.kind, body.name))?.code ?? '';
}

const unfinished = ({ name }: BodyContract): Finding => ({
  statement: `${name}: not all sequences were run, since another gate failed`,
  verdict: 'unknown',
  shownBy: 'not-shown',
});

function passed(
  { name }: BodyContract,
  sequences: readonly Example[],
  walked: readonly Walked[],
  statements: readonly Statement[],
  kept: number,
  seed: number,
): Finding {
  const [answered, refused] = [sum(walked, 'answered'), sum(walked, 'refused')];
  const steps = sequences.reduce((all, { steps: own }) => all + own.length, 0);
  const runs = `${sequences.length} sequences, ${steps} steps by callers in turn, ${answered} runs answered and ${refused} refused, seed ${seed}`;
  if (answered === 0)
    return {
      statement: `${name} was run in sequences with what writes the same rows: none of its runs came to an answer`,
      verdict: 'pass',
      shownBy: 'not-shown',
      bound: runs,
    };
  const what =
    statements.length === 0
      ? `${name} answers or refuses`
      : `${name} keeps what is stated of rows (${[...new Set(statements.map((one) => one.name))].slice(0, 4).join(', ')}${statements.length > 4 ? ' and more' : ''})`;
  return {
    statement: `${what}, whatever was done before by whom`,
    verdict: 'pass',
    shownBy: 'tested',
    bound: `${runs}${kept === 0 ? '' : `, ${kept} of them found earlier`}; ${boundAt95(sequences.length - kept)}`,
  };
}
const sum = (walked: readonly Walked[], of: 'answered' | 'refused'): number => walked.reduce((all, one) => all + one[of], 0);

function failed(
  candidate: GateInput,
  key: ComponentKey,
  least: Example,
  broke: Broke,
  statements: readonly Statement[],
  known: boolean,
): Finding {
  const { roles } = candidate.reading.settings;
  const told = toldSequence(least.steps, (roles.find((role) => role.read && role.write && role.sensitive) ?? roles[0])?.name ?? 'somebody');
  const statement = broke.promise === undefined ? undefined : statements[broke.promise];
  const { row } = broke;
  const values = row === undefined ? '' : listed(row.values);
  const outcome =
    statement === undefined
      ? `then it breaks: ${broke.why ?? 'it failed'}`
      : `then "${statement.name}" does not hold of ${row?.name === statement.entity ? `the ${statement.entity}` : (row?.name ?? statement.entity)} (${values})`;
  const { change: _change, ...rest } = least;
  const sequence: Example = known
    ? least
    : { ...rest, name: `found: ${told.length > 160 ? `${told.slice(0, 160).toWellFormed()}...` : told}` };
  return {
    statement: `${key}${known ? ', as was found before' : ''}: ${told}; ${outcome}`,
    verdict: 'fail',
    shownBy: 'tested',
    bound: `${least.steps.length} steps, the fewest that were found`,
    witness: asJson({ component: key, sequence, ...(row === undefined ? {} : { row: { [row.name]: row.values } }) }),
  };
}
