/** What printers need to know besides the contract itself: the names of the system, and what stands in place of a formula. */
import { sdkNames } from '../sdk-names.ts';
import { isTakenWord } from '../taken-words.ts';
import { nodesOf, ruleNames, type RuleNames } from '#rules';
import { printExpression, printFunction } from '#rules/print';
import type { EntityContract, Expression, PermanentId } from '#kernel';
import type { Head } from '../reading.ts';
import { rowShape, type SystemModel } from '../system-model.ts';
import { lineWidth } from './layout.ts';
import { printHead } from './print-head.ts';

export interface PrintContext {
  readonly head: Head;
  /** The model with the component that is printed: its names are used. */
  readonly model: SystemModel;
  /** Source text in place of a formula, by the path of its member: `fields/discount/fixed/formula` is `orderDiscount`. */
  readonly texts?: { readonly [member: string]: string };
  /** Components imported for such texts: local name to relative path, `orderDiscount` to `../rules/order-discount.ts`. */
  readonly imports?: { readonly [name: string]: string };
}

const names = new WeakMap<SystemModel, RuleNames>();
export function namesOf(model: SystemModel): RuleNames {
  const made = names.get(model) ?? ruleNames(model.entities, model.settings.currency.digits);
  names.set(model, made);
  return made;
}

/** The name that a formula gives to its row: that of the entity, or `row` where JavaScript or the SDK means something else by it. */
export function parameterName(name: string): string {
  return isTakenWord(name) ? 'row' : name;
}
/** `(order: Row<'order'>) => ...`, or `member`'s own text. */
export function functionText(
  expression: Expression,
  row: PermanentId,
  context: PrintContext,
  member: string,
  typed = true,
): (indent: number, column: number) => string {
  const own = context.texts?.[member];
  if (own !== undefined) return () => own;
  const shape = rowShape(context.model, row);
  const wanted = parameterName(shape?.name ?? 'row');
  const type =
    shape?.parent === undefined
      ? `Row<'${shape?.name ?? ''}'>`
      : `Row<'${shape.parent.entity.name}'>['${shape.parent.field.name}'][number]`;
  return (indent, column) =>
    printFunction(expression, namesOf(context.model), {
      inputs: { row: wanted, ...seconds(expression) },
      indent,
      column,
      parameters: (inputs) => {
        const ofRow = typed ? `${inputs.get('row') ?? wanted}: ${type}` : (inputs.get('row') ?? wanted);
        const asks = [...inputs].flatMap(([input, name]) => (input === 'row' ? [] : [name]));
        // A parameter that is not read is left out, or begins with an underscore where another follows.
        return reads(expression, 'row') ? `(${[ofRow, ...asks].join(', ')})` : `(${asks.length > 0 ? ['_row', ...asks].join(', ') : ''})`;
      },
    });
}

/** The second input that a formula reads: who asks, or the strategies of its rule. */
const seconds = (expression: Expression): { readonly [input: string]: string } =>
  Object.fromEntries((['caller', 'strategy'] as const).flatMap((input) => (reads(expression, input) ? [[input, input]] : [])));

/** Whether a formula reads an input. */
function reads(expression: Expression, input: 'row' | 'caller' | 'strategy'): boolean {
  for (const node of nodesOf(expression)) if (node.node === 'input' && node.name === input) return true;
  return false;
}

/** An expression over nothing (`money('0.00')`), or a function where it reads its row. */
export function valueText(
  expression: Expression,
  row: PermanentId,
  context: PrintContext,
  member: string,
): (indent: number, column: number) => string {
  const own = context.texts?.[member];
  if (own !== undefined) return () => own;
  if (expression.node !== 'constant') return functionText(expression, row, context, member);
  return () => printExpression(expression, namesOf(context.model), { inputs: {} });
}

/** Head, imports of what the body uses, body. */
export function wholeFile(context: PrintContext | undefined, body: string): string {
  const sdk = sdkImport(usedIn(body));
  const others = Object.entries(context?.imports ?? {}).map(([name, path]) => `import ${name} from '${path}';\n`);
  return `${context === undefined ? '' : printHead(context.head)}${sdk}\n${others.join('')}\n${body}`;
}

/** The import line of the SDK, in the order of the alphabet. */
export function sdkImport({ values, types }: { readonly values: readonly string[]; readonly types: readonly string[] }): string {
  const specifiers = [...values.map((name) => ({ name, text: name })), ...types.map((name) => ({ name, text: `type ${name}` }))]
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : a.name.toLowerCase() > b.name.toLowerCase() ? 1 : 0))
    .map(({ text }) => text);
  const flat = `import { ${specifiers.join(', ')} } from 'theseus/sdk';`;
  return flat.length <= lineWidth ? flat : `import {\n${specifiers.map((text) => `  ${text},\n`).join('')}} from 'theseus/sdk';`;
}

/** Names of the SDK that a text uses; texts in quotes and members of other things are not uses. */
export function usedIn(text: string): { readonly values: readonly string[]; readonly types: readonly string[] } {
  const code = text.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''").replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ');
  const values = new Set<string>();
  const types = new Set<string>();
  for (const [, name] of code.matchAll(/(?<![\w$.])([A-Za-z]+)(?=\()/g)) if (name !== undefined && sdkNames.has(name)) values.add(name);
  for (const [, name] of code.matchAll(/(?<![\w$.])(Row|Stored)(?=<)/g)) if (name !== undefined) types.add(name);
  return { values: [...values], types: [...types] };
}

/** The entity as it will be, among the others as they are. */
export const withEntity = (model: SystemModel, entity: EntityContract): SystemModel =>
  model.entities.includes(entity) ? model : { ...model, entities: [...model.entities.filter((other) => other.id !== entity.id), entity] };
