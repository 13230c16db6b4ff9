/**
 * What a candidate took out of earlier tests, or altered there. Why: the author of the code never softens the tests. Outside the
 * scope of the change all of it fails; inside, an example may go or state something else when it holds no more, and may state more than before.
 */
import { type Field, type Finding, type Json, type JsonObject, mayAlterTest } from '#kernel';
import {
  atPath,
  type ComponentKey,
  componentKey,
  entityById,
  entityNamed,
  type Example,
  type ExampleStep,
  jobNamed,
  kindOfPath,
  operationNamed,
  pairsByPath,
  type Property,
  type ReadTests,
  reactionNamed,
  type SystemModel,
  testPathOf,
  viewNamed,
} from '#model';
import type { ExampleResult } from '#ports';
import { asJson, type Engines, type GateInput, type Proposal } from './gate.ts';
import { namedBy, sliceOf } from './reach.ts';
import { testsByPath } from './tests-by-path.ts';

interface Lost {
  readonly name: string;
  readonly path: string;
  readonly inScope: boolean;
  /** A sequence that was found, while what it is about is still there: it stays, whatever it shows now. */
  readonly stays?: true;
  /** Of an example that states less than before or is gone, while what it is about is still there. */
  readonly less?: Example;
}

export async function softened(candidate: Proposal, base: GateInput, engines: Engines): Promise<readonly Finding[]> {
  const lost = lostFrom(candidate, base);
  const asked = lost.flatMap(({ less, inScope }) => (less !== undefined && inScope ? [less] : []));
  const results = await runAgain(candidate, asked, engines);
  return lost.map(({ name, path, inScope, stays, less }): Finding => {
    if (inScope && stays === true)
      return {
        statement: `"${name}" in ${path} is a sequence, which leaves open what is answered, and was taken out or altered: keep it as it was`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: path,
      };
    if (!inScope)
      return {
        statement: `"${name}" in ${path} was taken out or altered, and the change may not touch it`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: path,
      };
    return less !== undefined && results.get(less)?.passed === true
      ? {
          statement: `"${name}" in ${path} was taken out or states less, and it still holds: keep it as it was`,
          verdict: 'fail',
          shownBy: 'tested',
          witness: path,
        }
      : { statement: `"${name}" no longer holds as it was: the change replaces it`, verdict: 'pass', shownBy: 'checked', witness: path };
  });
}

async function runAgain(candidate: GateInput, asked: readonly Example[], engines: Engines): Promise<ReadonlyMap<Example, ExampleResult>> {
  if (asked.length === 0) return new Map();
  const slice = sliceOf(
    candidate,
    asked.flatMap((example) => [...namedBy(example)]),
  );
  const results = await engines.trial.run(asJson({ ...slice, settings: candidate.reading.settings }), asJson(asked));
  return new Map(asked.flatMap((example, at) => (results[at] === undefined ? [] : [[example, results[at]] as const])));
}

function lostFrom(candidate: Proposal, base: GateInput): readonly Lost[] {
  const now = testsByPath(candidate);
  return mayDiffer(candidate, base).flatMap((old) => {
    const { key, path } = placeOf(candidate, base, old.path);
    const next = now.get(path ?? old.path);
    if (next === old) return [];
    const kept = new Map((next?.examples ?? []).map((example) => [example.name, example]));
    const properties = new Map((next?.properties ?? []).map((property) => [property.name, stated(property)]));
    const stays = path !== undefined;
    // Tests of a component that goes go with it.
    const inScope = (name: string): boolean =>
      stays ? mayAlterTest(`${key}#${name}`, candidate.scope) : candidate.scope.components.includes(key);
    return [
      ...old.examples.flatMap((example): readonly Lost[] => {
        const instead = kept.get(example.name);
        if (instead !== undefined && instead.open === example.open && JSON.stringify(instead.steps) === JSON.stringify(example.steps))
          return [];
        const less = instead === undefined || !says(instead, example);
        return [
          {
            name: example.name,
            path: old.path,
            inScope: inScope(example.name),
            ...(example.open === true &&
            stays &&
            isAbout(example, candidate.reading.model) &&
            !isFilledIn(instead, example, candidate, base)
              ? { stays: true as const }
              : {}),
            ...(less && stays && isAbout(example, candidate.reading.model) ? { less: example } : {}),
          },
        ];
      }),
      ...old.properties
        .filter((property) => properties.get(property.name) !== stated(property))
        .map((property): Lost => ({ name: property.name, path: old.path, inScope: inScope(property.name) })),
    ];
  });
}

