/** The fields of a definition, out of the syntax: one call of a field kind a field, every option checked here where it stands. */
import { isPermanentId, permanentId, type Choice, type FieldKind, type FieldType, type PermanentId } from '#kernel';
import { daysOf, decimalPattern, limits, scaled, shapeProblem } from '#schema';
import type { DeclaredField, IdPlace, Named } from './declared.ts';
import { booleanIn, jsonOf, membersOf, numberIn, objectIn, textIn, textOf, type Members } from './literal.ts';
import { checkChoice, checkName } from './name-rules.ts';
import type { Reporter } from './reporter.ts';
import { fieldKinds } from '../sdk-names.ts';
import type { Expression, ObjectExpression } from './syntax.ts';

export interface FieldContext {
  readonly report: Reporter;
  readonly sdk: ReadonlyMap<string, string>;
  readonly ids: IdPlace[];
  /** `input`: an operation's own fields: no unique, no sensitive, nothing computed. `item`: of a list: no further lists, no unique. */
  readonly within: 'entity' | 'item' | 'input';
  /** Inside the items of a list. */
  readonly nested?: boolean;
}

const common = ['id', 'no', 'required', 'unique', 'sensitive', 'default', 'live', 'fixed'];
const own: { readonly [Kind in FieldKind]: readonly string[] } = {
  text: ['min', 'max', 'multiline', 'secret'],
  integer: ['min', 'max'],
  decimal: ['scale', 'min', 'max'],
  money: ['min', 'max'],
  quantity: ['unit', 'scale', 'min', 'max'],
  boolean: [],
  date: ['min', 'max'],
  instant: [],
  duration: ['min', 'max'],
  email: [],
  url: [],
  choice: ['choices'],
  reference: ['to'],
  list: ['item', 'itemId', 'fields'],
  json: ['shape'],
};

export function fieldsOf(node: ObjectExpression, context: FieldContext): readonly DeclaredField[] {
  const { report } = context;
  const fields: DeclaredField[] = [];
  const numbers = new Map<number, string>();
  for (const member of membersOf(node, report).values()) {
    checkName(member.name, 'a field', member.start, report);
    const field = fieldOf(member.name, member.start, member.value, context);
    if (field === undefined) continue;
    const other = numbers.get(field.no);
    if (other !== undefined)
      report(
        member.start,
        `${field.name} has the number ${field.no} of ${other}; a number is given once and for ever: take the next free one`,
      );
    numbers.set(field.no, field.name);
    fields.push(field);
  }
  return fields;
}

function fieldOf(name: string, start: number, value: Expression, context: FieldContext): DeclaredField | undefined {
  const { report } = context;
  const callee = value.type === 'CallExpression' && value.callee.type === 'Identifier' ? context.sdk.get(value.callee.name) : undefined;
  const kind = fieldKinds.find((candidate) => candidate === callee);
  if (value.type !== 'CallExpression' || kind === undefined) {
    report(
      value.start,
      `a field is a call of its kind, imported from 'theseus/sdk': ${name}: text({ id: '...', no: 1 }); kinds are ${fieldKinds.join(', ')}`,
    );
    return undefined;
  }
  const options = value.arguments[0];
  if (value.arguments.length !== 1 || options === undefined || options.type !== 'ObjectExpression') {
    report(value.start, `${kind} takes one object literal: ${kind}({ id: '...', no: 1 })`);
    return undefined;
  }
  const members = membersOf(options, report, [...common, ...own[kind]]);
  const id = idIn(members, 'id', ['f'], value.start, context);
  const no = numberIn(members, 'no', report, 1, 536_870_911);
  if (no === undefined) {
    if (!members.has('no')) report(value.start, `${name} has no number; add no: with the next free number of this definition`);
  } else if (no >= 19_000 && no <= 19_999)
    report(value.start, `the number ${no} belongs to Protobuf itself (19000 to 19999); take another`);
  const type = typeOf(kind, members, value.start, context);
  if (id === undefined || no === undefined || type === undefined) return undefined;

  const required = booleanIn(members, 'required', report);
  const unique = booleanIn(members, 'unique', report);
  const sensitive =
    booleanIn(members, 'sensitive', report) || (context.within === 'entity' && type.type.kind === 'text' && type.type.secret === true);
  const live = members.get('live')?.value;
  const fixedNode = objectIn(members, 'fixed', report);
  const computed = live !== undefined || fixedNode !== undefined;
  if (computed && context.within === 'input') report(value.start, `${name} is an input and cannot be computed; remove live and fixed`);
  if (computed && (kind === 'list' || kind === 'json')) report(value.start, `a ${kind} cannot be computed`);
  if (live !== undefined && fixedNode !== undefined) report(value.start, `${name} is either live or fixed, not both`);
  if (computed && (members.has('required') || members.has('default') || members.has('unique')))
    report(value.start, `${name} is computed, so required, unique and default have no meaning; remove them`);
  if (unique && (context.within !== 'entity' || kind === 'list' || kind === 'json' || kind === 'boolean'))
    report(value.start, `${name} cannot be unique: only plain fields of an entity can`);
  if (sensitive && context.within === 'input') report(value.start, `an input is not stored, so it cannot be sensitive`);
  let fixed: DeclaredField['fixed'];
  if (fixedNode !== undefined) {
    const parts = membersOf(fixedNode, report, ['while', 'formula', 'otherwise']);
    const condition = parts.get('while')?.value;
    const formula = parts.get('formula')?.value;
    const otherwise = parts.get('otherwise')?.value;
    if (condition === undefined || formula === undefined || otherwise === undefined)
      report(fixedNode.start, 'fixed needs while (a condition), formula, and otherwise (what rows show that have none stored)');
    else fixed = { while: condition, formula, otherwise };
  }
  const preset = members.get('default')?.value;
  const formula = preset !== undefined && (preset.type === 'ArrowFunctionExpression' || preset.type === 'Identifier');
  if (preset !== undefined && (kind === 'list' || kind === 'json')) report(preset.start, `a ${kind} has no default`);
  const json = preset === undefined || formula ? undefined : jsonOf(preset, report);
  return {
    id,
    no,
    name,
    start,
    type: type.type,
    required,
    unique,
    sensitive,
    ...(type.to === undefined ? {} : { to: type.to }),
    ...(type.fields === undefined ? {} : { fields: type.fields }),
    ...(json === undefined ? {} : { defaultLiteral: { json, start: preset?.start ?? start } }),
    ...(formula ? { defaultFormula: preset } : {}),
    ...(live === undefined ? {} : { live }),
    ...(fixed === undefined ? {} : { fixed }),
  };
}

