/** Formulas and bodies made wrong: comparisons, arithmetic, conditions, numbers, amounts, words, fields, and statements that go. */
import type { SystemModel } from '#model';
import { type Edit, isNode, nameOf, nodesAt, type Placed, removed, replaced, type SyntaxNode } from './edit.ts';

/** Formulas stand in arrow functions, bodies in what is called `run`. */
export const inFormula = ({ around }: Placed): boolean => around.some((node) => node.type === 'ArrowFunctionExpression');
export const inBody = ({ around }: Placed): boolean =>
  around.some((node) => node.type === 'Property' && ['run', 'load', 'decide'].includes(nameOf(node)) && node['method'] === true);

const others: { readonly [operator: string]: readonly string[] } = {
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '<': ['<=', '>'],
  '<=': ['<', '>'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['+'],
  '&&': ['||'],
  '||': ['&&'],
};
const calls: { readonly [name: string]: string } = {
  min: 'max',
  max: 'min',
  largest: 'smallest',
  smallest: 'largest',
  addDays: 'addMonths',
};

export function wrongCode(text: string, { node, around }: Placed, model: SystemModel): readonly Edit[] {
  const of = (value: unknown): string => (isNode(value) ? text.slice(value.start, value.end) : '');
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const [left, right, operator] = [of(node['left']), of(node['right']), String(node['operator'])];
      return [
        ...(others[operator] ?? []).map((other) => replaced(node, `${left} ${other} ${right}`, `${operator} is ${other}`)),
        ...(node.type === 'LogicalExpression'
          ? [replaced(node, `(${left})`, 'the right half is gone'), replaced(node, `(${right})`, 'the left half is gone')]
          : []),
      ];
    }
    case 'ConditionalExpression': {
      const [when, then, otherwise] = [of(node['test']), of(node['consequent']), of(node['alternate'])];
      return [
        replaced(node, `${when} ? ${otherwise} : ${then}`, 'the arms are swapped'),
        replaced(node, `(${then})`, 'always the first arm'),
        replaced(node, `(${otherwise})`, 'always the other arm'),
      ];
    }
    case 'UnaryExpression':
      return node['operator'] === '!' ? [replaced(node, of(node['argument']), 'not is gone')] : [];
    case 'IfStatement':
      return isNode(node['test'])
        ? [replaced(node['test'], `!(${of(node['test'])})`, 'the condition is the other way round'), removed(text, node, 'an if is gone')]
        : [];
    case 'ExpressionStatement':
      return [removed(text, node, 'a statement is gone')];
    case 'Literal':
      return literal(node, model);
    case 'MemberExpression':
      return field(node, model);
    case 'CallExpression': {
      const other = calls[nameOf(node)];
      const callee = node['callee'];
      return other === undefined || !isNode(callee) || callee.type !== 'Identifier'
        ? []
        : [replaced(callee, other, `${nameOf(node)} is ${other}`)];
    }
    case 'Property':
      return around[0]?.type === 'ObjectExpression' &&
        around.some((each) => each.type === 'CallExpression') &&
        nodesAt((around[0] ?? node)['properties']).length > 1
        ? [removed(text, node, `${nameOf(node)} is left out`)]
        : [];
    default:
      return [];
  }
}

export function literal(node: SyntaxNode, model: SystemModel): readonly Edit[] {
  const { value } = node as { readonly value?: unknown };
  if (typeof value === 'number') return [value + 1, value - 1, value * 10].map((put) => replaced(node, String(put), `${value} is ${put}`));
  if (typeof value === 'boolean') return [replaced(node, String(!value), `${String(value)} is ${String(!value)}`)];
  if (typeof value !== 'string') return [];
  const quoted = (put: string): Edit => replaced(node, `'${put}'`, `${value} is ${put}`);
  if (/^-?\d+\.\d+$/.test(value)) {
    const digits = value.split('.')[1]?.length ?? 0;
    const step = 10 ** -digits;
    return [Number(value) + step, Number(value) - step, Number(value) * 10 + 1].map((put) => quoted(put.toFixed(digits)));
  }
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    const day = new Date(value);
    day.setUTCDate(day.getUTCDate() + 1);
    return [quoted(day.toISOString().slice(0, 10))];
  }
  return siblingsOf(value, model).slice(0, 2).map(quoted);
}

/** Other words that could stand where this choice, role or way of rounding stands. */
export function siblingsOf(word: string, model: SystemModel): readonly string[] {
  const lists = [
    ...model.entities.flatMap((entity) =>
      entity.fields.flatMap(({ type }) => (type.kind === 'choice' ? [type.choices.map(({ name }) => name)] : [])),
    ),
    Object.keys(model.settings.roles),
    ['half-up', 'down', 'up', 'half-even'],
    ['eq', 'ne'],
    ['lt', 'le', 'lte'],
    ['gt', 'ge', 'gte'],
  ];
  return lists.find((list) => list.includes(word))?.filter((other) => other !== word) ?? [];
}

/** Another field of the same type of the same row. */
function field(node: SyntaxNode, model: SystemModel): readonly Edit[] {
  const property = node['property'];
  if (node['computed'] === true || !isNode(property)) return [];
  const name = nameOf(node);
  for (const { fields } of model.entities.flatMap((entity) => [
    entity,
    ...entity.fields.flatMap(({ type }) => (type.kind === 'list' ? [{ fields: type.fields }] : [])),
  ])) {
    const type = fields.find((each) => each.name === name)?.type;
    if (type === undefined) continue;
    const other = fields.find((each) => each.name !== name && each.type.kind === type.kind && each.required);
    const any = other ?? fields.find((each) => each.name !== name && each.type.kind === type.kind);
    if (any !== undefined) return [replaced(property, any.name, `${name} is ${any.name}`)];
  }
  return [];
}
