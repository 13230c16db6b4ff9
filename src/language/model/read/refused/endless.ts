/** Loops that surely never end: their condition is always true, or made of what nobody alters, and nothing leaves them. */
import { childrenOf, everyNode, isFunction, nodeIn, type SyntaxNode, textIn } from '../../inspect/syntax-walk.ts';
import type { Names } from './names.ts';

const loops = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement']);
const inner = new Set([...loops, 'ForOfStatement', 'ForInStatement', 'SwitchStatement']);

export function endlessLoop(node: SyntaxNode, names: Names, label: string | undefined): string | undefined {
  if (!loops.has(node.type)) return undefined;
  const test = nodeIn(node, 'test');
  const always = test === undefined || alwaysTrue(test);
  const body = nodeIn(node, 'body');
  if (!always && !neverAltered(test, names)) return undefined;
  if (body !== undefined && leaves(body, label, false)) return undefined;
  return always
    ? 'this loop never ends; say in its condition how long it goes on, or go over a list: for (const line of input.lines)'
    : 'nothing alters what the condition of this loop looks at, so it never begins or never ends; go over a list: for (const line of input.lines)';
}

function alwaysTrue(test: SyntaxNode): boolean {
  if (test.type === 'Literal') return Boolean(test['value']) || typeof test['bigint'] === 'string';
  if (test.type === 'UnaryExpression') return textIn(test, 'operator') === '!' && alwaysFalse(nodeIn(test, 'argument'));
  return ['ObjectExpression', 'ArrayExpression', 'ArrowFunctionExpression', 'FunctionExpression'].includes(test.type);
}
const alwaysFalse = (test: SyntaxNode | undefined): boolean =>
  test?.type === 'Literal' ? test['value'] === null || test['value'] === false || test['value'] === 0 || test['value'] === '' : false;

const plain = new Set(['Identifier', 'Literal', 'BinaryExpression', 'LogicalExpression', 'UnaryExpression']);
function neverAltered(test: SyntaxNode, names: Names): boolean {
  for (const node of everyNode(test)) {
    if (!plain.has(node.type)) return false;
    // A name that is bound more than once, or by nothing that is seen here, may be another one.
    if (node.type === 'Identifier' && (names.bindings(textIn(node, 'name')).length !== 1 || names.altered(textIn(node, 'name'))))
      return false;
  }
  return true;
}

/** Whether something inside ends the loop: break, return, throw, refuse(...). A function inside does so for itself alone. */
function leaves(node: SyntaxNode, label: string | undefined, nested: boolean): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  if (node.type === 'BreakStatement') {
    const to = nodeIn(node, 'label');
    return to === undefined ? !nested : textIn(to, 'name') === label;
  }
  if (node.type === 'ContinueStatement')
    return nodeIn(node, 'label') !== undefined && textIn(nodeIn(node, 'label') ?? node, 'name') !== label;
  if (node.type === 'CallExpression' && textIn(nodeIn(node, 'callee') ?? node, 'name') === 'refuse') return true;
  if (isFunction(node)) return false;
  const within = nested || inner.has(node.type);
  for (const child of childrenOf(node)) if (leaves(child, label, within)) return true;
  return false;
}
