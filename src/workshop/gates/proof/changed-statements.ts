/**
 * What is stated of the rows of an entity, and of it what the change could make untrue: statements that are new, and those that read
 * something which differs from the base. The others were looked at when they came.
 */
import { canonicalJson, type EntityContract, type Expression, type Field } from '#kernel';
import { decisionsOn, type Property, type SystemModel } from '#model';
import { nodesOf } from '#rules';
import type { Question } from '#rules/smt';
import type { GateInput } from '../gate.ts';
import { namedInTests } from '../reach.ts';
import type { Answer } from './prove.ts';
import { any, atMostOne, boundsOf, computedBy, questionOfEnsures, systemOf } from './statements.ts';

export interface Statement {
  /** In words, without whether it is so. */
  readonly name: string;
  readonly question: Question;
  /** `exact`: what leaves the exact range is refused when it is written, so that it fails only where the bounds promise more. */
  readonly kind: 'invariants' | 'statement' | 'exact';
}
export type Ask = (question: Question) => Promise<Answer>;
/** A generation, and the part of it around one entity. */
export interface About {
  readonly input: GateInput;
  readonly model: SystemModel;
  readonly entity: EntityContract;
}

export function changedStatements(now: About, before: About | undefined): readonly Statement[] {
  const known = new Map(before === undefined ? [] : statementsAbout(before).map((each) => [each.name, signatureOf(each, before.model)]));
  return statementsAbout(now).filter((each) => known.get(each.name) !== signatureOf(each, now.model));
}

function statementsAbout({ input, model, entity }: About): readonly Statement[] {
  const system = systemOf(model);
  const given = entity.invariants.map((invariant) => invariant.holds);
  const on = { system, about: entity.id, given };
  const found: Statement[] = [];
  const add = (name: string, question: Question, kind: Statement['kind'] = 'statement'): void =>
    void found.push({ name: `${entity.name}: ${name}`, question, kind });

  if (given.length > 0) add('a row can meet all invariants', { ...on, claim: { kind: 'possible' } }, 'invariants');
  for (const rule of decisionsOn(model, entity.id)) {
    for (const ensured of rule.ensures) add(`${rule.name} ensures ${ensured.name}`, questionOfEnsures(model, rule, ensured, given));
    const governed = entity.fields.find((field) => field.id === rule.governs);
    if (governed?.derived !== undefined) continue;
    if (!rule.decide.type.optional) add(`${rule.name} always decides`, { ...on, claim: { kind: 'present', of: rule.decide } });
    add(`${rule.name} stays in the exact range`, { ...on, claim: { kind: 'exact', of: rule.decide } }, 'exact');
  }
  for (const field of entity.fields) {
    const of = computedBy(field);
    if (of === undefined) continue;
    const kept = boundsOf(field, of, system.currencyDigits);
    if (kept !== undefined) add(`${field.name} keeps its bounds`, { ...on, claim: { kind: 'holds', of: kept } });
    if (field.required || !of.type.optional) add(`${field.name} always has a value`, { ...on, claim: { kind: 'present', of } });
    if (of.type.kind !== 'boolean' && of.type.kind !== 'choice' && of.type.kind !== 'text')
      add(`${field.name} stays in the exact range`, { ...on, claim: { kind: 'exact', of } }, 'exact');
  }
  for (const tests of input.reading.tests) {
    if (!namedInTests(tests).has(`entity/${entity.name}`)) continue;
    for (const property of tests.properties)
      if (property.on === entity.name) for (const [name, question] of questionsOf(property, on)) add(name, question);
  }
  return found;
}

/** A property is one question; a relation compares two rows, or asks of its cases whether they leave a gap and whether two meet. */
function questionsOf(property: Property, on: Omit<Question, 'claim'>): readonly (readonly [string, Question])[] {
  const { name, relation } = property;
  if (relation === undefined) return [[name, { ...on, claim: { kind: 'holds', of: property.holds } }]];
  const supposed = { ...on, given: [...on.given, ...(relation.given === undefined ? [] : [relation.given])] };
  switch (relation.kind) {
    case 'monotone': {
      const { of, direction } = relation;
      return [[name, { ...supposed, claim: { kind: 'monotone', of, in: relation.in, direction } }]];
    }
    case 'idempotent':
      return [[name, { ...supposed, claim: { kind: 'idempotent', of: relation.of, into: relation.into } }]];
    // What bodies do is run, and never proved.
    case 'kept':
      return [];
    case 'cases': {
      const { cases } = relation;
      const pairs = cases.flatMap((one, at) => cases.slice(at + 1).map((other) => [one, other] as const));
      return [
        ...(relation.complete
          ? [
              [
                `${name}: one of ${cases.map((each) => each.name).join(', ')} always holds`,
                { ...supposed, claim: { kind: 'holds' as const, of: any(cases.map((each) => each.holds)) } },
              ] as const,
            ]
          : []),
        ...(relation.disjoint
          ? pairs.map(
              ([one, other]) =>
                [
                  `${name}: ${one.name} and ${other.name} never hold together`,
                  { ...supposed, claim: { kind: 'holds' as const, of: atMostOne([one.holds, other.holds]) } },
                ] as const,
            )
          : []),
      ];
    }
  }
}

/** All that a statement rests on: its formulas, those of the computed fields that it reads, and what is stated of the others. */
function signatureOf({ question }: Statement, model: SystemModel): string {
  return canonicalJson([question.claim, question.given, [...(question.instead ?? [])], readBy(questionExpressions(question), model)]);
}
const questionExpressions = ({ claim, given, instead }: Question): readonly Expression[] => [
  ...given,
  ...(instead?.values() ?? []),
  ...(claim.kind === 'possible' ? [] : claim.kind === 'same' ? [claim.before, claim.after] : [claim.of]),
];

/** The fields that expressions read, those of computed fields among them read as well. */
export function readBy(expressions: readonly Expression[], model: SystemModel): readonly Field[] {
  const fields = fieldsOf(model);
  const found = new Set<Field>();
  const waiting = [...expressions];
  for (let expression = waiting.pop(); expression !== undefined; expression = waiting.pop()) {
    for (const node of nodesOf(expression)) {
      const field = node.node === 'field' ? fields.get(node.id) : undefined;
      if (field === undefined || found.has(field)) continue;
      found.add(field);
      const { derived } = field;
      if (derived !== undefined) waiting.push(derived.formula, ...(derived.mode === 'fixed' ? [derived.while, derived.otherwise] : []));
    }
  }
  return [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
}
const known = new WeakMap<SystemModel, ReadonlyMap<string, Field>>();
function fieldsOf(model: SystemModel): ReadonlyMap<string, Field> {
  const before = known.get(model);
  if (before !== undefined) return before;
  const all = model.entities.flatMap((entity) =>
    entity.fields.flatMap((field) => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field])),
  );
  const made = new Map(all.map((field) => [field.id as string, field]));
  known.set(model, made);
  return made;
}

/** Whether all numbers that it reads have a least and a most: then nobody may count on a refusal. */
export function isBounded({ question }: Statement, model: SystemModel): boolean {
  return readBy(questionExpressions(question), model).every(({ type, derived }) => {
    if (derived !== undefined) return true;
    switch (type.kind) {
      case 'integer':
      case 'decimal':
      case 'money':
      case 'quantity':
      case 'duration':
      case 'date':
        return type.min !== undefined && type.max !== undefined;
      case 'instant':
        return false;
      default:
        return true;
    }
  });
}
