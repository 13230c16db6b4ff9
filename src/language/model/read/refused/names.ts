/**
 * What the names of a file are bound to, as far as syntax shows. A name that is bound twice is what both bindings say; nothing is
 * known of one that is bound to what cannot be seen.
 */
import { everyNode, isFunction, nodeIn, nodesIn, type SyntaxNode, textIn } from '../../inspect/syntax-walk.ts';

export interface Binding {
  readonly constant: boolean;
  readonly init?: SyntaxNode;
  readonly type?: SyntaxNode;
  /** Taken out of what run is given, by this name. */
  readonly given?: string;
  readonly caught?: true;
}
export interface Names {
  bindings(name: string): readonly Binding[];
  /** Whether anything is put into that name after its declaration. */
  altered(name: string): boolean;
  /** Types and interfaces that the file declares. */
  readonly types: ReadonlySet<string>;
}

export function namesOf(program: SyntaxNode, run: SyntaxNode | undefined): Names {
  const bindings = new Map<string, Binding[]>();
  const altered = new Set<string>();
  const types = new Set<string>();
  const bind = (pattern: SyntaxNode | undefined, binding: Binding): void => {
    if (pattern === undefined) return;
    if (pattern.type === 'Identifier') {
      const type = nodeIn(nodeIn(pattern, 'typeAnnotation') ?? pattern, 'typeAnnotation');
      const name = textIn(pattern, 'name');
      bindings.set(name, [...(bindings.get(name) ?? []), { ...binding, ...(type === undefined ? {} : { type }) }]);
      return;
    }
    const inner: Binding = { constant: binding.constant };
    if (pattern.type === 'AssignmentPattern') return bind(nodeIn(pattern, 'left'), inner);
    if (pattern.type === 'RestElement') return bind(nodeIn(pattern, 'argument'), inner);
    if (pattern.type === 'ArrayPattern') for (const element of nodesIn(pattern, 'elements')) bind(element, inner);
    if (pattern.type === 'ObjectPattern')
      for (const property of nodesIn(pattern, 'properties'))
        if (property.type === 'RestElement') bind(nodeIn(property, 'argument'), inner);
        else bind(nodeIn(property, 'value'), inner);
  };
  for (const node of everyNode(program)) {
    if (node.type === 'VariableDeclaration')
      for (const declarator of nodesIn(node, 'declarations')) {
        const init = nodeIn(declarator, 'init');
        bind(nodeIn(declarator, 'id'), { constant: node['kind'] === 'const', ...(init === undefined ? {} : { init }) });
      }
    if (isFunction(node)) {
      bind(nodeIn(node, 'id'), { constant: true, init: node });
      const [first] = nodesIn(node, 'params');
      const givens = node === run && first?.type === 'ObjectPattern' ? nodesIn(first, 'properties') : [];
      for (const property of givens) {
        const key = nodeIn(property, 'key');
        const value = nodeIn(property, 'value');
        const target = value?.type === 'AssignmentPattern' ? nodeIn(value, 'left') : value;
        if (property['computed'] !== true && key !== undefined && target?.type === 'Identifier')
          bind(target, { constant: false, given: textIn(key, 'name') });
        else bind(value ?? nodeIn(property, 'argument'), { constant: false });
      }
      if (givens.length === 0) for (const parameter of nodesIn(node, 'params')) bind(parameter, { constant: false });
    }
    if (node.type === 'CatchClause') bind(nodeIn(node, 'param'), { constant: false, caught: true });
    if (node.type === 'TSTypeAliasDeclaration' || node.type === 'TSInterfaceDeclaration')
      types.add(textIn(nodeIn(node, 'id') ?? node, 'name'));
    if (node.type === 'UpdateExpression') target(nodeIn(node, 'argument'), altered);
    if (node.type === 'AssignmentExpression') target(nodeIn(node, 'left'), altered);
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') target(nodeIn(node, 'left'), altered);
  }
  return { bindings: (name) => bindings.get(name) ?? [], altered: (name) => altered.has(name), types };
}

function target(pattern: SyntaxNode | undefined, altered: Set<string>): void {
  if (pattern === undefined || pattern.type === 'MemberExpression') return;
  for (const node of everyNode(pattern)) if (node.type === 'Identifier') altered.add(textIn(node, 'name'));
}

/** A text that syntax alone makes: literals, joined by + or in a template, names of such. */
export function textOf(node: SyntaxNode | undefined, names: Names, depth = 0): string | undefined {
  if (node === undefined || depth > 20) return undefined;
  const inner = (part: SyntaxNode | undefined): string | undefined => textOf(part, names, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' || typeof node['value'] === 'number' ? String(node['value']) : undefined;
    case 'TemplateLiteral': {
      const parts = nodesIn(node, 'expressions').map(inner);
      if (parts.includes(undefined)) return undefined;
      return nodesIn(node, 'quasis')
        .map((quasi, at) => `${(quasi['value'] as { readonly cooked?: string } | undefined)?.cooked ?? ''}${parts[at] ?? ''}`)
        .join('');
    }
    case 'BinaryExpression': {
      const [left, right] = [inner(nodeIn(node, 'left')), inner(nodeIn(node, 'right'))];
      return node['operator'] === '+' && left !== undefined && right !== undefined ? left + right : undefined;
    }
    case 'CallExpression': {
      const callee = nodeIn(node, 'callee');
      const list = callee?.type === 'MemberExpression' ? nodeIn(callee, 'object') : undefined;
      if (list?.type !== 'ArrayExpression' || textIn(nodeIn(callee ?? node, 'property') ?? node, 'name') !== 'join') return undefined;
      const parts = nodesIn(list, 'elements').map(inner);
      const [separator = ','] = nodesIn(node, 'arguments').map(inner);
      return parts.includes(undefined) ? undefined : parts.join(separator);
    }
    case 'Identifier': {
      const [binding, ...others] = names.bindings(textIn(node, 'name'));
      return others.length === 0 && binding?.constant === true ? inner(binding.init) : undefined;
    }
    default:
      return undefined;
  }
}
