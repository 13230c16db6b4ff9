/**
 * A whole request: its sentences in turn, each in the system that the ones before it would make. One reading is
 * understood, several are a question, none is a refusal that names the words. Pure: model and text in, verdict out.
 */
import { canonicalJson } from '#kernel';
import type { SystemModel } from '#model';
import { apply as applied_ } from './effect/apply.ts';
import type { Effects } from './effect/applied.ts';
import { echo } from './echo/request.ts';
import { type Token, lex } from './lexer.ts';
import { labelOf } from './names.ts';
import { distributed, joinedSentences, REPEATS_CALCULATED } from './joining.ts';
import { type About, partings, readSentence, type Reading, sentencesOf, textOf } from './reading.ts';
import type { Request } from './request.ts';
import { settle } from './settle.ts';
import { near } from './spelling.ts';
import { singularOf } from './inflection.ts';
import { knownWords, nounsOf } from './known-words.ts';
import { guarded } from './say-back.ts';
import { refusal } from './refusal.ts';

export interface Step {
  readonly request: Request;
  readonly echo: string;
}
export type Interpretation =
  | { readonly kind: 'understood'; readonly steps: readonly Step[]; readonly alreadySo: readonly string[]; readonly model: SystemModel }
  | { readonly kind: 'nothing-to-do'; readonly echo: readonly string[]; readonly why: string }
  | { readonly kind: 'question'; readonly why: string; readonly options: readonly { readonly sentence: string }[] }
  | {
      readonly kind: 'refused';
      readonly why: string;
      readonly words?: readonly { readonly word: string; readonly at: number }[];
      readonly nearest?: readonly string[];
    };

/** How deep a question may look into the requests that it offers. */
export const DEEPEST = 2;

/** Ids of a trial are thrown away with it. */
export const TRIAL: Effects = { change: 'trial', bodies: {} };

export function interpret(text: string, model: SystemModel, effects: Effects = TRIAL, depth = 0): Interpretation {
  const lexed = lex(text, model.settings.currency.code);
  if (!lexed.ok) {
    const { why, word, at } = lexed.problem;
    return word === undefined ? { kind: 'refused', why } : { kind: 'refused', why, words: [{ word, at: at ?? 0 }] };
  }
  const sentences = sentencesOf(lexed.tokens);
  if (sentences.length === 0)
    return { kind: 'refused', why: 'The request is empty. Say in a sentence what should change, for example "Add a phone to customers".' };
  if (sentences.length > 40) return { kind: 'refused', why: `The request has ${sentences.length} sentences; forty at once are the most.` };
  return inTurn(sentences, model, effects, depth);
}

function inTurn(sentences: readonly (readonly Token[])[], base: SystemModel, effects: Effects, depth: number): Interpretation {
  let model = base;
  const steps: Step[] = [];
  const alreadySo: string[] = [];
  const echoes: string[] = [];
  let about: About | undefined;
  let last: Request | undefined;
  for (const [index, tokens] of joinedSentences(sentences, model).entries()) {
    if (last?.act === 'derive' && REPEATS_CALCULATED.has(textOf(tokens))) continue;
    const before = echoes.map((each) => `${each}. `).join('');
    const after = sentences
      .slice(index + 1)
      .map((each) => ` ${textOf(each)}.`)
      .join('');
    const whole = (sentence_: string): string => `${before}${sentence_.replace(/\.$/, '')}.${after}`;
    const outcome = tokens.length === 0 ? { kind: 'read' as const, requests: [] } : one(tokens, model, depth, about);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'question') {
      const options =
        sentences.length === 1
          ? outcome.options
          : outcome.options
              .map(({ sentence: option }) => ({ sentence: whole(option) }))
              .filter(({ sentence: option }) => answers(option, base, depth));
      return options.length === 0 ? { kind: 'refused', why: outcome.why } : { ...outcome, options };
    }
    for (const request of outcome.requests) {
      about = aboutOf(request) ?? about;
      last = request;
      const said = guarded(model, request);
      if (said === undefined)
        return {
          kind: 'refused',
          why: `This sentence was read, but what was read could not be said back in words that mean the same; so it is not done. This is a defect of the reader. (${request.act})`,
        };
      const verdict = settle(model, request);
      if (verdict.kind === 'impossible') return { kind: 'refused', why: verdict.why };
      if (verdict.kind === 'ask') {
        const options = verdict.requests
          .flatMap((each) => echo(model, each) ?? [])
          .map((each) => ({ sentence: sentences.length === 1 ? `${each}.` : whole(each) }));
        return options.length === 0 ? { kind: 'refused', why: verdict.why } : { kind: 'question', why: verdict.why, options };
      }
      echoes.push(said);
      if (verdict.kind === 'already') {
        alreadySo.push(verdict.why);
        continue;
      }
      const applied = applied_(model, request, effects);
      if ('why' in applied) return { kind: 'refused', why: applied.why };
      if (applied.same) alreadySo.push(`${said} is so already.`);
      else {
        steps.push({ request, echo: `${said}.` });
        model = applied.model;
      }
    }
  }
  if (steps.length === 0) return { kind: 'nothing-to-do', echo: echoes.map((each) => `${each}.`), why: alreadySo.join(' ') };
  return { kind: 'understood', steps, alreadySo, model };
}

