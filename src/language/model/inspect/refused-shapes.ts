/**
 * Shapes that a component may not write: whatever switches the type check off, or reaches behind the language. Which names
 * it may use is the reading's question; containment never rests on either.
 */
import { everyNode, nodeIn, type SyntaxNode, textIn } from './syntax-walk.ts';

export interface Finding {
  readonly at: number;
  readonly message: string;
}

const reflective = new Set([
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);

export function refusedShapes(program: SyntaxNode): readonly Finding[] {
  const findings: Finding[] = [];
  for (const node of everyNode(program)) {
    const why = refused(node);
    if (why !== undefined) findings.push({ at: node.start, message: why });
  }
  return findings;
}

function refused(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'TSAnyKeyword':
      return 'any switches the type check off; write the type';
    case 'TSNonNullExpression':
      return 'a non-null ! hides an absent value; handle it';
    case 'TSAsExpression':
    case 'TSTypeAssertion': {
      const to = nodeIn(node, 'typeAnnotation');
      const name = to === undefined ? undefined : nodeIn(to, 'typeName');
      return name !== undefined && textIn(name, 'name') === 'const'
        ? undefined
        : 'a cast switches the type check off; let the types follow from the values (of a json, from its shape)';
    }
    case 'ThisExpression':
      return 'this has no meaning in a component';
    case 'MemberExpression': {
      const property = nodeIn(node, 'property');
      const name = property === undefined ? '' : node['computed'] === true ? property['value'] : property['name'];
      return typeof name === 'string' && reflective.has(name)
        ? `.${name} reaches behind the language; a component does not need it`
        : undefined;
    }
    default:
      return undefined;
  }
}
