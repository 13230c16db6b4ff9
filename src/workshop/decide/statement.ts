/** One thing that a system says of itself, and how it is made from a text and from what its formulas speak of. */
import type { Expression, PermanentId } from '#kernel';
import { type SystemModel, words as wordsOf } from '#model';
import { plainWords, rootOf } from '#settings';
import { isPlain } from './thesaurus.ts';

/** `otherwise`: a strategy that could be chosen and is not. */
export type StatementKind =
  | 'thing'
  | 'bound'
  | 'required'
  | 'unique'
  | 'default'
  | 'derived'
  | 'choice'
  | 'operation'
  | 'rule'
  | 'view'
  | 'unasked'
  | 'setting'
  | 'otherwise';
export interface Statement {
  readonly kind: StatementKind;
  /** The component, or the place of the settings. */
  readonly where: string;
  readonly says: string;
  /** Roots of the words that speak of it. */
  readonly roots: ReadonlySet<string>;
  readonly figures: ReadonlySet<string>;
  /** It forbids or refuses. */
  readonly denies: boolean;
}

/** What speaks of a statement besides what it says: further words, formulas, figures (else those that it says), roles and states. */
export interface Besides {
  readonly text?: string;
  readonly parts?: readonly unknown[];
  readonly figures?: readonly string[];
  readonly named?: readonly string[];
  readonly denies?: boolean;
}
export type Make = (kind: StatementKind, where: string, says: string, besides?: Besides) => Statement;

export const stater =
  (model: SystemModel): Make =>
  (kind, where, says, { text = '', parts = [], figures = figuresIn(says), named = [], denies = DENIES.test(says) } = {}) => {
    const into = { figures: new Set(figures), text: [...named, text] };
    for (const part of parts) read(part, into, model);
    const words = plainWords(`${says} ${into.text.join(' ')}`.replace(/([a-z0-9])([A-Z])/g, '$1 $2')).split(/[^\p{L}\p{N}]+/u);
    const roots = words.filter((word) => word !== '' && !isPlain(word)).map(rootOf);
    return { kind, where, says, roots: new Set(roots), figures: into.figures, denies };
  };
const DENIES = /\b(?:not|never|no|nobody|only|cannot|must)\b/;

export const spoken = (name: string): string => wordsOf(name).join(' ');
export const figuresIn = (text: string): string[] =>
  plainWords(text)
    .split(' ')
    .filter((word) => /^\d+(?:\.\d+)?$/.test(word))
    .map((word) => String(Number(word)));
export const choiceNames = (model: SystemModel, ids: readonly PermanentId[]): string[] =>
  model.entities.flatMap((entity) =>
    entity.fields.flatMap(({ type }) =>
      type.kind === 'choice' ? type.choices.filter(({ id }) => ids.includes(id)).map(({ name }) => spoken(name)) : [],
    ),
  );

/** What an expression speaks of: its figures, choices and fields. */
function read(value: unknown, into: { readonly figures: Set<string>; readonly text: string[] }, model: SystemModel): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Partial<Expression>;
  if (node.node === 'constant') {
    const { value: constant, type } = node as Extract<Expression, { node: 'constant' }>;
    if (typeof constant === 'number' && type.kind === 'number') {
      const number = constant / 10 ** type.scale;
      into.figures.add(String(number));
      if (!type.money && type.scale > 0) into.figures.add(String(Number((number * 100).toFixed(6))));
    } else if (typeof constant === 'number') into.figures.add(String(constant));
    else if (typeof constant === 'string')
      for (const name of type.kind === 'choice' ? choiceNames(model, [constant as PermanentId]) : [constant]) into.text.push(name);
  }
  if (node.node === 'field') into.text.push(spoken((node as Extract<Expression, { node: 'field' }>).field));
  for (const [key, part] of Object.entries(value)) if (key !== 'type') read(part, into, model);
}
