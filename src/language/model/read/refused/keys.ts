/**
 * Access by a key that is computed. Allowed: a key that is surely a number, on anything; any key on declared data. Declared data is
 * `input`, `row`, `event`, and a name of this file that stands for a list or a record: by its literal, by its written type, or as the
 * result of a function that makes such; and what is reached from there by plain names. Everything else could be a walk to
 * where a component has no business.
 */
import { nodeIn, type SyntaxNode, textIn } from '../../inspect/syntax-walk.ts';
import type { Binding, Names } from './names.ts';

const given = ['input', 'row', 'event'];
const records = ['Record', 'Readonly', 'Partial', 'Required', 'Pick', 'Omit', 'Row', 'Stored', 'Array', 'ReadonlyArray'];
const makesData = new Set(
  'map filter flatMap slice concat sort toSorted reverse toReversed splice toSpliced with split flat keys values entries from of fromEntries groupBy'.split(
    ' ',
  ),
);
const givesNumber = new Set('length size indexOf findIndex lastIndexOf findLastIndex charCodeAt codePointAt'.split(' '));
const mostDeep = 20;

export function isDeclaredData(node: SyntaxNode | undefined, names: Names, depth = 0): boolean {
  if (node === undefined || depth > mostDeep) return false;
  if (node.type === 'ChainExpression') return isDeclaredData(nodeIn(node, 'expression'), names, depth + 1);
  if (node.type === 'MemberExpression' && (node['computed'] !== true || isNumber(nodeIn(node, 'property'), names)))
    return isDeclaredData(nodeIn(node, 'object'), names, depth + 1);
  if (node.type !== 'Identifier') return false;
  const bindings = names.bindings(textIn(node, 'name'));
  return bindings.length > 0 && bindings.every((binding) => isData(binding, names, depth));
}

function isData({ given: from, type, init }: Binding, names: Names, depth: number): boolean {
  if (from !== undefined) return given.includes(from);
  if (type !== undefined) return isDataType(type, names);
  switch (init?.type) {
    case 'ObjectExpression':
    case 'ArrayExpression':
      return true;
    case 'CallExpression': {
      const callee = nodeIn(init, 'callee');
      return callee?.type === 'MemberExpression' && makesData.has(textIn(nodeIn(callee, 'property') ?? callee, 'name'));
    }
    case 'NewExpression':
      return textIn(nodeIn(init, 'callee') ?? init, 'name') === 'Array';
    case 'MemberExpression':
      return isDeclaredData(init, names, depth + 1);
    default:
      return false;
  }
}
function isDataType(type: SyntaxNode, names: Names): boolean {
  switch (type.type) {
    case 'TSArrayType':
    case 'TSTupleType':
    case 'TSTypeLiteral':
      return true;
    case 'TSTypeOperator':
      return isDataType(nodeIn(type, 'typeAnnotation') ?? type, names);
    case 'TSTypeReference': {
      const name = textIn(nodeIn(type, 'typeName') ?? type, 'name');
      return records.includes(name) || names.types.has(name);
    }
    default:
      return false;
  }
}

/** Whether an expression is surely a number, whatever runs. */
export function isNumber(node: SyntaxNode | undefined, names: Names, depth = 0): boolean {
  if (node === undefined || depth > mostDeep) return false;
  const inner = (member: string): boolean => isNumber(nodeIn(node, member), names, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'number';
    case 'UnaryExpression':
      return ['-', '+', '~'].includes(textIn(node, 'operator'));
    case 'UpdateExpression':
      return true;
    case 'BinaryExpression': {
      const operator = textIn(node, 'operator');
      return (
        ['-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>'].includes(operator) ||
        (operator === '+' && inner('left') && inner('right'))
      );
    }
    case 'ConditionalExpression':
      return inner('consequent') && inner('alternate');
    case 'MemberExpression':
      return node['computed'] !== true && givesNumber.has(textIn(nodeIn(node, 'property') ?? node, 'name'));
    case 'CallExpression': {
      const callee = nodeIn(node, 'callee');
      if (callee?.type === 'Identifier') return ['Number', 'parseInt', 'parseFloat'].includes(textIn(callee, 'name'));
      const object = callee === undefined ? undefined : nodeIn(callee, 'object');
      const name = callee === undefined ? '' : textIn(nodeIn(callee, 'property') ?? callee, 'name');
      return givesNumber.has(name) || (object?.type === 'Identifier' && textIn(object, 'name') === 'Math');
    }
    case 'Identifier': {
      const bindings = names.bindings(textIn(node, 'name'));
      return (
        bindings.length > 0 &&
        bindings.every(({ type, init }) => type?.type === 'TSNumberKeyword' || (type === undefined && isNumber(init, names, depth + 1)))
      );
    }
    default:
      return false;
  }
}
