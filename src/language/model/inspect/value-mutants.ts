/**
 * Mutants of what Stryker leaves alone in a body: numbers, what stands in for a value that is absent, the bounds of filters, and what goes out. Told apart is what no example looks at:
 * what is said to people, and how long a page is. Loads a parser: disposable process only.
 */
import { parseSync } from 'oxc-parser';
import { type EffectMutant, effectMutantsAt } from './effect-mutants.ts';
import { merelySaid } from './merely-said.ts';
import { switchedText, type Switched } from './switched-text.ts';
import { isNode, nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

export interface ValueMutant {
  readonly id: string;
  readonly mutator: 'number' | 'absent' | 'filter' | 'effect';
  readonly replacement: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly instead?: Instead;
  readonly effect?: EffectMutant['effect'];
}
/** Of `a.b ?? c`: for whose value, where `data.x` is a row of x that was got by its id, and nothing where that is not seen; and what `c` is, where it is written out. */
export interface Instead {
  readonly of: string;
  readonly field: string;
  readonly given?: string | number | boolean;
}
export interface ValueMutants {
  readonly code: string;
  readonly mutants: readonly ValueMutant[];
  /** Comparisons that decide alone or with others whether something is refused. */
  readonly guards: readonly { readonly start: number; readonly end: number }[];
}
type Found = Omit<ValueMutant, 'id' | 'start' | 'end' | 'line'>;

/** More items of a list nobody writes out in an example. */
const MOST_ITEMS = 10;
/** So many places of one body; of a longer one those that lie as far apart. */
const MOST_PLACES = 40;

export function valueMutantsOf(code: string): ValueMutants {
  const { program } = parseSync('component.js', code, { lang: 'js', sourceType: 'script', preserveParens: false });
  const rows = new Map<string, string>();
  const places: { readonly node: SyntaxNode; readonly found: readonly Found[] }[] = [];
  const guards: { readonly start: number; readonly end: number }[] = [];
  const isSaid = merelySaid(program as unknown as SyntaxNode);
  const visit = (node: SyntaxNode, around: readonly SyntaxNode[]): void => {
    if (isSaid(node)) return;
    const row = rowIn(node);
    if (row !== undefined) rows.set(row.name, row.entity);
    if (node.type === 'IfStatement') guards.push(...guardsIn(node));
    const found = [...effectMutantsAt(node, around, code), ...mutantsAt(node, around, rows)];
    if (found.length > 0) places.push({ node, found });
    if (numberIn(node) !== undefined) return;
    for (const [member, value] of Object.entries(node)) {
      if (member === 'type' || member === 'parent') continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, [node, ...around]);
    }
  };
  visit(program as unknown as SyntaxNode, []);
  const step = Math.max(1, Math.ceil(places.length / MOST_PLACES));
  const mutants: ValueMutant[] = [];
  const switched = places
    .filter(({ found }, at) => at % step === 0 || found.some(({ mutator }) => mutator === 'effect'))
    .map(({ node: { start, end }, found }): Switched => {
      const line = code.slice(0, start).split('\n').length;
      const others = found.map((one) => {
        const id = `v${mutants.length}`;
        mutants.push({ id, start, end, line, ...one });
        return { id, text: one.replacement };
      });
      return { start, end, others };
    });
  return { code: switchedText(code, switched), mutants, guards };
}

function mutantsAt(node: SyntaxNode, around: readonly SyntaxNode[], rows: ReadonlyMap<string, string>): readonly Found[] {
  const [outer] = around;
  const number = numberIn(node);
  if (outer?.type === 'LogicalExpression' && textIn(outer, 'operator') === '??' && outer['right'] === node) {
    // Lists and the like have mutants of Stryker's.
    if (/^(Array|Object)Expression$|^TemplateLiteral$/.test(node.type)) return [];
    const known = { instead: { ...insteadOf(outer, rows), ...givenIn(node) } };
    // One more tells it from what stands there where it is a number; nothing does where it is not.
    return [
      number === undefined
        ? { mutator: 'absent', replacement: 'undefined', ...known }
        : { mutator: 'number', replacement: String(number + 1), ...known },
    ];
  }
  if (outer?.type === 'Property' && (outer['key'] === node || nameOf(nodeIn(outer, 'key')) === 'limit')) return [];
  if (number !== undefined) return othersOf(number, outer).map((value) => ({ mutator: 'number', replacement: String(value) }));
  const bound = filterBound(node, around);
  return bound === undefined ? [] : [{ mutator: 'filter', replacement: `'${bound}'` }];
}

