/** New names, and new fields with their type: "a unique email", "a rating from 1 to 5", "a state planned, running or done". */
import type { CallerMember } from '#kernel';
import { singularOf } from '../inflection.ts';
import { isNoName, nounType, ROLE_WORDS, TYPE_WORDS } from '../lexicon.ts';
import { camelOf, LONGEST_NAME } from '../names.ts';
import type { FieldSpec, Literal, TypeSpec } from '../request.ts';
import { either, listOf, look, named, optional, phrase, Problem, type Rule, said } from '../rule.ts';
import type { Lookup } from '../vocabulary.ts';
import { literal, number } from './values.ts';

/** Verbs that also begin names: "list price", "record number". */
const VERBAL_NOUNS = new Set(['list', 'show', 'record', 'store', 'display', 'track', 'last']);
export interface NewName {
  readonly words: string;
  readonly quoted?: true;
}

/** Up to four words without a role, also "number of seats", "placed on"; or any words in quotation marks. */
export const newName: Rule<NewName> = named('new name', () =>
  look('name', ({ tokens }, at) => {
    const first = tokens[at];
    if (first?.kind === 'quoted')
      return /^[\p{Script=Latin}\d][\p{Script=Latin}\d -]*$/u.test(first.text)
        ? [{ end: at + 1, value: { words: first.text.toLowerCase(), quoted: true } }]
        : [];
    const found: { end: number; value: NewName }[] = [];
    let words = '';
    for (let end = at; end < at + 4; end += 1) {
      const next = tokens[end];
      if (next?.kind !== 'word') break;
      if (isNoName(next.text)) break;
      const joinsOf = next.text === 'of' && /^(numbers?|dates?|day|place|country|type|kind)$/.test(words);
      const endsOn = next.text === 'on' && words !== '';
      const verbal = VERBAL_NOUNS.has(next.text) && !(end === at && tokens[at + 1]?.kind !== 'word');
      if (ROLE_WORDS.has(next.text) && !joinsOf && !endsOn && !verbal) break;
      if (end === at && TYPE_WORDS[next.text] === 'boolean') break;
      words = words === '' ? next.text : `${words} ${next.text}`;
      const saysType = end > at && first?.kind === 'word' && TYPE_WORDS[first.text] !== undefined && !words.includes(' of ');
      if (!joinsOf && !saysType && !VERBAL_NOUNS.has(words.split(' ').at(-1) ?? '')) found.push({ end: end + 1, value: { words } });
      if (endsOn) break;
    }
    return found;
  }),
);
/** Words that say what is true of a field, so they are no value of it. */
const NO_CHOICE = new Set(['given', 'left', 'filled', 'provided', 'entered', 'known']);
export const choiceName: Rule<string> = named('choice name', () =>
  look('choice', ({ tokens }, at) => {
    const first = tokens[at];
    if (first?.kind === 'quoted') return [{ end: at + 1, value: first.text }];
    const found: { end: number; value: string }[] = [];
    let words = '';
    for (let end = at; end < at + 3; end += 1) {
      const next = tokens[end];
      const allowed =
        next?.kind === 'word' &&
        !(end === at && NO_CHOICE.has(next.text)) &&
        (!ROLE_WORDS.has(next.text) || ['new', 'off', 'in', 'on', 'out', 'done'].includes(next.text));
      if (!allowed) break;
      words = words === '' ? next.text : `${words} ${next.text}`;
      if (!['in', 'on', 'out', 'new in'].includes(words)) found.push({ end: end + 1, value: words });
    }
    return found;
  }),
);
const oneWordChoice: Rule<string> = named('one-word choice', () =>
  look('choice', ({ tokens }, at) => {
    const next = tokens[at];
    if (next?.kind === 'quoted') return [{ end: at + 1, value: next.text }];
    return next?.kind === 'word' && !NO_CHOICE.has(next.text) && (!ROLE_WORDS.has(next.text) || next.text === 'new')
      ? [{ end: at + 1, value: next.text }]
      : [];
  }),
);
const orChoices = listOf('choices', choiceName, '[,] or', 2);
export const andChoices: Rule<readonly string[]> = listOf('choices with and', choiceName, '[,] (or|and)', 1);
const commaChoices: Rule<readonly string[]> = named('choices with commas', () =>
  phrase('{first} , {rest}', { first: choiceName, rest: commaTail }, ({ first, rest }): readonly string[] => [first, ...rest]),
);
const commaTail: Rule<readonly string[]> = named('choices with commas tail', () =>
  either(
    phrase('{only}', { only: choiceName }, ({ only }): readonly string[] => [only]),
    phrase('{next} , {rest}', { next: choiceName, rest: commaTail }, ({ next, rest }): readonly string[] => [next, ...rest]),
  ),
);
/** The first is one word, so that it is clear where the name before it ends. */
const bareChoices: Rule<readonly string[]> = named('bare choices', () =>
  either(
    phrase('{first} [,] or {last}', { first: oneWordChoice, last: choiceName }, ({ first, last }): readonly string[] => [first, last]),
    phrase('{first} , {rest}', { first: oneWordChoice, rest: orChoices }, ({ first, rest }): readonly string[] => [first, ...rest]),
  ),
);
export const openMark: Rule<boolean> = look('(', ({ tokens }, at) =>
  tokens[at]?.kind === 'mark' && tokens[at].text === '(' ? [{ end: at + 1, value: true }] : [],
);
export const closeMark: Rule<boolean> = look(')', ({ tokens }, at) =>
  tokens[at]?.kind === 'mark' && tokens[at].text === ')' ? [{ end: at + 1, value: true }] : [],
);

