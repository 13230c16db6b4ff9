/**
 * Cognitive complexity of one function, as published by G. A. Campbell, "Cognitive Complexity: a new way of measuring
 * understandability" (SonarSource, 2018 and later): one for each break of the linear flow, one more for each level of
 * nesting, one for each sequence of like logical operators, one for recursion. `??` counts as a logical operator here.
 */
import { childrenOf, isFunction, nodeIn, type SyntaxNode, textIn } from './syntax-walk.ts';

const loops = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/** `name`: the name by which the function may call itself. */
export function cognitiveComplexity(body: SyntaxNode, name?: string): number {
  let score = 0;
  const visit = (node: SyntaxNode, nesting: number, logical: string): void => {
    const within = (child: SyntaxNode | undefined, deeper: number): void =>
      void (child !== undefined && visit(child, nesting + deeper, ''));
    if (node.type === 'IfStatement') {
      score += 1 + nesting;
      return visitIf(node, nesting);
    }
    if (node.type === 'ConditionalExpression' || loops.has(node.type) || node.type === 'SwitchStatement') {
      score += 1 + nesting;
      const flat = ['test', 'discriminant', 'init', 'update', 'left', 'right'];
      for (const child of childrenOf(node)) visit(child, flat.some((member) => node[member] === child) ? nesting : nesting + 1, '');
      return;
    }
    if (node.type === 'CatchClause') {
      score += 1 + nesting;
      return within(nodeIn(node, 'body'), 1);
    }
    if (node.type === 'LogicalExpression') {
      const operator = textIn(node, 'operator');
      if (operator !== logical) score += 1;
      for (const child of childrenOf(node)) visit(child, nesting, child.type === 'LogicalExpression' ? operator : '');
      return;
    }
    if ((node.type === 'BreakStatement' || node.type === 'ContinueStatement') && nodeIn(node, 'label') !== undefined) score += 1;
    if (node.type === 'CallExpression' && name !== undefined) {
      const callee = nodeIn(node, 'callee');
      if (callee?.type === 'Identifier' && textIn(callee, 'name') === name) score += 1;
    }
    const deeper = isFunction(node) ? 1 : 0;
    for (const child of childrenOf(node)) visit(child, nesting + deeper, '');
  };
  const visitIf = (node: SyntaxNode, nesting: number): void => {
    const test = nodeIn(node, 'test');
    if (test !== undefined) visit(test, nesting, '');
    const then = nodeIn(node, 'consequent');
    if (then !== undefined) visit(then, nesting + 1, '');
    const otherwise = nodeIn(node, 'alternate');
    if (otherwise === undefined) return;
    score += 1;
    if (otherwise.type === 'IfStatement') visitIf(otherwise, nesting);
    else visit(otherwise, nesting + 1, '');
  };
  for (const child of childrenOf(body)) visit(child, 0, '');
  return score;
}
