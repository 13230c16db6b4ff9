/**
 * Sentences that lean on the one before: "We track complaints. A complaint has a customer ...", "Show it sorted by ...",
 * "Only a manager may do it". Each is put together with the sentence before into one that says the same, by stated
 * forms only, and taken so only where the whole has exactly one reading of the kind that the form needs.
 */
import type { SystemModel } from '#model';
import { baseOf, singularOf } from './inflection.ts';
import { labelOf } from './names.ts';
import type { Token } from './lexer.ts';
import { type About, readSentence, textOf } from './reading.ts';
import type { Act, Request } from './request.ts';
import { lookupOf } from './vocabulary.ts';

type Tokens = readonly Token[];
const word = (text: string): Token => ({ kind: 'word', text, raw: text, at: 0 });
const mark = (text: string): Token => ({ kind: 'mark', text, raw: text, at: 0 });
const said = (token: Token | undefined, ...texts: readonly string[]): boolean =>
  (token?.kind === 'word' || token?.kind === 'mark') && texts.includes(token.text);

/** After a calculated field: what is true of it anyway. */
export const REPEATS_CALCULATED: ReadonlySet<string> = new Set([
  'nobody can change it',
  'nobody may change it',
  'no one can change it',
  'no one may change it',
  'it cannot be changed',
  'it can not be changed',
  'it can not be written',
  'it can not be edited',
  'it may not be changed',
  'it must not be changed',
  'it should not be possible to change it',
  'it is read only',
]);

/** The sentences, those that lean on the one before joined with it. A joined one leaves an empty place behind, so that places stay. */
export function joinedSentences(sentences: readonly Tokens[], model: SystemModel): readonly Tokens[] {
  const joined: Tokens[] = [];
  let from = 0;
  for (const tokens of sentences) {
    const before = joined[from];
    const whole = before === undefined ? undefined : join(before, tokens, model);
    if (whole === undefined) {
      from = joined.length;
      joined.push(tokens);
    } else {
      joined[from] = [];
      joined.push(whole);
      from = joined.length - 1;
    }
  }
  return joined;
}
function join(first: Tokens, second: Tokens, model: SystemModel): Tokens | undefined {
  for (const { whole, act, fits } of forms(first, second)) {
    const { readings } = readSentence(model, whole);
    const only = readings[0];
    if (only !== undefined && readings.length === 1 && act.includes(only.act) && (fits === undefined || fits(only))) return whole;
  }
  return declared(first, second, model);
}
interface Form {
  readonly whole: Tokens;
  readonly act: readonly Act[];
  readonly fits?: (request: Request) => boolean;
}
function forms(first: Tokens, second: Tokens): readonly Form[] {
  const found: Form[] = [];
  const text = textOf(second);
  // "Add the VAT to orders. It is 19% of the total."
  const is =
    /^(it|this|that) (is|equals|should be|shall be) (always )?(calculated ?:|calculated as|calculated from|calculated by|the result of)? ?/.exec(
      text,
    );
  if (
    is !== null &&
    said(
      first.find((token) => token.kind === 'word' && ['add', 'have', 'has', 'get', 'gets', 'need', 'show'].includes(token.text)),
      'add',
      'have',
      'has',
      'get',
      'gets',
      'show',
    )
  ) {
    const rest = second.slice(countOf(is[0]));
    found.push(
      { whole: [...first, ...(/calculated/.test(is[0]) ? [mark(',')] : [mark(',')]), ...rest], act: ['derive'] },
      { whole: [...first, mark(':'), ...rest], act: ['derive'] },
    );
  }
  // "Which products have a stock below 5? Show their name and stock."
  if (said(second[0], 'show', 'list', 'display') && said(second[1], 'their', 'its'))
    found.push({ whole: [...first, word('with'), ...second.slice(2)], act: ['show'] });
  if (said(second[0], 'show', 'list', 'display', 'sort', 'order') && said(second[1], 'them') && second.length > 2) {
    found.push({
      whole: [...first, ...(said(second[0], 'sort', 'order') ? [word('sorted')] : [mark(',')]), ...second.slice(2)],
      act: ['show'],
    });
  }
  // "An order can be cancelled while it is open. Only a manager may do it. Then its lines go back to stock."
  const only =
    /^only (.+) (?:can|may|should|must|shall|is allowed to|are allowed to) (?:do (?:it|this|that|so))$/.exec(text) ??
    /^(?:this|it|that) (?:can|may|should|must|shall) only be done by (.+)$/.exec(text);
  const by = only?.[1];
  if (by !== undefined) {
    const at = second.findIndex((_, index) => textOf(second.slice(index)).startsWith(by));
    const roles = second.slice(at, at + countOf(by));
    if (textOf(roles) === by) found.push({ whole: [...first, mark(','), word('but'), word('only'), word('by'), ...roles], act: ['allow'] });
  }
  if (said(second[0], 'then')) found.push({ whole: [...first, mark(';'), ...second], act: ['allow'] });
  const comma = second.findIndex((token) => token.kind === 'mark' && token.text === ',');
  const done = comma > 0 ? second[comma - 1] : undefined;
  if (said(second[0], 'when', 'if', 'once', 'whenever') && done?.kind === 'word' && baseOf(done.text) !== undefined) {
    const named = textOf(second.slice(1, comma))
      .replace(/ (is|are|has been|gets|get) \S+$/, '')
      .replace(/^(a|an|the|any|each|every) /, '');
    found.push({
      whole: [...first, mark(';'), word('then'), ...second.slice(comma + 1)],
      act: ['allow'],
      fits: (request) =>
        request.act === 'allow' && labelOf(request.to) === done.text && (named === 'it' || singularOf(named) === labelOf(request.entity)),
    });
  }

  return found;
}
const countOf = (text: string): number =>
  text
    .trim()
    .split(/\s+|(?=[:,;])/)
    .filter((part) => part !== '').length;

