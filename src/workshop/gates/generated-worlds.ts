/**
 * Small worlds of rows for properties: a few rows of each entity that the expressions read, as rule values, derived fields
 * computed when they are read. Values keep the bounds of their fields and often hit the constants of the expressions, one
 * more and one less: plain chance never meets an exact value.
 */
import fc from 'fast-check';
import type { EntityContract, Expression, Field, PermanentId } from '#kernel';
import { entityById, type SystemModel } from '#model';
import { constantsOf, nodesOf, type RuleConstant } from '#rules';
import { compileJavaScript, type CompiledRule, type RuleContext } from '#rules/javascript';

export type WorldRow = { readonly [field: string]: unknown };
export interface World {
  readonly rows: ReadonlyMap<PermanentId, readonly WorldRow[]>;
  readonly context: RuleContext;
}
type Drawn = { readonly [field: string]: unknown };

const MOST_ROWS = 3;
/** 2026-01-15, in days since 1970. */
const TODAY = 20_468;
const LARGEST = 1_000_000;
/** Where no bounds say more, of numbers of every size: up to so many of something, and ten times that in money. */
const USUAL = 1_000;

/** `near-constants`: numbers hit those of the expressions, to find what breaks. `every-size`: as many of tens as of thousands, to say how common something is. */
export type Spread = 'near-constants' | 'every-size';
interface Drawing {
  readonly constants: readonly RuleConstant[];
  readonly digits: number;
  readonly spread: Spread;
}

export function worldsAbout(
  model: SystemModel,
  entity: EntityContract,
  further: readonly Expression[],
  spread: Spread = 'near-constants',
): fc.Arbitrary<World> {
  const entities = reached(model, entity, further);
  const expressions = [...entities.flatMap(derivedExpressions), ...further];
  const constants = expressions.flatMap((expression) => [...constantsOf(expression)]);
  const drawing: Drawing = { constants, digits: model.settings.currency.digits, spread };
  const rows = fc.record(
    Object.fromEntries(
      entities.map((each) => [
        each.id,
        fc.array(rowOf(each.fields, drawing), {
          minLength: spread === 'every-size' && each === entity ? MOST_ROWS : 1,
          maxLength: MOST_ROWS,
        }),
      ]),
    ),
  );
  const compiled = new Map(entities.map((each) => [each.id, compileEntity(each)]));
  return rows.map((drawn) => build(entities, compiled, drawn as { readonly [id: string]: readonly Drawn[] }));
}

const derivedExpressions = (entity: EntityContract): readonly Expression[] => [
  ...entity.fields.flatMap(({ derived }) =>
    derived === undefined ? [] : derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise],
  ),
  ...entity.invariants.map((invariant) => invariant.holds),
];

/** The entity, and those whose rows its expressions read, derived fields of those among them. */
function reached(model: SystemModel, entity: EntityContract, further: readonly Expression[]): readonly EntityContract[] {
  const found = new Map([[entity.id, entity]]);
  const waiting: Expression[] = [...derivedExpressions(entity), ...further];
  for (let expression = waiting.pop(); expression !== undefined; expression = waiting.pop()) {
    for (const node of nodesOf(expression)) {
      const id = node.node === 'follow' ? node.to : node.node === 'related' ? node.entity : undefined;
      const next = id === undefined || found.has(id) ? undefined : entityById(model, id);
      if (next === undefined) continue;
      found.set(next.id, next);
      waiting.push(...derivedExpressions(next));
    }
  }
  return [...found.values()];
}

function rowOf(fields: readonly Field[], drawing: Drawing): fc.Arbitrary<Drawn> {
  return fc.record(
    Object.fromEntries(
      fields
        .filter((field) => field.derived === undefined)
        .map((field) => {
          const value = valueOf(field, drawing);
          const isThere = field.required || field.type.kind === 'list' || (drawing.spread === 'every-size' && field.default !== undefined);
          return [field.name, isThere ? value : fc.option(value, { freq: 5 })];
        }),
    ),
  );
}

