/**
 * Sequences of what callers do: plain writes of rows and runs of bodies, by callers in different roles who take turns. They start
 * from the examples that reach a body, or from rows made of its contract, and mostly do what could succeed. A seed gives the same ones. Pure.
 */
import fc from 'fast-check';
import type { BodyContract, EntityContract, Json, JsonObject, PermanentId } from '#kernel';
import { approvalsOn, entityById, type Example, type ExampleStep, isGoverned, type SystemModel } from '#model';
import { bareExample } from './bare-example.ts';
import type { Edges } from './edges.ts';
import { inputOf, rowsMade } from './generated-values.ts';
import { runs } from './hostile-inputs.ts';

export interface Participants {
  /** What the sequences are about, first. */
  readonly bodies: readonly BodyContract[];
  /** Entities whose rows they write. */
  readonly entities: readonly EntityContract[];
}
const LONGEST = 8;
/** Rows of an entity that steps can speak of, whatever they are called when it is their turn. */
const PLACES = 3;
const place = (entity: PermanentId, at: number): string => `\u0001${entity} ${at}`;

/** What a step is before it is known which rows there are. */
type Drawn = { readonly step: ExampleStep; readonly makes?: PermanentId };

export function sequencesOf(
  model: SystemModel,
  { bodies, entities }: Participants,
  examples: readonly Example[],
  { seed, count, edges }: { readonly seed: number; readonly count: number; readonly edges: Edges },
): readonly Example[] {
  const [about] = bodies;
  if (about === undefined) return [];
  const written = examples.flatMap((example) => {
    const before = startOf(example, about);
    return before === undefined ? [] : [{ before, deeds: deedsOf(example, bodies) }];
  });
  const bare = bareExample(model, about);
  const starts = [
    ...written.slice(0, 4),
    ...(bare === undefined ? [] : [{ before: bare.steps.slice(0, -1), deeds: [bare.steps.at(-1)].flatMap((step) => step ?? []) }]),
  ];
  return starts.flatMap(({ before, deeds }, at) => {
    const each = Math.ceil(count / starts.length);
    const drawn = fc.array(deed(model, bodies, entities, deeds, edges), { minLength: 4, maxLength: LONGEST });
    return fc.sample(drawn, { seed: seed + at, numRuns: Math.min(each, Math.max(0, count - at * each)) }).map((steps, number): Example => ({
      name: `${about.name} in a sequence ${at}.${number}`,
      open: true,
      steps: placed(model, before, steps),
    }));
  });
}

/** What an example does before it reaches the body: rows that are made, and what was done with them. Undefined where it does not reach it. */
function startOf(example: Example, about: BodyContract): readonly ExampleStep[] | undefined {
  const at = example.steps.findIndex((step) => runs(step, about));
  if (at < 0 || example.steps.slice(0, at).some((step) => 'find' in step && step.as !== undefined)) return undefined;
  return example.steps.slice(0, at).flatMap(asDeed);
}
const deedsOf = (example: Example, bodies: readonly BodyContract[]): readonly ExampleStep[] =>
  example.steps.filter((step) => bodies.some((body) => runs(step, body))).flatMap(asDeed);
/** Without what was to be answered; what only looks is left out. */
export function asDeed(step: ExampleStep): readonly ExampleStep[] {
  if ('read' in step || 'show' in step || 'find' in step || 'emitted' in step || 'sent' in step) return [];
  if ('today' in step || 'outside' in step || ('after' in step && !('run' in step))) return [step];
  const { then: _then, ...deed } = step;
  return [deed];
}

