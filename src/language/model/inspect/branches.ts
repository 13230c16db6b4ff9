/**
 * The branches of an operation's body: what a test must notice when it breaks. Each arm of an if or a choice, each loop
 * body, handler and inner function is a branch; the text between is the branch around it. Offsets into the source text.
 */
import type { Branch } from './code-facts.ts';
import { everyNode, isFunction, nodeIn, nodesIn, type SyntaxNode } from './syntax-walk.ts';

const loops = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

export function branchesOf(run: SyntaxNode, lineAt: (offset: number) => number): readonly Branch[] {
  const branches: Branch[] = [];
  const add = (name: string, node: SyntaxNode | undefined): void => {
    if (node !== undefined) branches.push({ name, start: node.start, end: node.end, line: lineAt(node.start) });
  };
  add('body', nodeIn(run, 'body'));
  for (const node of everyNode(run)) {
    if (node.type === 'IfStatement') {
      add('if', nodeIn(node, 'consequent'));
      const otherwise = nodeIn(node, 'alternate');
      if (otherwise?.type !== 'IfStatement') add('else', otherwise);
    } else if (node.type === 'ConditionalExpression') {
      add('then', nodeIn(node, 'consequent'));
      add('otherwise', nodeIn(node, 'alternate'));
    } else if (loops.has(node.type)) add('loop', nodeIn(node, 'body'));
    else if (node.type === 'CatchClause') add('catch', nodeIn(node, 'body'));
    else if (node.type === 'SwitchCase')
      for (const statement of nodesIn(node, 'consequent').slice(0, 1)) add('case', { ...statement, end: node.end });
    else if (isFunction(node) && node !== run) add('function', nodeIn(node, 'body'));
  }
  return branches;
}