/** Usual compounds that begin with a word for a type. */
const COMPOUNDS = new Set(['number plate']);
interface Suffix {
  readonly type?: TypeSpec;
  readonly min?: string;
  readonly max?: string;
  readonly required?: boolean;
  readonly unique?: true;
  readonly default?: Literal;
  readonly caller?: CallerMember;
}
const typeWord: Rule<TypeSpec['kind']> = named('type word', () =>
  either(
    look('type', ({ tokens }, at) => {
      const found = tokens[at];
      const type = found?.kind === 'word' ? TYPE_WORDS[found.text] : undefined;
      return type === undefined ? [] : [{ end: at + 1, value: type as TypeSpec['kind'] }];
    }),
    said('(whole number)', 'integer' as TypeSpec['kind']),
    said('(decimal number)', 'decimal' as TypeSpec['kind']),
    said('(amount of money|money amount)', 'money' as TypeSpec['kind']),
  ),
);
const choices = (names: readonly string[]): Suffix | Problem => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? { type: { kind: 'choice', choices: names } } : new Problem(`"${twice}" stands twice among the choices.`);
};
const range = (low: string, high: string): Suffix | Problem =>
  !/^-?\d+$/.test(low) || !/^-?\d+$/.test(high)
    ? new Problem('The bounds of a whole number are whole numbers.')
    : Number(low) >= Number(high)
      ? new Problem(`From ${low} to ${high} leaves no value: the lower bound comes first.`)
      : { type: { kind: 'integer', min: low, max: high } };

