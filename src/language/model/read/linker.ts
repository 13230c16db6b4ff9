/**
 * Linking: names in one file become the permanent ids of others, formulas become rule IR, rules are inlined. Each file is
 * linked by itself and remembers what it looked up (`needs`), so that a change links again only what it touches.
 * The type of a computed field is that of its formula, linked when first asked for: a circle is found by meeting itself.
 */
import {
  callerMembers,
  callerRow,
  type Expression,
  type Field,
  type PermanentId,
  permanentId,
  type Settings,
  strategyRow,
  type ValueType,
} from '#kernel';
import { valueTypeOf, withFirsts } from '#rules';
import { parseExpression, type CallableRule, type ParseScope, type RowMember } from '#rules/parse';
import { pathOf } from '../paths.ts';
import { isSecret } from '../sensitive.ts';
import { unknownStrategies } from '../strategies.ts';
import type { Declared, DeclaredDecision, DeclaredEntity, Formula, Named } from './declared.ts';
import { shellOf } from './link-fields.ts';
import type { LinkedFile, Links, Shell } from './linked-file.ts';
import { collector } from './reporter.ts';
import type { RowPlace, SystemIndex } from './system-index.ts';

export class Linker implements Links {
  readonly settings: Settings;
  readonly #index: SystemIndex;
  readonly #declared: (path: string) => Declared | undefined;
  readonly #files = new Map<string, LinkedFile>();

  constructor(settings: Settings, index: SystemIndex, declared: (path: string) => Declared | undefined) {
    this.settings = settings;
    this.#index = index;
    this.#declared = declared;
  }

  file(path: string): LinkedFile | undefined {
    const before = this.#files.get(path);
    if (before !== undefined) return before;
    const declared = this.#declared(path);
    if (declared === undefined) return undefined;
    const { report, found } = collector();
    const made: LinkedFile = { path, declared, needs: new Set(), found, report, formulas: new Map() };
    this.#files.set(path, made);
    return made;
  }
  forget(path: string): void {
    this.#files.delete(path);
  }

  /** The entity of this name, as `file` asks for it; reported where there is none. */
  entity(file: LinkedFile, name: Named): { readonly path: string; readonly declaration: DeclaredEntity } | undefined {
    const path = pathOf('entity', name.name);
    file.needs.add(`row:${path}`);
    const declared = this.#declared(path);
    if (declared?.declaration?.kind === 'entity' && declared.declaration.name === name.name)
      return { path, declaration: declared.declaration };
    if (declared === undefined || declared.declaration !== undefined)
      file.report(name.start, `there is no entity ${name.name}; it would stand in ${path}`);
    return undefined;
  }

