/**
 * What the code of an operation may name: its own variables, the SDK, and the parts of JavaScript that compute and do
 * nothing else. A walk without recursion. It is a courtesy to authors and reviewers, never the containment.
 */
import { visitorKeys } from 'oxc-parser';
import { pureNames } from '#kernel';
import { runOf } from '../inspect/capabilities-used.ts';
import type { SyntaxNode } from '../inspect/syntax-walk.ts';
import { refusedCode } from './refused/refused-code.ts';
import type { Reporter } from './reporter.ts';
import type { Syntax } from './syntax.ts';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const pure = new Set(pureNames);
const instead: { readonly [name: string]: string } = {
  Date: 'take now and today from what run is given; instantText and instantOf of theseus/sdk write and read an instant',
  fetch: 'take fetch from what run is given, and name the host among the capabilities',
  process: 'a component has no process',
  require: 'a component imports only theseus/sdk',
  eval: 'code is never made at run time',
  Function: 'code is never made at run time',
  globalThis: 'a component has no globals',
  Reflect: 'read and write members by their names',
  Proxy: 'write a plain object',
  WebAssembly: 'code is never made at run time',
  console: 'use log from what run is given',
  setTimeout: 'a call does not wait',
  setInterval: 'a call does not wait',
  crypto: 'take random from what run is given',
};

/** Every name used must be declared in the file, imported from the SDK, or pure. */
export function checkBody(syntax: Syntax, report: Reporter): void {
  const declared = new Set<string>(syntax.sdk.keys());
  const used: Node[] = [];
  const stack: { readonly node: Node; readonly role: string }[] = [{ node: syntax.program as unknown as Node, role: '' }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, role } = next;
    if (
      node.type.startsWith('TS') &&
      node.type !== 'TSAsExpression' &&
      node.type !== 'TSNonNullExpression' &&
      node.type !== 'TSSatisfiesExpression'
    )
      continue;
    if (node.type === 'ImportDeclaration') continue;
    if (node.type === 'Identifier') {
      // A letter of another alphabet can look like one of ours, and be another name.
      if (/[^\w$]/.test(String(node['name']))) report(node.start, 'names in code have the letters a to z, digits, _ and $', 'security');
      if (role === 'binding') declared.add(String(node['name']));
      else if (role !== 'name') used.push(node);
      continue;
    }
    if (node.type === 'ImportExpression' || node.type === 'MetaProperty')
      report(node.start, 'a component imports only at its top, and only theseus/sdk', 'security');
    if (node.type === 'DebuggerStatement') report(node.start, 'debugger has no place in a component; take it out');
    if (
      node.type === 'MemberExpression' &&
      isNode(node['object']) &&
      node['object']['name'] === 'Math' &&
      isNode(node['property']) &&
      node['property']['name'] === 'random'
    ) {
      report(node.start, 'Math.random cannot be replayed; take random from what run is given');
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const value = node[key];
      const inner = roleOf(node, key, role);
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) stack.push({ node: child, role: inner });
    }
  }
  for (const node of used) {
    const name = String(node['name']);
    if (!declared.has(name) && !pure.has(name))
      report(
        node.start,
        `${name} is not known here${Object.hasOwn(instead, name) ? `: ${instead[name]}` : "; import it from 'theseus/sdk' or declare it"}`,
        outside.has(name) ? 'security' : undefined,
      );
  }
  const program = syntax.program as unknown as SyntaxNode;
  for (const { at, message } of refusedCode(program, runOf(program))) report(at, message, 'security');
}
/** Ways out of a realm, not slips of the pen. */
const outside = new Set(['eval', 'Function', 'globalThis', 'process', 'require', 'Reflect', 'Proxy', 'WebAssembly']);

/** What an identifier is there: a binding, a plain member name, or a use. */
function roleOf(node: Node, key: string, role: string): string {
  if (node.type === 'VariableDeclarator' && key === 'id') return 'binding';
  if (key === 'params' || (node.type === 'CatchClause' && key === 'param')) return 'binding';
  if ((node.type.startsWith('Function') || node.type.startsWith('Class')) && key === 'id') return 'binding';
  if (node.type === 'MemberExpression' && key === 'property' && node['computed'] !== true) return 'name';
  if (node.type === 'Property' && key === 'key' && node['computed'] !== true) return 'name';
  if ((node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') && key === 'key' && node['computed'] !== true) return 'name';
  if ((node.type === 'LabeledStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement') && key === 'label')
    return 'name';
  if (
    role === 'binding' &&
    (node.type === 'ObjectPattern' ||
      node.type === 'ArrayPattern' ||
      node.type === 'RestElement' ||
      (node.type === 'Property' && key === 'value') ||
      (node.type === 'AssignmentPattern' && key === 'left'))
  )
    return 'binding';
  return '';
}
