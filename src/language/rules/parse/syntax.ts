/**
 * Reading a syntax tree that another program made: every member is checked before it is used, so that a tree of an
 * unknown shape is refused like any other text that does not fit. Loads no parser.
 */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** Ends the parse with one problem; caught by `parseExpression` alone. */
export class Stop extends Error {
  readonly start: number;
  readonly end: number;
  constructor(at: Syntax, message: string) {
    super(message);
    this.start = at.start;
    this.end = at.end;
  }
}
export function stop(at: Syntax, message: string): never {
  throw new Stop(at, message);
}

export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'start' in value &&
  typeof value.start === 'number' &&
  'end' in value &&
  typeof value.end === 'number';

export function partOf(at: Syntax, member: string): Syntax {
  const part = at[member];
  return isSyntax(part) ? part : stop(at, 'This is not part of the language of formulas.');
}
export function listOf(at: Syntax, member: string): readonly Syntax[] {
  const list = at[member];
  if (!Array.isArray(list) || !list.every(isSyntax)) return stop(at, 'This is not part of the language of formulas.');
  return list;
}
export const textIn = (at: Syntax, member: string): string | undefined => {
  const text = at[member];
  return typeof text === 'string' ? text : undefined;
};

/** The name of a plain identifier; undefined for anything else. */
export const identifierName = (at: Syntax): string | undefined => (at.type === 'Identifier' ? textIn(at, 'name') : undefined);

/** Parentheses, optional chains and `as const` carry no meaning of their own here. */
export function unwrapped(at: Syntax): Syntax {
  return at.type === 'ParenthesizedExpression' || at.type === 'ChainExpression' || isAsConst(at) ? unwrapped(partOf(at, 'expression')) : at;
}
function isAsConst(at: Syntax): boolean {
  const to = at.type === 'TSAsExpression' ? at['typeAnnotation'] : undefined;
  const name = isSyntax(to) && to.type === 'TSTypeReference' ? to['typeName'] : undefined;
  return isSyntax(name) && identifierName(name) === 'const';
}

/** `undefined`, or a text without context: its type follows from what it meets. */
export function needsContext(at: Syntax): boolean {
  const node = unwrapped(at);
  if (node.type === 'Literal') return typeof node['value'] === 'string';
  if (node.type === 'ConditionalExpression') return needsContext(partOf(node, 'consequent')) && needsContext(partOf(node, 'alternate'));
  return identifierName(node) === 'undefined';
}
