/**
 * Names that a component uses without having declared them, and shapes that it may not write at all. Why: the isolate holds
 * no files and no network, but a component must not lean on clock, randomness or globals that change under it. A name that
 * is declared anywhere in the file counts as declared: containment never rests on this.
 */
import { everyNode, isFunction, nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

export interface Finding { readonly at: number; readonly message: string }

const allowed = new Set([
  'undefined', 'NaN', 'Infinity', 'Math', 'Number', 'String', 'Boolean', 'Array', 'Object', 'JSON', 'Map', 'Set', 'Promise', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'Error',
]);
const instead: { readonly [name: string]: string } = {
  Date: 'use today or now, which the call gives', performance: 'use now, which the call gives', crypto: 'use random, which the call gives',
  console: 'use log, which the call gives', fetch: 'an operation reaches no network', setTimeout: 'an operation has no timers', process: 'an operation knows no process',
};
const reflective = new Set(['constructor', '__proto__', 'prototype', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']);

/** `operation`: a body of ordinary code; other kinds hold expressions that their own reader checks. */
export function freeNames(program: SyntaxNode, operation: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  const declared = new Set<string>();
  for (const node of everyNode(program)) for (const name of declaredBy(node)) declared.add(name);
  const find = (node: SyntaxNode, message: string): void => void findings.push({ at: node.start, message });
  const skip = new Set<SyntaxNode>();
  for (const node of everyNode(program)) {
    if (node.type.startsWith('TS')) {
      const refused = refusedType(node);
      if (refused !== undefined) find(node, refused);
    }
    if (node.type === 'MemberExpression') {
      const property = nodeIn(node, 'property');
      if (node['computed'] !== true && property !== undefined) {
        skip.add(property);
        if (reflective.has(textIn(property, 'name'))) find(property, `.${textIn(property, 'name')} reaches behind the language; a component does not need it`);
        const object = nodeIn(node, 'object');
        if (object?.type === 'Identifier' && textIn(object, 'name') === 'Math' && textIn(property, 'name') === 'random') find(node, 'Math.random cannot be replayed; use random, which the call gives');
      }
    }
    if ((node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') && node['computed'] !== true) {
      const key = nodeIn(node, 'key');
      if (key !== undefined && node['shorthand'] !== true) skip.add(key);
    }
    if (node.type === 'LabeledStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement') {
      const label = nodeIn(node, 'label');
      if (label !== undefined) skip.add(label);
    }
    if (node.type.startsWith('TS') && !node.type.startsWith('TSAs') && !node.type.startsWith('TSSatisfies') && !node.type.startsWith('TSNonNull')) {
      for (const below of everyNode(node)) skip.add(below);
    }
    if (!operation || skip.has(node)) continue;
    if (node.type === 'Identifier') {
      const name = textIn(node, 'name');
      if (!declared.has(name) && !allowed.has(name)) find(node, `${name} is not there for a component${instead[name] === undefined ? '' : `: ${instead[name]}`}`);
    }
    if (node.type === 'ImportExpression') find(node, 'import() loads code at run time; import at the top of the file');
    if (node.type === 'ThisExpression') find(node, 'this has no meaning in a component');
    if (node.type === 'DebuggerStatement' || node.type === 'WithStatement') find(node, `${node.type === 'WithStatement' ? 'with' : 'debugger'} may not be written`);
    if (node.type === 'AwaitExpression' && nodeIn(node, 'argument') === undefined) find(node, 'await needs a value');
    if (node.type === 'MetaProperty') find(node, 'import.meta and new.target may not be written');
  }
  return findings;
}

function refusedType(node: SyntaxNode): string | undefined {
  if (node.type === 'TSAnyKeyword') return 'any switches the type check off; write the type';
  if (node.type === 'TSNonNullExpression') return 'a non-null ! hides an absent value; handle it';
  if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') {
    const to = nodeIn(node, 'typeAnnotation');
    const name = to === undefined ? undefined : nodeIn(to, 'typeName');
    return name !== undefined && textIn(name, 'name') === 'const' ? undefined : 'a cast switches the type check off; let the types follow from the values';
  }
  return undefined;
}

function declaredBy(node: SyntaxNode): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return namesOf(nodeIn(node, 'id'));
    case 'CatchClause':
      return namesOf(nodeIn(node, 'param'));
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return namesOf(nodeIn(node, 'local'));
    case 'ClassDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return namesOf(nodeIn(node, 'id'));
    default:
      return isFunction(node) ? [...namesOf(nodeIn(node, 'id')), ...nodesIn(node, 'params').flatMap((parameter) => namesOf(parameter))] : [];
  }
}

/** The names that a binding pattern binds. */
export function namesOf(pattern: SyntaxNode | undefined): string[] {
  if (pattern === undefined) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [textIn(pattern, 'name')];
    case 'ObjectPattern':
      return nodesIn(pattern, 'properties').flatMap((property) => namesOf(nodeIn(property, property.type === 'RestElement' ? 'argument' : 'value')));
    case 'ArrayPattern':
      return nodesIn(pattern, 'elements').flatMap(namesOf);
    case 'AssignmentPattern':
      return namesOf(nodeIn(pattern, 'left'));
    case 'RestElement':
      return namesOf(nodeIn(pattern, 'argument'));
    default:
      return [];
  }
}