  /** Roles that a caller may have: those of theseus.json, and those that entities give to the people who sign in as their rows. */
  roles(file: LinkedFile): readonly string[] {
    file.needs.add('roles');
    const named = this.settings.roles.map((role) => role.name);
    return [...named, ...this.#index.signingRoles().filter((role) => !named.includes(role))];
  }

  /** The fields of an entity, references resolved, nothing computed yet. */
  shell(path: string): Shell | undefined {
    const file = this.file(path);
    if (file?.declared.declaration?.kind !== 'entity') return undefined;
    file.shell ??= shellOf(file, file.declared.declaration.fields, this);
    return file.shell;
  }

  /** A formula of `file`, once. `row` is the row that it is about; `second`: its second input, who asks or the strategies of a rule. */
  formula(
    file: LinkedFile,
    key: string,
    node: Formula,
    row: PermanentId,
    expected?: ValueType,
    second?: 'caller' | DeclaredDecision,
  ): Expression | undefined {
    const before = file.formulas.get(key);
    if (before === 'busy') {
      file.report(node.start, `${key} is computed from itself, by way of what it reads; a computed field may read no field that reads it`);
      return undefined;
    }
    if (before !== undefined) return before.expression;
    file.formulas.set(key, 'busy');
    const expression = this.#parsed(file, node, row, expected, second);
    file.formulas.set(key, expression === undefined ? {} : { expression });
    return expression;
  }

  #parsed(
    file: LinkedFile,
    node: Formula,
    row: PermanentId,
    expected: ValueType | undefined,
    second: 'caller' | DeclaredDecision | undefined,
  ): Expression | undefined {
    if (node.type === 'Identifier' && file.declared.imports.has(node.name)) {
      const rule = this.#rule(file, node.name);
      if (rule === undefined) return undefined;
      if (rule.on === row) return rule.body;
      file.report(node.start, `the rule ${node.name} is about another entity`);
      return undefined;
    }
    if (node.type === 'ArrowFunctionExpression') this.#checkParameter(file, node, row);
    const parsed = shallow(() => parseExpression(node, this.#scope(file, row, expected, second)));
    if (parsed === undefined) {
      file.report(node.start, 'the formula is nested too deeply; make parts of it computed fields of their own');
      return undefined;
    }
    if (parsed.ok) return parsed.expression;
    for (const problem of parsed.problems) file.report(problem.start, problem.message);
    return undefined;
  }

  #checkParameter(file: LinkedFile, node: Formula & { readonly type: 'ArrowFunctionExpression' }, row: PermanentId): void {
    if (node.async) file.report(node.start, 'a formula cannot wait: remove async');
    const parameter = node.params[0];
    if (
      parameter === undefined ||
      parameter.type !== 'Identifier' ||
      parameter.typeAnnotation === null ||
      parameter.typeAnnotation === undefined
    )
      return;
    const place = this.#row(file, row);
    if (place === undefined || place.list !== undefined) return;
    const name = this.shell(place.path)?.name ?? '';
    const type = parameter.typeAnnotation.typeAnnotation;
    const argument =
      type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && file.declared.sdk.get(type.typeName.name) === 'Row'
        ? type.typeArguments?.params[0]
        : undefined;
    if (argument?.type === 'TSLiteralType' && argument.literal.type === 'Literal' && argument.literal.value === name) return;
    file.report(
      type.start,
      `this row is a Row<'${name}'>; write (${parameter.name}: Row<'${name}'>) and import type Row from 'theseus/sdk'`,
    );
  }

  #scope(file: LinkedFile, row: PermanentId, expected: ValueType | undefined, second: 'caller' | DeclaredDecision | undefined): ParseScope {
    const points = typeof second === 'object' ? second.points : [];
    return {
      inputs: [
        { name: 'row', type: { kind: 'row', of: row, optional: false } },
        ...(second === 'caller' ? [{ name: 'caller', type: { kind: 'row', of: callerRow, optional: false } } as const] : []),
        ...(points.length > 0 ? [{ name: 'strategy', type: { kind: 'row', of: strategyRow, optional: false } } as const] : []),
      ],
      ...(expected === undefined ? {} : { expected }),
      member: (of, name) => (of === strategyRow && typeof second === 'object' ? pointMember(second, name) : this.#member(file, of, name)),
      memberNames: (of) => (of === strategyRow ? points.map((point) => point.name) : this.#memberNames(file, of)),
      rowName: (of) => (of === strategyRow ? 'strategy' : this.#rowName(file, of)),
      choices: (field) => {
        file.needs.add(`id:${field}`);
        return this.#index.choices(field);
      },
      rule: (local) => this.#rule(file, local),
      sdk: (local) => file.declared.sdk.get(local),
      currencyDigits: this.settings.currency.digits,
    };
  }

  #rule(file: LinkedFile, local: string): CallableRule | undefined {
    const target = file.declared.imports.get(local);
    if (target === undefined) return undefined;
    file.needs.add(`rule:${target.path}`);
    const rule = this.file(target.path);
    const declaration = rule?.declared.declaration;
    if (rule === undefined || declaration?.kind !== 'rule' || declaration.form !== 'decision') {
      if (rule === undefined || declaration !== undefined)
        file.report(target.start, `${target.path} is not a decision rule of this system`);
      return undefined;
    }
    return this.decision(rule, declaration);
  }

  /** What a decision rule decides, about which entity. */
  decision(file: LinkedFile, declaration: DeclaredDecision): CallableRule | undefined {
    const on = this.entity(file, declaration.on);
    if (on === undefined) return undefined;
    const governed = this.shell(on.path)?.byName.get(declaration.governs.name);
    if (governed === undefined) {
      if (!file.formulas.has('decide')) {
        file.report(
          declaration.governs.start,
          `${declaration.on.name} has no field ${declaration.governs.name} that this rule could govern`,
        );
        file.formulas.set('decide', {});
      }
      return undefined;
    }
    const expected = valueTypeOf(governed, this.settings.currency.digits);
    const body = this.formula(
      file,
      'decide',
      declaration.decide,
      on.declaration.id,
      expected === undefined ? undefined : { ...expected, optional: true },
      declaration,
    );
    if (body === undefined) return undefined;
    for (const name of unknownStrategies(body, declaration.points))
      file.report(declaration.decide.start, `'${name}' is no strategy of this rule; they stand in strategies`);
    const firsts = new Map(declaration.points.map((point) => [point.name, point.strategies[0]?.name ?? '']));
    return { on: on.declaration.id, body: firsts.size === 0 ? body : withFirsts(body, firsts) };
  }

  /** The row that an id names, as `file` asks for it. */
  #row(file: LinkedFile, id: PermanentId): RowPlace | undefined {
    file.needs.add(`id:${id}`);
    const place = this.#index.row(id);
    if (place !== undefined) file.needs.add(`row:${place.path}`);
    return place;
  }

  #member(file: LinkedFile, of: PermanentId, name: string): RowMember | undefined {
    if (of === callerRow) return callerMember(name);
    const place = this.#row(file, of);
    if (place === undefined) return undefined;
    const shell = this.shell(place.path);
    const fields = place.list === undefined ? shell : shell?.lists.get(place.list);
    const field = fields?.byName.get(name);
    // A formula over a hash would tell of it, by what it refuses, orders or shows.
    if (field !== undefined && isSecret(field)) return undefined;
    if (field !== undefined) {
      const type = this.#fieldType(place.path, place.list, field);
      return type === undefined ? undefined : { kind: 'field', id: field.id, type };
    }
    return place.list === undefined ? this.#related(file, place.path).get(name) : undefined;
  }