const aboutOf = (request: Request): About | undefined => {
  const entity = thingOf(request);
  if (entity === undefined) return undefined;
  const only =
    request.act === 'addFields' && request.fields.length === 1
      ? request.fields[0]?.name
      : 'field' in request && 'owner' in request && request.act !== 'removeField'
        ? request.act === 'renameField'
          ? request.to
          : request.field
        : undefined;
  return only === undefined || !('owner' in request) ? { entity } : { entity, field: { owner: request.owner, field: only } };
};
const thingOf = (request: Request): string | undefined =>
  'owner' in request ? request.owner.entity : 'entity' in request ? request.entity : request.act === 'track' ? request.name : undefined;

type One = { readonly kind: 'read'; readonly requests: readonly Request[] } | Extract<Interpretation, { kind: 'question' | 'refused' }>;
function one(tokens: readonly Token[], model: SystemModel, depth: number, about?: About): One {
  const reading = readSentence(model, tokens, about);
  const [first, second] = reading.readings;
  if (first !== undefined && second === undefined) {
    const doubt = depth < DEEPEST ? doubtful(reading, first, model, depth) : undefined;
    return doubt ?? { kind: 'read', requests: [first] };
  }
  if (first !== undefined) {
    const options = [...new Set(reading.readings.flatMap((each) => guarded(model, each) ?? []))];
    return options.length === 0
      ? { kind: 'refused', why: 'This sentence has several readings, and none can be said clearly.' }
      : {
          kind: 'question',
          why: 'This can be read in more than one way. Which is meant?',
          options: options.map((each) => ({ sentence: `${each}.` })),
        };
  }
  const several = distributed(reading.tokens, model, about);
  if (several !== undefined) return { kind: 'read', requests: several };
  const parted = partedReadings(reading.tokens, model, 3);
  if (parted.length === 1 && parted[0] !== undefined) return { kind: 'read', requests: parted[0] };
  if (parted.length > 1) {
    const options = parted.flatMap((requests) => sayAll(model, requests) ?? []);
    if (options.length > 1)
      return {
        kind: 'question',
        why: 'This can be read in more than one way. Which is meant?',
        options: options.map((each) => ({ sentence: each })),
      };
  }
  return (
    (depth < DEEPEST ? (asked(reading, model, depth) ?? misspelt(reading, model, depth)) : undefined) ??
    refusal(reading, model, depth === 0 ? (sentence) => interpret(sentence, model, TRIAL, DEEPEST).kind === 'understood' : undefined)
  );
}

