/** One text altered in one place, and the walk over syntax that finds such places. Only what stands in new lines is altered, but where a mutator says otherwise. */
import { parseSync, visitorKeys } from 'oxc-parser';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** In a few words, part of the mutant's name. */
  readonly what: string;
}
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}
/** A node with those around it, the nearest first. */
export interface Placed {
  readonly node: SyntaxNode;
  readonly around: readonly SyntaxNode[];
}

export function placedIn(path: string, text: string): readonly Placed[] {
  const found: Placed[] = [];
  const visit = (node: SyntaxNode, around: readonly SyntaxNode[]): void => {
    found.push({ node, around });
    for (const key of visitorKeys[node.type] ?? []) {
      const inner = node[key];
      for (const one of Array.isArray(inner) ? inner : [inner])
        if (typeof one === 'object' && one !== null && 'type' in one) visit(one as SyntaxNode, [node, ...around]);
    }
  };
  visit(parseSync(path, text).program as unknown as SyntaxNode, []);
  return found;
}

export const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value;
export const nodesAt = (value: unknown): readonly SyntaxNode[] => (Array.isArray(value) ? value.filter(isNode) : []);
/** The name of a property, an identifier or a member; the text of a literal. */
export function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  if (value.type === 'Property') return nameOf(value['key']);
  if (value.type === 'MemberExpression') return nameOf(value['property']);
  if (value.type === 'CallExpression') return nameOf(value['callee']);
  return String(value['name'] ?? value['value'] ?? '');
}
export const propertiesOf = (node: unknown): readonly SyntaxNode[] =>
  isNode(node) && node.type === 'ObjectExpression' ? nodesAt(node['properties']) : [];
export const propertyOf = (node: unknown, name: string): SyntaxNode | undefined =>
  propertiesOf(node).find((property) => nameOf(property) === name);
export const valueOf = (property: SyntaxNode | undefined): SyntaxNode | undefined =>
  isNode(property?.['value']) ? property['value'] : undefined;
/** What is handed to `entity(...)`, `rule(...)`, and so on. */
export function definitionOf(placed: readonly Placed[]): SyntaxNode | undefined {
  const exported = placed.find(({ node }) => node.type === 'ExportDefaultDeclaration')?.node['declaration'];
  return isNode(exported) ? nodesAt(exported['arguments'])[0] : undefined;
}

export const replaced = (node: SyntaxNode, text: string, what: string): Edit => ({ start: node.start, end: node.end, text, what });
/** A member of a list or an object goes, with its comma. */
export function removed(text: string, node: SyntaxNode, what: string): Edit {
  const comma = /^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0;
  return { start: node.start, end: node.end + comma, text: '', what };
}
export const appliedTo = (text: string, { start, end, text: put }: Edit): string => text.slice(0, start) + put + text.slice(end);

/** Whether a place stands in a line that the base does not have. */
export function inNewLines(text: string, before: string | undefined): (edit: Edit) => boolean {
  const known = new Set((before ?? '').split('\n').map((line) => line.trim()));
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return ({ start }) => {
    const line = starts.findLastIndex((each) => each <= start);
    return !known.has(text.slice(starts[line] ?? 0, starts[line + 1] ?? text.length).trim());
  };
}