  #fieldType(path: string, list: string | undefined, field: Field): ValueType | undefined {
    const type = valueTypeOf(field, this.settings.currency.digits);
    if (type === undefined || type.kind === 'list') return type;
    const optional = this.computedOptional(path, list, field.name);
    return optional === undefined ? type : { ...type, optional };
  }

  /** Whether a computed field may be absent; undefined for a field that is not computed. */
  computedOptional(path: string, list: string | undefined, name: string): boolean | undefined {
    const file = this.file(path);
    const formulas = file === undefined ? [] : this.computed(file, list, name);
    if (formulas.length === 0) return undefined;
    return formulas.some((expression) => expression?.type.optional === true);
  }

  /** The formulas that give a computed field its value: one when live, formula and otherwise when fixed; none when it is stored. */
  computed(file: LinkedFile, list: string | undefined, name: string): readonly (Expression | undefined)[] {
    const declaration = file.declared.declaration;
    const shell = this.shell(file.path);
    if (declaration?.kind !== 'entity' || shell === undefined) return [];
    const holder = list === undefined ? undefined : declaration.fields.find((field) => field.name === list);
    const declared = (list === undefined ? declaration.fields : (holder?.fields ?? [])).find((field) => field.name === name);
    const field = (list === undefined ? shell : shell.lists.get(list))?.byName.get(name);
    if (declared === undefined || field === undefined || (declared.live === undefined && declared.fixed === undefined)) return [];
    const row = holder?.type.kind === 'list' ? holder.type.itemId : declaration.id;
    const type = valueTypeOf(field, this.settings.currency.digits);
    const expected = type === undefined ? undefined : { ...type, optional: true };
    const key = list === undefined ? name : `${list}.${name}`;
    if (declared.live !== undefined) return [this.formula(file, key, declared.live, row, expected)];
    if (declared.fixed === undefined) return [];
    return [
      this.formula(file, key, declared.fixed.formula, row, expected),
      this.formula(file, `${key} otherwise`, declared.fixed.otherwise, row, expected),
    ];
  }

  /** The lists of rows that refer to a row of this entity: `orders`, or `ordersByPayer` where that would not be clear. */
  #related(file: LinkedFile, path: string): ReadonlyMap<string, RowMember> {
    file.needs.add(`refers:${path}`);
    const own = this.shell(path);
    const related = new Map<string, RowMember>();
    if (own === undefined) return related;
    for (const referrer of this.#index.referrers(path)) {
      const shell = this.shell(referrer);
      const declaration = this.#declared(referrer)?.declaration;
      if (shell === undefined || declaration?.kind !== 'entity') continue;
      const references = shell.fields.filter((field) => field.type.kind === 'reference' && field.type.to === own.id);
      const alone = references.length === 1 && !own.byName.has(declaration.plural);
      for (const field of references) {
        const name = alone ? declaration.plural : `${declaration.plural}By${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
        related.set(name, { kind: 'related', entity: declaration.id, via: field.id });
      }
    }
    return related;
  }

  #memberNames(file: LinkedFile, of: PermanentId): readonly string[] {
    if (of === callerRow) return callerMembers;
    const place = this.#row(file, of);
    const shell = place === undefined ? undefined : this.shell(place.path);
    if (place === undefined || shell === undefined) return [];
    if (place.list !== undefined) return [...(shell.lists.get(place.list)?.byName.keys() ?? [])];
    return [...shell.fields.filter((field) => !isSecret(field)).map(({ name }) => name), ...this.#related(file, place.path).keys()];
  }

  #rowName(file: LinkedFile, of: PermanentId): string {
    if (of === callerRow) return 'caller';
    const place = this.#row(file, of);
    const shell = place === undefined ? undefined : this.shell(place.path);
    if (place === undefined || shell === undefined) return 'row';
    const list = place.list === undefined ? undefined : shell.byName.get(place.list);
    return list?.type.kind === 'list' ? list.type.item : shell.name;
  }
}

/** A variation point of a rule: the text that names the strategy in use. */
function pointMember(rule: DeclaredDecision, name: string): RowMember | undefined {
  const point = rule.points.find((each) => each.name === name);
  const first = point?.strategies[0];
  return point === undefined || first === undefined ? undefined : { kind: 'field', id: rule.id, type: { kind: 'text', optional: false } };
}

/** What access rules know of who asks: texts that identify, and nothing else. */
const callerMember = (name: string): RowMember | undefined =>
  callerMembers.some((known) => known === name)
    ? { kind: 'field', id: permanentId(`x_caller${name}`), type: { kind: 'text', optional: false } }
    : undefined;

/** Undefined where the stack was too small for it: a text of strangers must not end the reading of others. */
function shallow<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