const DETERMINER = /^(a|an|each|every|the|our|all) /;
/** "We track complaints. A complaint has a customer ...": the first sentence only names what the second one says. */
function declared(first: Tokens, second: Tokens, model: SystemModel): Tokens | undefined {
  const part = fieldsPart(second);
  if (part === undefined) return undefined;
  const reading = readSentence(model, first);
  const subject = part.subject.replace(DETERMINER, '');
  const open = reading.problems.find(
    ({ problem, to }) => problem.ask?.instead?.[0]?.startsWith('track ') === true && to === reading.tokens.length,
  )?.problem.ask?.instead?.[0];
  const plural = reading.readings.length > 0 || open === undefined ? undefined : open.replace(/^track /, '').replace(/ with a name$/, '');
  if (plural !== undefined)
    return ['it', 'they', 'each', 'each of them', 'each one'].includes(subject) || singularOf(subject) === singularOf(plural)
      ? [word('track'), ...nameTokens(reading.tokens, plural), word('with'), ...part.fields]
      : undefined;
  // "Track orders with a number and lines. Each line has a product and a quantity."
  const last = first.at(-1);
  if (last?.kind !== 'word' || reading.readings.length > 0 || subject !== singularOf(last.text) || subject === last.text) return undefined;
  const whole = [...first, word('with'), ...part.fields];
  const readings = readSentence(model, whole).readings;
  return readings.length === 1 && readings[0]?.act === 'track' ? whole : undefined;
}
const nameTokens = (tokens: Tokens, plural: string): Tokens => {
  const length = plural.split(' ').length;
  const at = tokens.findIndex(
    (_, index) =>
      tokens
        .slice(index, index + length)
        .map((token) => token.text)
        .join(' ') === plural,
  );
  return at < 0 ? [word(plural)] : tokens.slice(at, at + length);
};
/** "A complaint has a customer and a note", "each belongs to a customer and has a note", "for each supplier we need a name". */
function fieldsPart(tokens: Tokens): { readonly subject: string; readonly fields: Tokens } | undefined {
  if (tokens.some((token) => said(token, 'not', 'never', 'no'))) return undefined;
  const has = tokens.findIndex((token) => said(token, 'has', 'have'));
  const belongs = tokens.findIndex((token) => said(token, 'belongs', 'belong'));
  if (belongs > 0 && belongs <= 5 && said(tokens[belongs + 1], 'to')) {
    const and = tokens.findIndex((token, at) => at > belongs && said(token, 'and') && said(tokens[at + 1], 'has', 'have'));
    const subject = textOf(tokens.slice(0, belongs));
    if (and < 0) return has < 0 ? { subject, fields: tokens.slice(belongs + 2) } : undefined;
    const rest = tokens.slice(and + 2);
    const several = rest.some((token) => said(token, 'and'));
    return { subject, fields: [...tokens.slice(belongs + 2, and), several ? mark(',') : word('and'), ...rest] };
  }
  if (said(tokens[0], 'for') && said(tokens[1], 'each', 'every', 'all')) {
    const need = tokens.findIndex((token) =>
      said(token, 'need', 'want', 'record', 'keep', 'store', 'note', 'track', 'have', 'register', 'know'),
    );
    if (need < 3 || need > 7) return undefined;
    let from = need + 1;
    if (said(tokens[from], 'to')) from += 2;
    const we = tokens.findIndex((token) => said(token, 'we', 'i'));
    const end = we > 0 ? we : need;
    return { subject: textOf(tokens.slice(2, said(tokens[end - 1], ',') ? end - 1 : end)).replace(/^of /, ''), fields: tokens.slice(from) };
  }
  if (has < 1 || has > 6) return undefined;
  return { subject: textOf(tokens.slice(0, has)).replace(/ (should|must|shall|will|also|can)$/, ''), fields: tokens.slice(has + 1) };
}