interface TypeRead {
  readonly type: FieldType;
  readonly to?: Named;
  readonly fields?: readonly DeclaredField[];
}

function typeOf(kind: FieldKind, members: Members, start: number, context: FieldContext): TypeRead | undefined {
  const { report } = context;
  switch (kind) {
    case 'text': {
      const min = numberIn(members, 'min', report, 0, limits.multilineText);
      const max = numberIn(members, 'max', report, 1, limits.multilineText);
      ordered(min, max, start, report);
      const secret = booleanIn(members, 'secret', report);
      if (secret && context.within === 'item') report(start, 'items of a list do not sign in: a secret stands in an entity or an input');
      if (secret && (members.has('default') || members.has('unique') || members.has('live') || members.has('fixed')))
        report(start, 'a secret is neither computed nor preset nor unique');
      return {
        type: {
          kind,
          ...some({ min, max }),
          ...(booleanIn(members, 'multiline', report) ? { multiline: true } : {}),
          ...(secret ? { secret } : {}),
        },
      };
    }
    case 'integer':
    case 'duration': {
      const min = numberIn(members, 'min', report, -limits.whole, limits.whole);
      const max = numberIn(members, 'max', report, -limits.whole, limits.whole);
      ordered(min, max, start, report);
      return { type: { kind, ...some({ min, max }) } };
    }
    case 'decimal':
    case 'quantity': {
      const scale = numberIn(members, 'scale', report, 0, 10);
      if (scale === undefined) {
        if (!members.has('scale')) report(start, `${kind} needs scale: how many digits after the point, from 0 to 10`);
        return undefined;
      }
      const bounds = { ...some({ min: decimalIn(members, 'min', scale, report), max: decimalIn(members, 'max', scale, report) }) };
      ordered(
        bounds.min === undefined ? undefined : scaled(bounds.min, scale),
        bounds.max === undefined ? undefined : scaled(bounds.max, scale),
        start,
        report,
      );
      if (kind === 'decimal') return { type: { kind, scale, ...bounds } };
      const unit = textIn(members, 'unit', report, { start });
      return unit === undefined ? undefined : { type: { kind, unit, scale, ...bounds } };
    }
    case 'money': {
      /* Digits are those of the currency, so the exact check is made when the settings are known; here a bound is decimal text. */
      return {
        type: { kind, ...some({ min: decimalIn(members, 'min', undefined, report), max: decimalIn(members, 'max', undefined, report) }) },
      };
    }
    case 'date': {
      const bounds = some({ min: dateIn(members, 'min', report), max: dateIn(members, 'max', report) });
      if (bounds.min !== undefined && bounds.max !== undefined && bounds.min > bounds.max) report(start, 'min is after max');
      return { type: { kind, ...bounds } };
    }
    case 'choice': {
      const node = objectIn(members, 'choices', report);
      if (node === undefined) {
        report(start, "a choice needs choices: { name: 'c_...' }");
        return undefined;
      }
      const choices: Choice[] = [];
      for (const member of membersOf(node, report).values()) {
        checkChoice(member.name, member.start, report);
        const text = textOf(member.value);
        if (text === undefined || !isPermanentId(text) || !text.startsWith('c_'))
          report(member.value.start, `the choice ${member.name} needs a permanent id such as 'c_7k2m', never used before`);
        else {
          choices.push({ id: permanentId(text), name: member.name });
          context.ids.push({ id: permanentId(text), start: member.value.start });
        }
      }
      if (choices.length === 0) report(node.start, 'a choice needs at least one value');
      return { type: { kind, choices } };
    }
    case 'reference': {
      const to = textIn(members, 'to', report, { start });
      if (to === undefined) return undefined;
      return { type: { kind, to: permanentId('e_open') }, to: { name: to, start: members.get('to')?.value.start ?? start } };
    }
    case 'list': {
      if (context.nested === true) {
        report(start, 'a list inside the items of a list is not possible; make the items an entity of their own');
        return undefined;
      }
      const item = textIn(members, 'item', report, { start });
      const itemId = idIn(members, 'itemId', ['e'], start, context);
      const node = objectIn(members, 'fields', report);
      if (node === undefined) report(start, 'a list needs fields: { ... } of its items');
      if (item !== undefined) checkName(item, 'the items of a list', members.get('item')?.start ?? start, report);
      if (item === undefined || itemId === undefined || node === undefined) return undefined;
      const fields = fieldsOf(node, { ...context, within: context.within === 'input' ? 'input' : 'item', nested: true });
      return { type: { kind, item, itemId, fields: [] }, fields };
    }
    case 'json': {
      const node = members.get('shape')?.value;
      if (node === undefined) return { type: { kind } };
      const shape = jsonOf(node, report);
      const problem = shape === undefined ? undefined : shapeProblem(shape);
      if (problem !== undefined) report(node.start, `the shape of a json: ${problem}`);
      return shape === undefined || problem !== undefined ? undefined : { type: { kind, shape } };
    }
    default:
      return { type: { kind } };
  }
}