const suffix: Rule<Suffix> = named('what a field is like', () =>
  either(
    phrase('[(that|which) (is|goes|can be)] (from|of) {low} to {high}', { low: number, high: number }, ({ low, high }) => range(low, high)),
    phrase('[(that|which) (is|can be)] between {low} and {high}', { low: number, high: number }, ({ low, high }) => range(low, high)),
    phrase(
      '[,] (that|which) (is|must be|should be|has to be|is always) (at least|no less than|not below) {low}',
      { low: number },
      ({ low }): Suffix => ({ min: low }),
    ),
    phrase(
      '[,] (that|which) (is|must be|should be|has to be|is always|may be|can be) (at most|no more than|not above|up to) {high}',
      { high: number },
      ({ high }): Suffix => ({ max: high }),
    ),
    phrase('{names}', { names: bareChoices }, ({ names }) => choices(names)),
    phrase(
      '(of|: one of|[,] which is one of|[,] that is one of|[,] that is|[,] which is|[,] that can be|[,] which can be|[,] which is either|[,] being|[,] either) {names}',
      { names: orChoices },
      ({ names }) => choices(names),
    ),
    phrase(
      '[:|which is|that is] (either|one of) {names}',
      { names: listOf('choices of one', choiceName, '[,] (or|and)', 2) },
      ({ names }) => choices(names),
    ),
    phrase(
      '(with|having) [the] (values|choices|options|states) [:] {names}',
      { names: listOf('choices named', choiceName, '[,] (or|and)', 2) },
      ({ names }) => choices(names),
    ),
    phrase(': {names}', { names: listOf('choices after colon', choiceName, '[,] (or|and)', 2) }, ({ names }) => choices(names)),
    phrase(': {names}', { names: commaChoices }, ({ names }) => choices(names)),
    phrase(
      '{open} {names} {close}',
      { open: openMark, names: either(listOf('choices in brackets', choiceName, '[,] (or|and)', 2), commaChoices), close: closeMark },
      ({ names }) => choices(names),
    ),
    phrase('{open} {type} {close}', { open: openMark, type: typeWord, close: closeMark }, ({ type }): Suffix => ({
      type: { kind: type } as TypeSpec,
    })),
    phrase('{open} (required|mandatory|compulsory) {close}', { open: openMark, close: closeMark }, (): Suffix => ({ required: true })),
    phrase('{open} optional {close}', { open: openMark, close: closeMark }, (): Suffix => ({ required: false })),
    phrase('{open} unique {close}', { open: openMark, close: closeMark }, (): Suffix => ({ unique: true })),
    phrase('[,] (that|which) (is|must be) (required|mandatory|compulsory)', {}, (): Suffix => ({ required: true })),
    phrase('[,] (that|which) is optional', {}, (): Suffix => ({ required: false })),
    phrase('[,] (that|which) (is|must be|should be|has to be) unique', {}, (): Suffix => ({ unique: true })),
    phrase(
      '[,] (of type|as a|as an|as|, which is a|, which is an|that is a|that is an|which is a|which is an) {type}',
      { type: typeWord },
      ({ type }): Suffix => ({ type: { kind: type } as TypeSpec }),
    ),
    phrase(
      "[,] (by default|which is by default|that is by default|filled with|defaulting to) (the caller ('s|') {what}|the {what} of [the|its] caller) [,]",
      { what: callerMember },
      ({ what }): Suffix => ({ caller: what, type: { kind: 'text' } }),
    ),
    phrase(
      '[,] [(which|that) is|by default] (the caller who|the user who|the person who|the caller that|whoever) (creates|created|makes|made|adds|added|enters|entered|records|recorded) (it|them|the row) [,]',
      {},
      (): Suffix => ({ caller: 'id', type: { kind: 'text' } }),
    ),
    phrase(
      '[,] (by default {value}|{value} by default|with [a|the] default [of] {value}|with default {value}|defaulting to {value})',
      { value: literal },
      ({ value }): Suffix => ({ default: value }),
    ),
  ),
);
const suffixes: Rule<readonly Suffix[]> = named('what a field is like, all of it', () =>
  either(
    phrase('', {}, (): readonly Suffix[] => []),
    phrase('{first} {rest}', { first: suffix, rest: suffixes }, ({ first, rest }): readonly Suffix[] => [first, ...rest]),
  ),
);
type Modifier = 'required' | 'optional' | 'unique';
const modifiers: Rule<readonly Modifier[]> = named('modifiers', () =>
  either(
    phrase('', {}, (): readonly Modifier[] => []),
    phrase('(required|mandatory|compulsory) [,|and] {rest}', { rest: modifiers }, ({ rest }): readonly Modifier[] => ['required', ...rest]),
    phrase('optional [,|and] {rest}', { rest: modifiers }, ({ rest }): readonly Modifier[] => ['optional', ...rest]),
    phrase('unique [,|and] {rest}', { rest: modifiers }, ({ rest }): readonly Modifier[] => ['unique', ...rest]),
  ),
);
const callerMember: Rule<CallerMember> = either(said('(id|user id)', 'id' as const), said('name', 'name' as const));
const article = optional(said('(a|an|the|their|its|one|another|new|a new|also a|also an|the new|a further|an additional)', true));