function valueOf(field: Field, drawing: Drawing): fc.Arbitrary<unknown> {
  const { type } = field;
  const { constants, digits, spread } = drawing;
  const near = (scale: number, money: boolean): readonly number[] =>
    constants.flatMap((constant) =>
      constant.type.kind === 'number' &&
      constant.type.money === money &&
      constant.type.scale === scale &&
      typeof constant.value === 'number'
        ? [constant.value - 1, constant.value, constant.value + 1]
        : [],
    );
  const whole = (min: number, max: number, values: readonly number[]): fc.Arbitrary<number> => {
    const inside = [...values, 0, 1, min, max].filter((value) => value >= min && value <= max);
    return fc.oneof({ weight: 2, arbitrary: fc.integer({ min, max }) }, { weight: 1, arbitrary: fc.constantFrom(...inside) });
  };
  const sized = (min: number | undefined, max: number | undefined, usual: number): fc.Arbitrary<number> => {
    const least = min ?? Math.min(0, max ?? 0);
    return ofEverySize(least, max ?? Math.max(usual, least * 100));
  };
  const scaledTo = (text: string | undefined, scale: number): number | undefined =>
    text === undefined ? undefined : Math.round(Number(text) * 10 ** scale);
  const scaledBound = (text: string | undefined, scale: number, fallback: number): number => scaledTo(text, scale) ?? fallback;
  switch (type.kind) {
    case 'integer':
      if (spread === 'every-size') return sized(type.min, type.max, USUAL);
      return whole(type.min ?? Math.min(-100, (type.max ?? 0) - 100), type.max ?? Math.max(LARGEST, (type.min ?? 0) + 100), near(0, false));
    case 'duration':
      return whole(type.min ?? 0, type.max ?? 1e9, near(0, false));
    case 'money':
      if (spread === 'every-size') return sized(scaledTo(type.min, digits), scaledTo(type.max, digits), 10 * USUAL * 10 ** digits);
      return whole(scaledBound(type.min, digits, 0), scaledBound(type.max, digits, LARGEST * 10 ** digits), near(digits, true));
    case 'decimal':
    case 'quantity':
      if (spread === 'every-size') return sized(scaledTo(type.min, type.scale), scaledTo(type.max, type.scale), USUAL * 10 ** type.scale);
      return whole(scaledBound(type.min, type.scale, 0), scaledBound(type.max, type.scale, LARGEST), near(type.scale, false));
    case 'boolean':
      return fc.boolean();
    case 'date': {
      const days = constants.flatMap((constant) =>
        constant.type.kind === 'date' && typeof constant.value === 'number' ? [constant.value - 1, constant.value, constant.value + 1] : [],
      );
      if (spread === 'every-size') return fc.integer({ min: TODAY - 800, max: TODAY + 800 });
      return whole(TODAY - 800, TODAY + 800, [...days, TODAY, TODAY - 1, TODAY + 1]);
    }
    case 'instant':
      return fc.integer({ min: (TODAY - 400) * 86_400_000, max: (TODAY + 400) * 86_400_000 });
    case 'choice':
      return fc.constantFrom(...type.choices.map((choice) => choice.id));
    case 'reference':
      return fc.nat({ max: MOST_ROWS - 1 });
    case 'list':
      if (spread === 'every-size') return fc.array(rowOf(type.fields, drawing), { minLength: 1, maxLength: 2 });
      return fc.array(rowOf(type.fields, drawing), { minLength: field.required ? 1 : 0, maxLength: 4 });
    case 'text':
    case 'email':
    case 'url': {
      const texts = constants.flatMap((constant) =>
        constant.type.kind === 'text' && typeof constant.value === 'string' ? [constant.value] : [],
      );
      const plain = fc.string({ minLength: 1, maxLength: 12 });
      const others = spread === 'every-size' ? 9 : 1;
      return texts.length === 0
        ? plain
        : fc.oneof({ weight: others, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...texts) });
    }
    case 'json':
      return fc.constant(null);
  }
}

/** Each count of digits as often as any other: amounts are spread so, and not evenly up to the largest that may be. */
function ofEverySize(min: number, max: number): fc.Arbitrary<number> {
  const sizes: fc.Arbitrary<number>[] = min <= 0 && max >= 0 ? [fc.constant(0)] : [];
  for (let from = 1; from <= Math.max(max, -min); from *= 10) {
    const to = from * 10 - 1;
    if (max >= from && min <= to) sizes.push(fc.integer({ min: Math.max(min, from), max: Math.min(max, to) }));
    if (min <= -from && max >= -to) sizes.push(fc.integer({ min: Math.max(min, -to), max: Math.min(max, -from) }));
  }
  return fc.oneof(...sizes);
}

interface CompiledField {
  readonly name: string;
  readonly while?: CompiledRule;
  readonly formula: CompiledRule;
  readonly otherwise?: CompiledRule;
}
const compileEntity = (entity: EntityContract): readonly CompiledField[] =>
  entity.fields.flatMap(({ name, derived }): CompiledField[] => {
    if (derived === undefined) return [];
    const formula = compileJavaScript(derived.formula);
    return derived.mode === 'live'
      ? [{ name, formula }]
      : [{ name, formula, while: compileJavaScript(derived.while), otherwise: compileJavaScript(derived.otherwise) }];
  });

/** Ids are `<entity> <number>`; a reference drawn as a number is the id of a row that is there. */
function build(
  entities: readonly EntityContract[],
  compiled: ReadonlyMap<PermanentId, readonly CompiledField[]>,
  drawn: { readonly [id: string]: readonly Drawn[] },
): World {
  const rows = new Map<PermanentId, readonly WorldRow[]>();
  const byId = new Map<string, WorldRow>();
  const context: RuleContext = {
    today: TODAY,
    follow: (_entity, id) => byId.get(String(id)) ?? null,
    related: (entity, via, id) => {
      const field = entities.find((each) => each.id === entity)?.fields.find((each) => each.id === via);
      return (rows.get(entity as PermanentId) ?? []).filter((row) => field !== undefined && row[field.name] === id);
    },
  };
  const place = (fields: readonly Field[], values: Drawn): { [name: string]: unknown } =>
    Object.fromEntries(
      fields.flatMap((field): [string, unknown][] => {
        const value = values[field.name] ?? null;
        if (field.type.kind === 'reference' && typeof value === 'number')
          return [[field.name, `${field.type.to} ${value % Math.max(1, drawn[field.type.to]?.length ?? 1)}`]];
        if (field.type.kind === 'list') {
          const { fields: members } = field.type;
          return [[field.name, ((value ?? []) as readonly Drawn[]).map((item, at) => ({ id: `item ${at}`, ...place(members, item) }))]];
        }
        return field.derived === undefined ? [[field.name, value]] : [];
      }),
    );
  for (const entity of entities) {
    rows.set(
      entity.id,
      (drawn[entity.id] ?? []).map((values, at) => {
        const row: { [name: string]: unknown } = { id: `${entity.id} ${at}`, ...place(entity.fields, values) };
        for (const field of compiled.get(entity.id) ?? []) {
          Object.defineProperty(row, field.name, {
            enumerable: true,
            get: () =>
              field.while === undefined || field.while({ row }, context) === true
                ? field.formula({ row }, context)
                : field.otherwise?.({ row }, context),
          });
        }
        byId.set(`${entity.id} ${at}`, row);
        return row;
      }),
    );
  }
  return { rows, context };
}