/** Two or more sentences joined by "and", each in the system that the ones before it make. */
function partedReadings(tokens: readonly Token[], model: SystemModel, deepest: number): readonly (readonly Request[])[] {
  const found = new Map<string, readonly Request[]>();
  for (const { left, right } of partings(tokens)) {
    const head = readSentence(model, left).readings;
    const first = head[0];
    if (first === undefined || head.length > 1 || !namesOwner(left, first)) continue;
    const applied = applied_(model, first, TRIAL);
    if ('why' in applied) continue;
    const rest = readShortened(applied.model, left, right);
    const tails = rest.length > 0 ? rest.map((request) => [request]) : deepest > 0 ? partedReadings(right, applied.model, deepest - 1) : [];
    for (const tail of tails) {
      // A field that is named without its thing belongs to the thing of the left part, or the thing must be said.
      if (tail.some((request) => !namesOwner(right, request) && ownerOf(request) !== ownerOf(first))) continue;
      const all = [first, ...tail];
      found.set(canonicalJson(all), all);
    }
  }
  return [...found.values()];
}
const ownerOf = (request: Request): string | undefined => ('owner' in request ? request.owner.entity : undefined);
/** Whether the words name the thing whose field they change. */
function namesOwner(tokens: readonly Token[], request: Request): boolean {
  const owner = ownerOf(request);
  if (owner === undefined || !('owner' in request)) return true;
  const names = [owner, ...(request.owner.list === undefined ? [] : [request.owner.list])]
    .flatMap((name) => labelOf(name).split(' '))
    .map(singularOf);
  return tokens.some((token) => token.kind === 'word' && names.includes(singularOf(token.text)));
}
/** The right part as it stands, or with the beginning that it shares with the left one: "... and shipped while it is paid". */
function readShortened(model: SystemModel, left: readonly Token[], right: readonly Token[]): readonly Request[] {
  // "... and 20% off orders over 1,000" says nothing of whom: they are those of the left part.
  const elliptic =
    (right[0]?.kind !== 'word' && right[0]?.kind !== 'quoted') ||
    (isWord(right[0], 'a', 'an') &&
      right.slice(0, 3).some((token) => token.kind === 'percent' || token.kind === 'money' || isWord(token, 'discount')));
  const whole = elliptic ? [] : readSentence(model, right).readings;
  if (whole.length > 0) return whole;
  const start = sharedStart(left, right);
  return start === undefined ? [] : readSentence(model, [...start, ...right]).readings;
}
const AUXILIARIES = new Set(['is', 'are', 'can', 'may', 'must', 'has', 'have', 'get', 'gets', 'need', 'needs', 'should']);
const isWord = (token: Token | undefined, ...texts: readonly string[]): boolean => token?.kind === 'word' && texts.includes(token.text);
function sharedStart(left: readonly Token[], right: readonly Token[]): readonly Token[] | undefined {
  const auxiliary = left.findIndex((token) => token.kind === 'word' && AUXILIARIES.has(token.text));
  const first = right[0];
  const verb = left.findIndex((token) => isWord(token, 'get', 'gets', 'receive', 'receives'));
  if (first?.kind === 'percent' || first?.kind === 'money') return verb > 0 ? left.slice(0, verb + 1) : undefined;
  if (
    verb > 0 &&
    isWord(first, 'a', 'an') &&
    right.slice(0, 3).some((token) => token.kind === 'percent' || token.kind === 'money' || isWord(token, 'discount'))
  )
    return left.slice(0, verb + 1);
  if (auxiliary > 0 && first?.kind === 'word' && AUXILIARIES.has(first.text)) return left.slice(0, auxiliary);
  if (auxiliary > 0 && isWord(first, 'required', 'unique', 'optional', 'mandatory') && isWord(left[auxiliary], 'is', 'are'))
    return left.slice(0, auxiliary + 1);
  if (
    auxiliary > 0 &&
    isWord(left[auxiliary], 'can', 'may') &&
    isWord(left[auxiliary + 1], 'be') &&
    right.some((token) => isWord(token, 'while', 'when', 'if', 'once', 'until', 'unless'))
  )
    return left.slice(0, auxiliary + 2);
  if (
    isWord(left[0], 'add', 'remove', 'rename', 'delete') &&
    right.some((token) => isWord(token, 'to', 'from', 'of')) &&
    isWord(first, 'a', 'an', 'the', 'their', 'its')
  )
    return left.slice(0, 1);
  return undefined;
}
function sayAll(model: SystemModel, requests: readonly Request[]): string | undefined {
  let now = model;
  const said: string[] = [];
  for (const request of requests) {
    const words = guarded(now, request);
    const applied = applied_(now, request, TRIAL);
    if (words === undefined || 'why' in applied) return undefined;
    said.push(`${words}.`);
    now = applied.model;
  }
  return said.join(' ');
}

const answers = (option: string, model: SystemModel, depth: number): boolean =>
  ['understood', 'nothing-to-do'].includes(interpret(option, model, TRIAL, depth + 1).kind);