/** A field that may be a list of items. */
export const newField: Rule<FieldSpec> = named('new field', () => either(plainField, listField));
export const plainField: Rule<FieldSpec> = named('new plain field', () =>
  either(
    phrase(
      '[{article}] {mods} {name} [field] {rest}',
      { article, mods: modifiers, name: newName, rest: suffixes },
      ({ mods, name, rest }, { lookup }) => spec(lookup, name, undefined, mods, rest),
    ),
    phrase(
      '[{article}] {mods} {type} [field] [called|named] {name} {rest}',
      { article, mods: modifiers, type: typeWord, name: newName, rest: suffixes },
      ({ mods, type, name, rest }, { lookup, tokens }, from, to) =>
        name.quoted !== true &&
        !tokens.slice(from, to).some((token) => token.text === 'called' || token.text === 'named') &&
        COMPOUNDS.has(
          `${tokens.slice(from, to).find((token) => token.kind === 'word' && TYPE_WORDS[token.text] === type)?.text ?? ''} ${name.words}`,
        )
          ? new Problem('The first word can be a type or belong to the name.', {
              why: 'Is the first word the kind of value, or a part of the name?',
              instead: [`a text called "number plate"`, `a ${type === 'integer' ? 'number' : type} called ${name.words}`],
            })
          : spec(lookup, name, type, mods, rest),
    ),
    phrase(
      '[{article}] [additional|further|extra] {mods} (field|property|attribute|column) [called|named] {name} {rest}',
      { article, mods: modifiers, name: newName, rest: suffixes },
      ({ mods, name, rest }, { lookup }) => spec(lookup, name, undefined, mods, rest),
    ),
    phrase(
      '[{article}] {mods} {name} yes/no {rest}',
      { article, mods: modifiers, name: newName, rest: suffixes },
      ({ mods, name, rest }, { lookup }) => spec(lookup, name, 'boolean', mods, rest),
    ),
    phrase(
      '[{article}] {mods} {name} date {rest}',
      { article, mods: modifiers, name: newName, rest: suffixes },
      ({ mods, name, rest }, { lookup }) => (name.words.endsWith(' on') ? spec(lookup, name, 'date', mods, rest) : undefined),
    ),
    phrase(
      '[{article}] {mods} {head} (called|named) {name} {rest}',
      { article, mods: modifiers, head: newName, name: newName, rest: suffixes },
      ({ mods, head, name, rest }, { lookup }) => {
        if (TYPE_WORDS[head.words] !== undefined) return undefined;
        const type = typeOf(lookup, head.words);
        return type === undefined || type instanceof Problem ? undefined : spec(lookup, name, type, mods, rest);
      },
    ),
  ),
);
const listField: Rule<FieldSpec> = named('new list', () =>
  phrase(
    '[a list of|{article}] {name} [,] (with|of|each with|that have|which have|that each have|consisting of|with each|having) {fields}',
    { article, name: newName, fields: listOf('item fields', plainField, '[,] and') },
    ({ name, fields }, { lookup }) => {
      const item = singularOf(name.words);
      if (item === name.words) return undefined;
      if (name.quoted !== true && lookup.model.entities.some((entity) => entity.plural === camelOf(name.words)))
        return new Problem(`${name.words} are a thing of their own. A list of items needs a name of its own, such as "lines".`);
      const twice = repeated(fields);
      if (twice !== undefined) return new Problem(`"${twice}" stands twice.`);
      return { name: camelOf(name.words), type: { kind: 'list', item: camelOf(item), fields } } as FieldSpec;
    },
  ),
);
export const newFields: Rule<readonly FieldSpec[]> = named('new fields', () =>
  phrase('{fields}', { fields: either(listOf('fields', newField, '[,] (and|as well as)'), openList, commaFields) }, ({ fields }) => {
    const twice = repeated(fields);
    // "lines with product, quantity and unit price": all three belong to the lines.
    if (fields.slice(0, -1).some((field) => field.type.kind === 'list' && field.type.fields.length < 2)) return undefined;
    return twice === undefined ? fields : new Problem(`"${twice}" stands twice.`);
  }),
);
/** "name, email, salary, start date": three or more. */
const commaFields: Rule<readonly FieldSpec[]> = named('fields with commas', () =>
  phrase(
    '{first} , {second} , {rest}',
    { first: plainField, second: plainField, rest: commaFieldsTail },
    ({ first, second, rest }): readonly FieldSpec[] => [first, second, ...rest],
  ),
);
const commaFieldsTail: Rule<readonly FieldSpec[]> = named('fields with commas tail', () =>
  either(
    phrase('{last}', { last: plainField }, ({ last }): readonly FieldSpec[] => [last]),
    phrase('{next} , {rest}', { next: plainField, rest: commaFieldsTail }, ({ next, rest }): readonly FieldSpec[] => [next, ...rest]),
  ),
);
/** "customer, placed on, lines with product and quantity": without "and" before the list at its end. */
const openList: Rule<readonly FieldSpec[]> = named('open list', () =>
  phrase('{first} , {rest}', { first: plainField, rest: openTail }, ({ first, rest }): readonly FieldSpec[] => [first, ...rest]),
);
const openTail: Rule<readonly FieldSpec[]> = named('open list tail', () =>
  either(
    phrase('{last}', { last: listField }, ({ last }): readonly FieldSpec[] => [last]),
    phrase('{next} , {rest}', { next: plainField, rest: openTail }, ({ next, rest }): readonly FieldSpec[] => [next, ...rest]),
  ),
);
const repeated = (fields: readonly FieldSpec[]): string | undefined =>
  fields.find((field, index) => fields.findIndex((other) => other.name === field.name) !== index)?.name;