/** A permanent id member; missing and malformed ones are reported. */
export function idIn(
  members: Members,
  name: string,
  prefixes: readonly string[],
  start: number,
  context: { readonly report: Reporter; readonly ids: IdPlace[] },
): PermanentId | undefined {
  const member = members.get(name);
  if (member === undefined) {
    context.report(
      start,
      `the permanent id is missing; add ${name}: '${prefixes[0]}_...' with 4 to 16 letters and digits never used before`,
    );
    return undefined;
  }
  const text = textOf(member.value);
  if (text === undefined || !isPermanentId(text) || !prefixes.includes(text.charAt(0))) {
    context.report(
      member.value.start,
      `${name} must be a permanent id such as '${prefixes[0]}_7k2m': ${prefixes[0]}_ and 3 to 16 small letters and digits`,
    );
    return undefined;
  }
  context.ids.push({ id: permanentId(text), start: member.value.start });
  return permanentId(text);
}

/** Most digits after the point that any number has. */
const MOST_DIGITS = 10;
const anyDecimal = new RegExp(decimalPattern(MOST_DIGITS));
function decimalIn(members: Members, name: string, scale: number | undefined, report: Reporter): string | undefined {
  const member = members.get(name);
  if (member === undefined) return undefined;
  const text = textOf(member.value);
  if (text !== undefined && (scale === undefined ? anyDecimal.test(text) : scaled(text, scale) !== undefined)) return text;
  report(member.value.start, `${name} must be decimal text with at most ${scale ?? MOST_DIGITS} digits after the point, such as '0.00'`);
  return undefined;
}
function dateIn(members: Members, name: string, report: Reporter): string | undefined {
  const member = members.get(name);
  if (member === undefined) return undefined;
  const text = textOf(member.value);
  if (text !== undefined && daysOf(text) !== undefined) return text;
  report(member.value.start, `${name} must be a date that exists, such as '2026-01-31'`);
  return undefined;
}
function ordered(min: number | undefined, max: number | undefined, start: number, report: Reporter): void {
  if (min !== undefined && max !== undefined && min > max) report(start, `min ${min} is above max ${max}: no value could be given`);
}
/** Only the members that are there: an absent option is no member of a contract. */
function some<Value>(bounds: { readonly min: Value | undefined; readonly max: Value | undefined }): {
  readonly min?: Value;
  readonly max?: Value;
} {
  return { ...(bounds.min === undefined ? {} : { min: bounds.min }), ...(bounds.max === undefined ? {} : { max: bounds.max }) };
}