/** The tests of the base that differ in the candidate, or stand beside a component that does. */
function mayDiffer(candidate: GateInput, base: GateInput): readonly ReadTests[] {
  const beside = pairsByPath(base.reading.components, candidate.reading.components).map(([from]) => from && testPathOf(from.path));
  const tests = pairsByPath(base.reading.tests, candidate.reading.tests).map(([from]) => from?.path);
  const paths = new Set([...beside, ...tests]);
  return base.reading.tests.filter(({ path }) => paths.has(path));
}

/** Whether it is the same sequence, with nothing more than what must now be given. */
function isFilledIn(now: Example | undefined, before: Example, candidate: GateInput, base: GateInput): boolean {
  if (now === undefined || now.open !== true || now.steps.length !== before.steps.length) return false;
  const must = ({ reading }: GateInput): ReadonlySet<string> =>
    new Set(reading.model.entities.flatMap(({ fields }) => fields.flatMap((field) => (field.required ? [field.name] : []))));
  const fresh = must(candidate).difference(must(base));
  return before.steps.every((step, at) => {
    const [old, next] = [step, now.steps[at]].map((one) => asJson(one ?? {}) as JsonObject);
    if (old === undefined || next === undefined) return false;
    const given = (next['with'] ?? {}) as JsonObject;
    const kept = Object.fromEntries(Object.entries(given).filter(([name]) => !fresh.has(name)));
    return JSON.stringify({ ...next, ...('with' in next ? { with: kept } : {}) }) === JSON.stringify(old);
  });
}

const stated = ({ on, holds, relation }: Property): string => JSON.stringify([on, holds, relation ?? null]);

/** The component that tests stand beside, and where its tests stand now; no place where it is gone. */
function placeOf(candidate: GateInput, base: GateInput, testPath: string): { readonly key: ComponentKey; readonly path?: string } {
  const path = testPath.replace(/\.test\.ts$/, '.ts');
  const before = atPath(base.reading.components, path);
  if (before === undefined) return { key: componentKey(kindOfPath(path) ?? 'entity', path) };
  const { id } = before.contract;
  const same = atPath(candidate.reading.components, path);
  const after = same?.contract.id === id ? same : candidate.reading.components.find(({ contract }) => contract.id === id);
  return { key: componentKey(before.kind, before.name), ...(after === undefined ? {} : { path: testPathOf(after.path) }) };
}

/** A step that nobody takes: it says what day it is, or what somebody outside answers. */
const sets = (step: ExampleStep): step is Extract<ExampleStep, { today: string } | { outside: string }> =>
  'today' in step || 'outside' in step;
const isTime = (step: ExampleStep): step is { readonly after: string } => 'after' in step && !('run' in step);
/** Time that passes is nobody's deed, and what follows is stated of so much of it. */
const passes = (step: ExampleStep): readonly string[] =>
  'after' in step
    ? [`after ${step.after}`]
    : 'http' in step
      ? [`${step.http} ${JSON.stringify([step.headers ?? null, 'with' in step ? step.with : null])}`]
      : [];