function typeOf(lookup: Lookup, words: string): TypeSpec | Problem | undefined {
  const noun = nounType(words);
  const head = words.split(' of ')[0] ?? words;
  const parts = head.split(' ');
  const targets = lookup.model.entities.filter((entity) =>
    [1, 2, 3].some((length) => parts.length >= length && camelOf(parts.slice(-length).join(' ')) === entity.name),
  );
  const target = targets.at(-1);
  if (target !== undefined && noun === undefined) return { kind: 'reference', to: target.name };
  return noun === undefined ? undefined : ({ kind: noun } as TypeSpec);
}

function spec(
  lookup: Lookup,
  name: NewName,
  type: TypeSpec['kind'] | TypeSpec | undefined,
  mods: readonly Modifier[],
  rest: readonly Suffix[],
): FieldSpec | Problem | undefined {
  const field = camelOf(name.words);
  if (field === '' || /^\d/.test(field)) return undefined;
  if (field.length > LONGEST_NAME) return new Problem(`"${name.words}" is too long for a name: ${LONGEST_NAME} letters are the most.`);
  const said_ = rest.flatMap((each) => (each.type === undefined ? [] : [each.type]));
  if (said_.length > 1) return undefined;
  const requireds = [
    ...mods.flatMap((each) => (each === 'required' ? [true] : each === 'optional' ? [false] : [])),
    ...rest.flatMap((each) => (each.required === undefined ? [] : [each.required])),
  ];
  if (new Set(requireds).size > 1) return new Problem(`"${name.words}" cannot be both required and optional.`);
  const defaults = rest.flatMap((each) => (each.default === undefined ? [] : [each.default]));
  const callers = rest.flatMap((each) => each.caller ?? []);
  if (defaults.length + callers.length > 1) return undefined;
  const stated: TypeSpec | undefined = typeof type === 'string' ? ({ kind: type } as TypeSpec) : type;
  const byWords = said_[0];
  if (stated !== undefined && byWords !== undefined && stated.kind !== byWords.kind) {
    if (!(stated.kind === 'money' && byWords.kind === 'integer'))
      return new Problem(`"${name.words}" cannot be both a ${stated.kind} and a ${byWords.kind}.`);
  }
  const noun = typeOf(lookup, name.words);
  const lows = rest.flatMap((each) => each.min ?? []);
  const highs = rest.flatMap((each) => each.max ?? []);
  if (lows.length > 1 || highs.length > 1) return undefined;
  const limits = { ...(lows[0] === undefined ? {} : { min: lows[0] }), ...(highs[0] === undefined ? {} : { max: highs[0] }) };
  const limited = lows.length + highs.length > 0;
  if (limited && Number(lows[0] ?? '-Infinity') > Number(highs[0] ?? 'Infinity'))
    return new Problem(`No ${name.words} is both at least ${lows[0] ?? ''} and at most ${highs[0] ?? ''}.`);
  const bounded: TypeSpec | undefined =
    byWords?.kind === 'integer' && byWords.min !== undefined && (stated ?? (noun as TypeSpec | undefined))?.kind === 'money'
      ? {
          kind: 'money',
          ...(byWords.min === undefined ? {} : { min: byWords.min }),
          ...(byWords.max === undefined ? {} : { max: byWords.max }),
        }
      : byWords;
  const unlimited = bounded ?? stated ?? noun;
  if (unlimited instanceof Problem) return unlimited;
  if (limited && unlimited !== undefined && unlimited.kind !== 'integer' && unlimited.kind !== 'money')
    return new Problem(`"${name.words}" is no number or amount, so it has no bounds.`);
  if (limited && (unlimited === undefined || unlimited.kind === 'integer') && [...lows, ...highs].some((each) => !/^-?\d+$/.test(each)))
    return new Problem('The bounds of a whole number are whole numbers.');
  if (limited && unlimited !== undefined && ('min' in unlimited || 'max' in unlimited)) return undefined;
  const final: TypeSpec | undefined = limited ? ({ kind: unlimited?.kind ?? 'integer', ...limits } as TypeSpec) : unlimited;
  if (final === undefined) {
    const rows = lookup.model.entities.find((entity) => entity.plural === field);
    if (rows !== undefined) return new Problem(`${name.words} are a thing of their own, not a field.`);
    const plain = name.quoted === true ? `"${name.words}"` : name.words;
    return new Problem(`It is not clear what kind of value "${name.words}" holds.`, {
      why: `What kind of value is "${name.words}": a text, a number, a decimal, an amount of money, a date or a yes/no?`,
      instead: ['a text', 'a number', 'a decimal', 'an amount', 'a date', 'a yes/no'].map(
        (kind) => `${kind} ${plain}${suffixWords(mods, rest)}`,
      ),
    });
  }
  return {
    name: field,
    type: final,
    ...(requireds[0] === true ? { required: true } : requireds[0] === false && field === 'name' ? { required: false } : {}),
    ...(mods.includes('unique') || rest.some((each) => each.unique) ? { unique: true as const } : {}),
    ...defaultOf(final, defaults[0]),
    ...(callers[0] === undefined ? {} : { caller: callers[0] }),
  };
}
/** A choice begins with its first value unless another is said. */
function defaultOf(type: TypeSpec, value: Literal | undefined): { readonly default?: Literal } {
  if (type.kind !== 'choice') return value === undefined ? {} : { default: value };
  const first = type.choices[0];
  if (value?.is === 'text') {
    const said = value.value.toLowerCase();
    return type.choices.some((choice) => choice.toLowerCase() === said)
      ? { default: { is: 'choice', value: type.choices.find((choice) => choice.toLowerCase() === said) ?? said } }
      : { default: value };
  }
  return value !== undefined ? { default: value } : first === undefined ? {} : { default: { is: 'choice', value: first } };
}
const suffixWords = (mods: readonly Modifier[], rest: readonly Suffix[]): string =>
  [
    ...(mods.includes('required') || rest.some((each) => each.required === true) ? [' that is required'] : []),
    ...(mods.includes('unique') || rest.some((each) => each.unique === true) ? [' that is unique'] : []),
  ].join('');