/** What a part of the sentence left open, as whole sentences to choose from. */
function asked(reading: Reading, model: SystemModel, depth: number): One | undefined {
  const seen = new Set<string>();
  for (const { problem, from: start, to: end } of reading.problems) {
    const ask = problem.ask;
    const [from, to] = ask?.span ?? [start, end];
    if (ask === undefined || seen.has(`${ask.why} ${from} ${to}`)) continue;
    seen.add(`${ask.why} ${from} ${to}`);
    const parts = [
      ...(ask.instead ?? []),
      ...(ask.requests ?? []).flatMap((request) => echo(model, request) ?? []),
      ...(ask.sequences ?? []).flatMap((requests) => sayAll(model, requests)?.replace(/\.$/, '') ?? []),
    ];
    const options = new Set<string>();
    for (const part of parts) {
      const text = `${textOf(reading.tokens.slice(0, from))} ${part} ${textOf(reading.tokens.slice(to))}`.trim();
      for (const option of canonical(text, model, depth)) options.add(option);
    }
    if (options.size > 0) return { kind: 'question', why: ask.why, options: [...options].map((option) => ({ sentence: option })) };
  }
  return undefined;
}
/** The canonical sentences that a text means: one if it is clear, several if it is itself a question. */
function canonical(text: string, model: SystemModel, depth: number): readonly string[] {
  const meant = interpret(text, model, TRIAL, depth + 1);
  if (meant.kind === 'understood') return [meant.steps.map((step) => step.echo).join(' ')];
  if (meant.kind === 'nothing-to-do') return [meant.echo.join(' ')];
  return meant.kind === 'question' ? meant.options.map((option) => option.sentence) : [];
}

/** A new name that is one slip away from a known word is asked about. */
function doubtful(reading: Reading, request: Request, model: SystemModel, depth: number): One | undefined {
  const names =
    request.act === 'track'
      ? [request.name, ...request.fields.map((field) => field.name)]
      : request.act === 'addFields'
        ? request.fields.map((field) => field.name)
        : request.act === 'renameField'
          ? [request.to]
          : request.act === 'derive' || request.act === 'defaultFormula' || request.act === 'deriveFlag'
            ? [request.field]
            : [];
  const known = nounsOf(model);
  const all = knownWords(model);
  for (const word of names.flatMap((name) => labelOf(name).split(' '))) {
    if (word.length < 5 || all.has(word) || all.has(singularOf(word))) continue;
    const others = near(word, known).filter((other) => singularOf(other) !== word && singularOf(other) !== singularOf(word));
    const other = others[0];
    const at = reading.tokens.findIndex((token) => token.kind === 'word' && (token.text === word || singularOf(token.text) === word));
    if (other === undefined || at < 0) continue;
    const replaced = (by: string): string =>
      textOf([...reading.tokens.slice(0, at), { kind: 'word', text: by, raw: by, at: 0 }, ...reading.tokens.slice(at + 1)]);
    const said = echo(model, request);
    const label = labelOf(
      request.act === 'track' && labelOf(request.name).split(' ').includes(word)
        ? request.plural
        : (names.find((name) => labelOf(name).split(' ').includes(word)) ?? ''),
    );
    const literal = said === undefined || said.includes(`"${label}"`) ? [] : [`${said.replace(label, `"${label}"`)}.`];
    const options = [...new Set([...others.slice(0, 2).flatMap((each) => canonical(replaced(each), model, depth)), ...literal])];
    if (options.length > literal.length)
      return {
        kind: 'question',
        why: `"${word}" is not known here, and "${other}" is. Which is meant?`,
        options: options.map((option) => ({ sentence: option })),
      };
  }
  return undefined;
}

function misspelt(reading: Reading, model: SystemModel, depth: number): One | undefined {
  const known = knownWords(model);
  for (const [at, token] of reading.tokens.entries()) {
    if (token.kind !== 'word' || known.has(token.text) || known.has(singularOf(token.text))) continue;
    const options = new Set<string>();
    for (const other of near(token.text, known).slice(0, 4)) {
      const text = textOf([...reading.tokens.slice(0, at), { ...token, text: other, raw: other }, ...reading.tokens.slice(at + 1)]);
      for (const option of canonical(text, model, depth)) options.add(option);
    }
    if (options.size > 0)
      return {
        kind: 'question',
        why: `"${token.raw}" is not a word that is known here. Is this meant?`,
        options: [...options].map((option) => ({ sentence: option })),
      };
  }
  return undefined;
}
