/**
 * What never belongs in a component, found by syntax. Every finding says what, why, and what to write instead. The workshop's
 * security gate shows it, and the machine's own reading repeats it. It keeps honest code readable and makes hostile code
 * conspicuous; containment never rests on it.
 */
import { everyNode, nodeIn, nodesIn, type SyntaxNode, textIn } from '../../inspect/syntax-walk.ts';
import { endlessLoop } from './endless.ts';
import { isDeclaredData, isNumber } from './keys.ts';
import { type Names, namesOf, textOf } from './names.ts';
import { slowPattern } from './slow-pattern.ts';

export interface RefusedCode {
  readonly at: number;
  readonly message: string;
}

const walks: ReadonlyMap<string, string> = new Map([
  ['constructor', 'leads to the functions that make values; write the value itself'],
  ['__proto__', 'leads to what all values share; write a plain object'],
  ['prototype', 'leads to what all values share; write a function'],
  ['__defineGetter__', 'alters how an object is read; write a function'],
  ['__defineSetter__', 'alters how an object is written; write a function'],
  ['__lookupGetter__', 'reaches behind an object; read its members by name'],
  ['__lookupSetter__', 'reaches behind an object; read its members by name'],
  ['setPrototypeOf', 'alters what values share; write a plain object'],
  ['getPrototypeOf', 'leads to what all values share; read members by name'],
  ['defineProperty', 'alters how an object is read; write a plain object'],
  ['defineProperties', 'alters how an object is read; write a plain object'],
  ['getOwnPropertyDescriptor', 'reaches behind an object; read its members by name'],
  ['getOwnPropertyDescriptors', 'reaches behind an object; read its members by name'],
  ['getOwnPropertyNames', 'reaches behind an object; use Object.keys'],
  ['getOwnPropertySymbols', 'reaches behind an object; use Object.keys'],
  ['callee', 'leads to the function that runs; give it a name'],
  ['captureStackTrace', 'reaches into how errors are told; throw the error'],
  ['prepareStackTrace', 'reaches into how errors are told; throw the error'],
  ['stackTraceLimit', 'reaches into how errors are told; throw the error'],
]);
/** Names of the outside that a component may not even give to something of its own: a reader would take it for the real one. */
const outside = new Set('eval Function globalThis process require Reflect Proxy WebAssembly arguments module exports'.split(' '));
const shared = new Set(
  'Math JSON Number String Boolean Array Object Map Set BigInt Error TypeError RangeError Promise RegExp WeakMap WeakSet'.split(' '),
);
const frozenMembers = new Set('toString valueOf toLocaleString hasOwnProperty isPrototypeOf propertyIsEnumerable'.split(' '));
const ownOfErrors = new Set(['name', 'message', 'stack', 'cause']);
const hooks = new Set(['then', 'toJSON', 'valueOf', 'toString']);

/** `run`: the function of the body, where there is one. */
export function refusedCode(program: SyntaxNode, run?: SyntaxNode): readonly RefusedCode[] {
  const names = namesOf(program, run);
  const found: RefusedCode[] = [];
  const labels = new Map<SyntaxNode, string>();
  const report = (node: SyntaxNode, message: string | undefined): void => {
    if (message !== undefined) found.push({ at: node.start, message });
  };
  const imports =
    program.type === 'Program' ? new Set(nodesIn(program, 'body').filter((each) => each.type === 'ImportDeclaration')) : new Set();
  for (const statement of imports.size === 0 ? [program] : nodesIn(program, 'body')) {
    if (imports.has(statement)) continue;
    for (const node of everyNode(statement)) {
      if (node.type === 'LabeledStatement') labels.set(nodeIn(node, 'body') ?? node, textIn(nodeIn(node, 'label') ?? node, 'name'));
      report(node, refusedShape(node));
      report(node, refusedName(node, names));
      report(node, refusedWrite(node, names));
      report(node, refusedPattern(node, names));
      report(node, endlessLoop(node, names, labels.get(node)));
    }
  }
  return found;
}

function refusedShape(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'ClassDeclaration':
    case 'ClassExpression':
      return 'a class has no place in a component; write functions and plain objects';
    case 'TaggedTemplateExpression':
      return 'a tagged template hands its text to a function in a hidden way; call the function with a text';
    case 'WithStatement':
      return 'with hides where a name comes from; write the object before the name';
    case 'Property':
      if (node['kind'] === 'get' || node['kind'] === 'set') return 'a getter or setter runs code where a value is expected; write a method';
      return refusedHook(node);
    default:
      return undefined;
  }
}
/** A function under such a name is called by the language itself, behind the reader's back. */
function refusedHook(node: SyntaxNode): string | undefined {
  const name = nameOf(nodeIn(node, 'key'), node['computed'] === true);
  const value = nodeIn(node, 'value');
  const isFunction = value?.type === 'FunctionExpression' || value?.type === 'ArrowFunctionExpression';
  return name !== undefined && hooks.has(name) && isFunction
    ? `a method ${name} is called by the language itself, unseen; give it another name and call it`
    : undefined;
}