function deed(
  model: SystemModel,
  bodies: readonly BodyContract[],
  entities: readonly EntityContract[],
  shown: readonly ExampleStep[],
  edges: Edges,
): fc.Arbitrary<Drawn> {
  const places = new Map(model.entities.map(({ id }) => [id, Array.from({ length: PLACES }, (_, at) => place(id, at))]));
  const writers = model.settings.roles.filter((role) => role.write).map(({ name }) => name);
  const by = (roles: readonly string[]): fc.Arbitrary<{ readonly by?: string }> =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(...(roles.length > 0 ? roles : ['']), ...writers).map((role) => (role === '' ? {} : { by: role })),
      },
    );
  const row = (entity: PermanentId): fc.Arbitrary<string> => fc.constantFrom(...(places.get(entity) ?? []));
  const all: { weight: number; arbitrary: fc.Arbitrary<Drawn> }[] = [];
  for (const [at, body] of bodies.entries()) {
    const weight = at === 0 ? 5 : 3;
    if (body.kind === 'operation') {
      const on = body.on;
      const makes = body.output !== null && 'row' in body.output ? body.output.row : undefined;
      all.push({
        weight,
        arbitrary: fc
          .tuple(inputOf(body.input, places, edges, true), on === undefined ? fc.constant(undefined) : row(on), by(body.roles))
          .map(([given, to, who]) => ({
            step: { call: body.name, ...(to === undefined ? {} : { on: to }), ...who, ...(body.input.length === 0 ? {} : { with: given }) },
            ...(makes === undefined || makes === on ? {} : { makes }),
          })),
      });
    } else if (body.kind === 'reaction' && 'entity' in body.on)
      all.push({ weight, arbitrary: row(body.on.entity).map((on) => ({ step: { react: body.name, on } })) });
    else if (body.kind === 'job')
      all.push({
        weight,
        arbitrary: fc
          .integer({ min: 0, max: 60 })
          .map((days) => ({ step: { run: body.name, at: new Date(Date.UTC(2026, 0, 15 + days, 6)).toISOString().replace('.000', '') } })),
      });
  }
  // What examples do succeeds: so it leads further.
  if (shown.length > 0)
    all.push({
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...shown), by([]))
        .map(([step, who]) => ({ step: 'call' in step ? { ...step, ...who, ...('as' in step ? { as: step.as ?? '' } : {}) } : step })),
    });
  for (const entity of entities) {
    const open = entity.fields.filter(
      (field) => field.derived === undefined && !(field.type.kind === 'text' && field.type.secret === true),
    );
    if (open.length > 0)
      all.push({
        weight: 2,
        arbitrary: fc
          .tuple(row(entity.id), fc.constantFrom(...open), by([]))
          .chain(([update, field, who]) =>
            inputOf([{ ...field, required: true }], places, edges, true).map((given): Drawn => ({ step: { update, ...who, with: given } })),
          ),
      });
    all.push({
      weight: 1,
      arbitrary: fc
        .tuple(
          inputOf(
            open.filter((field) => !isGoverned(model, field)),
            places,
            edges,
            true,
          ),
          by([]),
        )
        .map(([given, who]) => ({ step: { create: entity.name, ...who, with: given }, makes: entity.id })),
    });
    all.push({ weight: 1, arbitrary: fc.tuple(row(entity.id), by([])).map(([one, who]) => ({ step: { delete: one, ...who } })) });
    for (const rule of approvalsOn(model, entity.id))
      all.push({ weight: 2, arbitrary: row(entity.id).map((approve) => ({ step: { approve, by: rule.role } })) });
  }
  return fc.oneof(...all);
}

/** With the rows that there are at each step in the places of those that it speaks of; steps that speak of rows of which there is none are left out. */
function placed(model: SystemModel, before: readonly ExampleStep[], drawn: readonly Drawn[]): readonly ExampleStep[] {
  const steps: ExampleStep[] = [...before];
  const known = new Map([...rowsMade(model, before)].map(([id, names]) => [id, [...names]]));
  for (const { step, makes } of drawn) {
    let missing = false;
    const inPlace = (value: Json): Json => {
      if (typeof value === 'string' && value.startsWith('\u0001')) {
        const [id = '', at = '0'] = value.slice(1).split(' ');
        const names = known.get(id as PermanentId) ?? [];
        const name = names[Number(at) % Math.max(1, names.length)];
        if (name === undefined) missing = true;
        return name ?? '';
      }
      if (Array.isArray(value)) return value.map(inPlace);
      return typeof value === 'object' && value !== null
        ? (Object.fromEntries(Object.entries(value as JsonObject).map(([name, inner]) => [name, inPlace(inner)])) as Json)
        : value;
    };
    const made = inPlace(step as unknown as Json) as unknown as ExampleStep;
    if (missing) continue;
    const entity = makes === undefined ? undefined : entityById(model, makes);
    if (entity === undefined) {
      steps.push(made);
      continue;
    }
    const name = `${entity.name}-${steps.length}`;
    steps.push({ ...made, as: name } as ExampleStep);
    known.set(entity.id, [...(known.get(entity.id) ?? []), name]);
  }
  return steps;
}