/** Acts that can be said of several fields at once: "Remove the category and the stock of products". */
const DISTRIBUTED: ReadonlySet<Act> = new Set<Act>(['removeField', 'setRequired', 'setUnique', 'setBounds', 'setDefault']);
export function distributed(tokens: Tokens, model: SystemModel, about: About | undefined): readonly Request[] | undefined {
  const lookup = lookupOf(model);
  const field = (at: number): number => {
    const from = said(tokens[at], 'the', 'a', 'an', 'its', 'their') ? at + 1 : at;
    return lookup.find('field', tokens, from).reduce((most, { end }) => Math.max(most, end), -1);
  };
  for (let at = 0; at < Math.min(tokens.length, 4); at += 1) {
    const ends: (readonly [number, number])[] = [];
    let here = at;
    for (let end = field(here); end > 0; end = field(here)) {
      ends.push([here, end]);
      let next = end;
      if (said(tokens[next], ',')) next += 1;
      if (said(tokens[next], 'and')) next += 1;
      if (next === end) break;
      here = next;
    }
    const last = ends.at(-1);
    if (last === undefined || ends.length < 2 || !said(tokens[last[1]], 'of', 'from', 'on', 'for') || !said(tokens[last[0] - 1], 'and'))
      continue;
    const requests: Request[] = [];
    for (const [from, to] of ends) {
      const { readings } = readSentence(model, [...tokens.slice(0, at), ...tokens.slice(from, to), ...tokens.slice(last[1])], about);
      const only = readings[0];
      if (only === undefined || readings.length > 1 || !DISTRIBUTED.has(only.act)) return undefined;
      requests.push(only);
    }
    const [head] = requests;
    if (
      requests.every(
        (each) =>
          'owner' in each &&
          head !== undefined &&
          'owner' in head &&
          each.act === head.act &&
          JSON.stringify(each.owner) === JSON.stringify(head.owner),
      )
    )
      return requests;
  }
  return undefined;
}