/** What is one more and one less. A bound that is compared with has mutants of Stryker's: with it in the comparison, or out of it. */
const othersOf = (number: number, outer: SyntaxNode | undefined): readonly number[] =>
  outer?.type === 'BinaryExpression' && /^[<>]=?$/.test(textIn(outer, 'operator')) ? [] : [number + 1, number - 1];

function numberIn(node: SyntaxNode): number | undefined {
  if (node.type === 'UnaryExpression' && textIn(node, 'operator') === '-') {
    const of = numberIn(nodeIn(node, 'argument') ?? node);
    return of === undefined ? undefined : -of;
  }
  const { value } = node as { readonly value?: unknown };
  return node.type === 'Literal' && typeof value === 'number' ? value : undefined;
}
function givenIn(node: SyntaxNode): Pick<Instead, 'given'> {
  const { value } = node as { readonly value?: unknown };
  const given =
    numberIn(node) ?? (node.type === 'Literal' && (typeof value === 'string' || typeof value === 'boolean') ? value : undefined);
  return given === undefined ? {} : { given };
}

const beside: { readonly [op: string]: string } = { lt: 'le', le: 'lt', gt: 'ge', ge: 'gt' };
/** `op` of `{ field, op, value }`, with the bound in it or out of it. Which row comes after the one before is no bound that an example shows. */
function filterBound(node: SyntaxNode, [property, filter]: readonly SyntaxNode[]): string | undefined {
  if (node.type !== 'Literal' || property?.type !== 'Property' || nameOf(nodeIn(property, 'key')) !== 'op' || filter === undefined)
    return undefined;
  const members = new Map(nodesIn(filter, 'properties').map((each) => [nameOf(nodeIn(each, 'key')), nodeIn(each, 'value')]));
  return members.has('value') && members.get('field')?.['value'] !== 'id' ? beside[String(node['value'])] : undefined;
}

/** The comparisons in the condition of an `if` that does nothing but refuse. */
function guardsIn(node: SyntaxNode): readonly SyntaxNode[] {
  const then = nodeIn(node, 'consequent');
  const first = then?.type === 'BlockStatement' ? nodesIn(then, 'body')[0] : then;
  const said = first?.type === 'ExpressionStatement' ? nodeIn(first, 'expression') : undefined;
  if (said?.type !== 'CallExpression' || nameOf(nodeIn(said, 'callee')) !== 'refuse') return [];
  const comparisons = (at: SyntaxNode | undefined): readonly SyntaxNode[] =>
    at?.type === 'LogicalExpression' && textIn(at, 'operator') !== '??'
      ? [...comparisons(nodeIn(at, 'left')), ...comparisons(nodeIn(at, 'right'))]
      : at?.type === 'BinaryExpression' && /^[<>]=?$/.test(textIn(at, 'operator')) && !isOfMany(at)
        ? [at]
        : [];
  return comparisons(nodeIn(node, 'test')).map(({ start, end, type }) => ({ start, end, type }));
}

/** How many there are of something, where an example would have to have too many of it. */
function isOfMany(comparison: SyntaxNode): boolean {
  const sides = [nodeIn(comparison, 'left'), nodeIn(comparison, 'right')];
  return (
    sides.some((side) => side?.type === 'MemberExpression' && nameOf(nodeIn(side, 'property')) === 'length') &&
    sides.some((side) => side !== undefined && (numberIn(side) ?? 0) > MOST_ITEMS)
  );
}
function insteadOf(outer: SyntaxNode, rows: ReadonlyMap<string, string>): Instead {
  const left = nodeIn(outer, 'left');
  if (left?.type !== 'MemberExpression' || left['computed'] === true) return { of: '', field: '' };
  const [of, field] = [nameOf(nodeIn(left, 'object')), nameOf(nodeIn(left, 'property'))];
  return { of: rows.get(of) ?? of, field };
}
/** `const product = await data.product.get(id)`, and the same of what was made or changed. */
function rowIn(node: SyntaxNode): { readonly name: string; readonly entity: string } | undefined {
  if (node.type !== 'VariableDeclarator') return undefined;
  const init = nodeIn(node, 'init');
  const callee = init?.type === 'AwaitExpression' ? nodeIn(nodeIn(init, 'argument') ?? init, 'callee') : undefined;
  const of = callee === undefined ? undefined : nodeIn(callee, 'object');
  if (callee === undefined || of === undefined || !['get', 'create', 'update'].includes(nameOf(nodeIn(callee, 'property'))))
    return undefined;
  const name = nameOf(nodeIn(node, 'id'));
  return nameOf(nodeIn(of, 'object')) === 'data' && name !== '' ? { name, entity: `data.${nameOf(nodeIn(of, 'property'))}` } : undefined;
}
const nameOf = (node: SyntaxNode | undefined): string => (node?.type === 'Identifier' ? textIn(node, 'name') : '');