function refusedName(node: SyntaxNode, names: Names): string | undefined {
  if (node.type === 'Identifier' && outside.has(textIn(node, 'name')) && names.bindings(textIn(node, 'name')).length > 0)
    return `${textIn(node, 'name')} is a name of the outside, and may not be given to anything here; choose another name`;
  if (node.type === 'Identifier' && textIn(node, 'name') === 'Symbol') return 'a symbol reaches into how values behave; write a plain name';
  if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
    const text = textOf(node, names);
    return text !== undefined && telling.has(text) ? `'${text}' ${walks.get(text) ?? ''}` : undefined;
  }
  if (node.type !== 'Property' && node.type !== 'MemberExpression') return undefined;
  const computed = node['computed'] === true;
  const key = nodeIn(node, node.type === 'Property' ? 'key' : 'property');
  const name = nameOf(key, computed) ?? (computed ? textOf(key, names) : undefined);
  if (name !== undefined) {
    // As a literal, the most telling ones are found where they stand.
    return !walks.has(name) || (key?.type === 'Literal' && telling.has(name)) ? undefined : `.${name} ${walks.get(name) ?? ''}`;
  }
  if (node.type === 'Property' || !computed) return undefined;
  return isNumber(key, names) || isDeclaredData(nodeIn(node, 'object'), names)
    ? undefined
    : 'a member by a computed key is taken only from input, row, event, and from lists and records that this file declares; read it by name, or use a Map: map.get(key)';
}
/** Texts that no ordinary program has, also where they stand alone. */
const telling = new Set(['constructor', '__proto__', 'prototype']);

function refusedWrite(node: SyntaxNode, names: Names): string | undefined {
  if (node.type === 'ObjectPattern')
    return nodesIn(node, 'properties').some((property) => property['computed'] === true)
      ? 'a pattern takes members by their names, not by a computed key; write the names, or use a Map'
      : undefined;
  const target = nodeIn(
    node,
    node.type === 'AssignmentExpression' ? 'left' : node.type === 'UpdateExpression' || isDelete(node) ? 'argument' : '',
  );
  if (target?.type !== 'MemberExpression') return undefined;
  const name = nameOf(nodeIn(target, 'property'), target['computed'] === true);
  const object = nodeIn(target, 'object');
  if (object?.type === 'Identifier' && shared.has(textIn(object, 'name')) && names.bindings(textIn(object, 'name')).length === 0)
    return `${textIn(object, 'name')} is frozen, and shared by all calls; keep the value in a name of your own`;
  if (name !== undefined && frozenMembers.has(name))
    return `${name} cannot be set: what an object inherits is frozen here, and so is its place in the object; give it in the literal under another name`;
  if (name !== undefined && ownOfErrors.has(name) && object?.type === 'Identifier' && isError(textIn(object, 'name'), names))
    return `${name} of an error cannot be set: what errors inherit is frozen here; write refuse(code, why) or throw new Error(why)`;
  if (
    name === 'name' &&
    object?.type === 'Identifier' &&
    names.bindings(textIn(object, 'name')).some(({ init }) => init !== undefined && isFunctionNode(init))
  )
    return 'the name of a function cannot be set; declare it under that name';
  return undefined;
}
const isDelete = (node: SyntaxNode): boolean => node.type === 'UnaryExpression' && textIn(node, 'operator') === 'delete';
const isFunctionNode = (node: SyntaxNode): boolean =>
  node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression' || node.type === 'FunctionDeclaration';
const isError = (name: string, names: Names): boolean =>
  names
    .bindings(name)
    .some(
      ({ caught, init }) =>
        caught === true || (init?.type === 'NewExpression' && textIn(nodeIn(init, 'callee') ?? init, 'name').endsWith('Error')),
    );

function refusedPattern(node: SyntaxNode, names: Names): string | undefined {
  const regex =
    node.type === 'Literal' ? (node['regex'] as { readonly pattern: string; readonly flags: string } | null | undefined) : undefined;
  if (regex !== undefined && regex !== null) return told(slowPattern(regex.pattern, regex.flags));
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const callee = nodeIn(node, 'callee');
  const [first, flags] = nodesIn(node, 'arguments');
  if (callee?.type === 'Identifier' && textIn(callee, 'name') === 'RegExp') {
    const text = textOf(first, names);
    return text === undefined
      ? 'a regular expression is made from a text that is not known; write it as a literal: /^[a-z]+$/'
      : told(slowPattern(text, textOf(flags, names) ?? ''));
  }
  // These make a regular expression of whatever text they get.
  const method = callee?.type === 'MemberExpression' ? nameOf(nodeIn(callee, 'property'), callee['computed'] === true) : undefined;
  if (method !== 'match' && method !== 'matchAll' && method !== 'search') return undefined;
  if (first === undefined || isRegex(first, names)) return undefined;
  const text = textOf(first, names);
  return text === undefined
    ? `${method} makes a regular expression of any text that it is given; write the expression as a literal, or use includes or indexOf`
    : told(slowPattern(text, ''));
}
const told = (why: string | undefined): string | undefined =>
  why === undefined
    ? undefined
    : `this regular expression can take for ever: ${why}; write it so that each character decides, or check the text step by step`;
function isRegex(node: SyntaxNode, names: Names): boolean {
  if (node.type === 'Literal') return node['regex'] !== undefined && node['regex'] !== null;
  if (node.type === 'NewExpression') return textIn(nodeIn(node, 'callee') ?? node, 'name') === 'RegExp';
  if (node.type !== 'Identifier') return false;
  const bindings = names.bindings(textIn(node, 'name'));
  return (
    bindings.length > 0 &&
    bindings.every(({ constant, init }) => constant && init !== undefined && init.type !== 'Identifier' && isRegex(init, names))
  );
}

const nameOf = (key: SyntaxNode | undefined, computed: boolean): string | undefined => {
  if (key === undefined) return undefined;
  if (key.type === 'Literal') return typeof key['value'] === 'string' ? key['value'] : undefined;
  return !computed && key.type === 'Identifier' ? textIn(key, 'name') : undefined;
};
