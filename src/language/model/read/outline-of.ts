/** Where each member of a definition stands, by its path of names: `fields/lines/fields/product`. Bodies are not entered. */
import type { Outline, Span } from '../reading.ts';
import type { ObjectExpression, Syntax } from './syntax.ts';

export function outlineOf(syntax: Syntax, definition: ObjectExpression): Outline {
  const outline: { [member: string]: Span } = {};
  if (syntax.comment !== undefined) outline['head'] = { start: syntax.comment.start, end: syntax.comment.end };
  if (syntax.importSpan !== undefined) outline['imports'] = syntax.importSpan;
  outline['definition'] = { start: definition.start, end: definition.end };
  visit(definition, '', outline);
  return outline;
}

function visit(node: ObjectExpression, prefix: string, outline: { [member: string]: Span }): void {
  for (const property of node.properties) {
    if (property.type === 'SpreadElement' || property.computed) continue;
    const name = property.key.type === 'Identifier' ? property.key.name : property.key.type === 'Literal' ? String(property.key.value) : '';
    if (name === '__proto__') continue;
    const place = prefix === '' ? name : `${prefix}/${name}`;
    outline[place] = { start: property.start, end: property.end };
    const value = property.value.type === 'CallExpression' ? property.value.arguments[0] : property.value;
    if (value !== undefined && value.type === 'ObjectExpression') visit(value, place, outline);
  }
}
