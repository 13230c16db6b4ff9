/**
 * Calls in a body that do nothing but say something: `refuse('conflict', `At most ${3}.`)`, `log(...)`. What is said no example looks at, so
 * that no wrong version of it has to be seen. Hostile code must hide no deed there: a call that does something on its way is none of
 * these, and neither is one by a name that the body gave to something else.
 */
import { everyNode, isNode, nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

const sayers = new Set(['refuse', 'log']);
const does = new Set([
  'AssignmentExpression',
  'AwaitExpression',
  'ImportExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'UpdateExpression',
  'YieldExpression',
]);
/** What writes and what alters a list, a set or a map in place. */
const deeds =
  /^(?:create|update|delete|emit|fetch|call|apply|bind|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|clear|assign|defineProperty|setPrototypeOf)$/;
const plain = new Set(['String', 'Number', 'Boolean', 'BigInt']);

export function merelySaid(program: SyntaxNode): (node: SyntaxNode) => boolean {
  const given = givenNames(program);
  const quiet = quietFunctions(program);
  const acts = (node: SyntaxNode): boolean => {
    if (does.has(node.type) || (node.type === 'UnaryExpression' && textIn(node, 'operator') === 'delete')) return true;
    if (node.type !== 'CallExpression') return false;
    const callee = nodeIn(node, 'callee');
    if (callee?.type === 'Identifier') return !plain.has(nameOf(callee)) && !quiet.has(nameOf(callee)) && !sayers.has(nameOf(callee));
    return callee?.type !== 'MemberExpression' || callee['computed'] === true || deeds.test(nameOf(nodeIn(callee, 'property')));
  };
  return (node) => {
    const callee = node.type === 'CallExpression' ? nodeIn(node, 'callee') : undefined;
    const name = nameOf(callee);
    return sayers.has(name) && !given.has(name) && nodesIn(node, 'arguments').every((said) => ![...everyNode(said)].some(acts));
  };
}

/** Functions of the body's own whose text does nothing, and calls no other of them. */
function quietFunctions(program: SyntaxNode): ReadonlySet<string> {
  const found = new Map<string, boolean>();
  for (const node of everyNode(program)) {
    const value = node.type === 'VariableDeclarator' ? nodeIn(node, 'init') : node;
    if (value === undefined || !/Function/.test(value.type)) continue;
    const name = nameOf(nodeIn(node, 'id'));
    const acts = [...everyNode(value)].some(
      (one) =>
        does.has(one.type) ||
        (one.type === 'CallExpression' &&
          !plain.has(nameOf(nodeIn(one, 'callee'))) &&
          (nodeIn(one, 'callee')?.type !== 'MemberExpression' || deeds.test(nameOf(nodeIn(nodeIn(one, 'callee') ?? one, 'property'))))),
    );
    found.set(name, !acts && !found.has(name));
  }
  return new Set([...found].flatMap(([name, isQuiet]) => (isQuiet ? [name] : [])));
}

/** Which of these names the body gave to something: it stands where it is not called, and is not handed in to `run` under it. */
function givenNames(program: SyntaxNode): ReadonlySet<string> {
  const given = new Set<string>();
  const visit = (node: SyntaxNode, around: readonly SyntaxNode[]): void => {
    if (node.type === 'Identifier' && sayers.has(nameOf(node)) && !isOrdinary(node, around)) given.add(nameOf(node));
    for (const [member, value] of Object.entries(node)) {
      if (member === 'parent') continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, [node, ...around]);
    }
  };
  visit(program, []);
  return given;
}
function isOrdinary(node: SyntaxNode, [outer, pattern, run, method]: readonly SyntaxNode[]): boolean {
  if (outer?.type === 'CallExpression') return outer['callee'] === node;
  if (outer?.type === 'MemberExpression') return outer['property'] === node && outer['computed'] !== true;
  if (outer?.type !== 'Property' || outer['shorthand'] !== true || pattern?.type !== 'ObjectPattern') return false;
  return (
    run?.type === 'FunctionExpression' &&
    method?.type === 'Property' &&
    method['value'] === run &&
    nameOf(nodeIn(method, 'key')) === 'run' &&
    nodesIn(run, 'params')[0] === pattern
  );
}
const nameOf = (node: SyntaxNode | undefined): string => (node?.type === 'Identifier' ? textIn(node, 'name') : '');
