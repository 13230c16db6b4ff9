/** A plain walk over an ESTree tree that oxc-parser made. Depth is bounded by the caps on the text that was parsed. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

export function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (const [name, value] of Object.entries(node)) {
    if (name === 'type' || name === 'parent') continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}

/** Every node below and with `node`, parents first. */
export function* everyNode(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of childrenOf(node)) yield* everyNode(child);
}

export const nodeIn = (node: SyntaxNode, member: string): SyntaxNode | undefined => {
  const value = node[member];
  return isNode(value) ? value : undefined;
};
export const nodesIn = (node: SyntaxNode, member: string): readonly SyntaxNode[] => {
  const value = node[member];
  return Array.isArray(value) ? value.filter(isNode) : [];
};
export const textIn = (node: SyntaxNode, member: string): string => {
  const value = node[member];
  return typeof value === 'string' ? value : '';
};

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
export const isFunction = (node: SyntaxNode): boolean => functions.has(node.type);