/** Whether one states all that the other does, perhaps more: as many statements about something else are none of it. */
function says(now: Example, before: Example): boolean {
  const left = statedBy(now);
  return statedBy(before).every((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
const statedBy = (example: Example): string[] =>
  example.steps.flatMap((step) =>
    sets(step) ? [] : ['a step', ...passes(step), ...leavesAt(asJson('then' in step ? (step.then ?? {}) : {}), '')],
  );
const leavesAt = (value: Json, place: string): string[] =>
  typeof value !== 'object' || value === null
    ? [`${place} ${JSON.stringify(value)}`]
    : Object.entries(value as JsonObject).flatMap(([name, inner]) => leavesAt(inner, `${place}.${name}`));

/** How much an example says: of each step that acts, that it is not refused, and what else must come of it. */
export const statementsOf = (example: Example): number =>
  example.steps.reduce((sum, step) => sum + (sets(step) || isTime(step) ? 0 : 1 + leaves(asJson(step.then ?? {}))), 0);
const leaves = (value: Json): number =>
  typeof value !== 'object' || value === null ? 1 : Object.values(value as JsonObject).reduce<number>((sum, one) => sum + leaves(one), 0);

/** Whether all that an example names is there in this model. */
function isAbout(example: Example, model: SystemModel): boolean {
  const rows = new Map<string, readonly Field[]>();
  return example.steps.every((step) => {
    const fields = fieldsOf(step, model, rows);
    if (fields === undefined) return false;
    if (sets(step) || isTime(step) || 'react' in step || 'run' in step || 'emitted' in step || 'sent' in step) return true;
    if ('http' in step && step.http !== undefined) return true;
    if ('as' in step && step.as !== undefined) rows.set(step.as, fields.row);
    return (
      known(fields.given, 'with' in step ? asJson(step.with ?? {}) : {}) &&
      ('then' in step && !('show' in step) && step.then !== undefined && !('refused' in step.then)
        ? known(fields.row, asJson(step.then))
        : true)
    );
  });
}

const emits = ({ operations, reactions, jobs }: SystemModel, event: string): boolean =>
  [...operations, ...reactions, ...jobs].some(({ capabilities }) =>
    capabilities.some((capability) => capability.kind === 'emit' && capability.event === event),
  );

interface StepFields {
  readonly given: readonly Field[];
  readonly row: readonly Field[];
}
function fieldsOf(step: ExampleStep, model: SystemModel, rows: ReadonlyMap<string, readonly Field[]>): StepFields | undefined {
  const of = (fields: readonly Field[] | undefined): StepFields | undefined => fields && { given: fields, row: fields };
  if (sets(step) || isTime(step) || 'sent' in step) return { given: [], row: [] };
  if ('emitted' in step) return emits(model, step.emitted) ? { given: [], row: [] } : undefined;
  if ('react' in step) return reactionNamed(model, step.react) === undefined ? undefined : { given: [], row: [] };
  if ('run' in step) return jobNamed(model, step.run) === undefined ? undefined : { given: [], row: [] };
  if ('show' in step) {
    const columns = new Set(viewNamed(model, step.show)?.columns.map((column) => column.name));
    return columns.size > 0 && step.then.every((row) => Object.keys(row).every((name) => columns.has(name)))
      ? { given: [], row: [] }
      : undefined;
  }
  if ('create' in step) return of(entityNamed(model, step.create)?.fields);
  if ('find' in step) return of(entityNamed(model, step.find)?.fields);
  if ('call' in step) {
    const operation = operationNamed(model, step.call);
    const output = operation?.output ?? undefined;
    const row = output === undefined ? [] : 'row' in output ? entityById(model, output.row)?.fields : output.fields;
    return operation === undefined || row === undefined ? undefined : { given: operation.input, row };
  }
  return of(rows.get('update' in step ? step.update : 'delete' in step ? step.delete : 'approve' in step ? step.approve : step.read));
}

function known(fields: readonly Field[], values: Json): boolean {
  return Object.entries(values as JsonObject).every(([name, value]) => {
    if (name === 'id' || name === 'version') return true;
    const field = fields.find((each) => each.name === name);
    if (field === undefined) return false;
    const { type } = field;
    return type.kind === 'list' && Array.isArray(value) ? value.every((item: Json) => known(type.fields, item)) : true;
  });
}
