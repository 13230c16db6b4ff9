/** What good candidates are made of: how a row of each entity is made in an example, and edits of the bases that keep what stood there. */
import { bases } from '../hand/bases/bases.ts';
import type { BaseName, Candidate, ScopeText } from '../hand/support/ask.ts';
import { imported, tests, withMore, type Files, type Sources } from '../hand/support/texts.ts';

export type GoodCandidate = Candidate & { readonly kind: string };

export interface Thing {
  readonly base: BaseName;
  readonly entity: string;
  /** Steps that make the rows that it refers to. */
  readonly before: readonly string[];
  /** Values of a row; the number keeps apart what must be unique. */
  readonly values: (number: number) => string;
}
const ada = `{ create: 'customer', as: 'ada', with: { name: 'Ada' } }`;
const reader = `{ create: 'member', as: 'ada', with: { name: 'Ada' } }`;
const emma = `{ create: 'book', as: 'emma', with: { name: 'Emma', isbn: 'x', copies: 2 } }`;
const eve = `{ create: 'employee', as: 'eve', with: { name: 'Eve', login: 'eve' } }`;
const bolt = `{ create: 'article', as: 'bolt', with: { sku: 'x', name: 'Bolt', onHand: 3 } }`;

export const things: readonly Thing[] = [
  { base: 'shop', entity: 'customer', before: [], values: () => `name: 'Ada'` },
  { base: 'shop', entity: 'product', before: [], values: (number) => `sku: 'S${number}', name: 'Tea', price: '4.00'` },
  { base: 'shop', entity: 'order', before: [ada], values: () => `customer: 'ada'` },
  {
    base: 'shop',
    entity: 'invoice',
    before: [ada, `{ create: 'order', as: 'o', with: { customer: 'ada' } }`],
    values: (number) => `order: 'o', number: 'R${number}', issueDate: '2026-01-10', total: '5.00'`,
  },
  { base: 'lending', entity: 'member', before: [], values: () => `name: 'Ada'` },
  { base: 'lending', entity: 'book', before: [], values: (number) => `name: 'Emma', isbn: '${number}', copies: 2` },
  { base: 'lending', entity: 'loan', before: [reader, emma], values: () => `member: 'ada', book: 'emma', lentOn: '2026-01-10'` },
  { base: 'payroll', entity: 'employee', before: [], values: (number) => `name: 'Eve', login: 'e${number}'` },
  { base: 'payroll', entity: 'shift', before: [eve], values: () => `employee: 'eve', day: '2026-01-10', minutes: 60, rate: '20.00'` },
  { base: 'payroll', entity: 'expense', before: [eve], values: () => `employee: 'eve', amount: '10.00'` },
  { base: 'depot', entity: 'article', before: [], values: (number) => `sku: 'A${number}', name: 'Bolt', onHand: 3` },
  { base: 'depot', entity: 'movement', before: [bolt], values: () => `article: 'bolt', quantity: 1, kind: 'into'` },
  { base: 'depot', entity: 'alert', before: [bolt], values: () => `article: 'bolt', message: 'low'` },
];
export function thing(entity: string): Thing {
  const found = things.find((one) => one.entity === entity);
  if (found === undefined) throw new Error(`there is no ${entity}`);
  return found;
}
/** A step that makes a row, with more values; later ones win. */
export function makes({ entity, values }: Thing, number: number, more = '', then = '', as = ''): string {
  const given = new Map(
    [...`${values(number)}, ${more}`.matchAll(/(\w+): ('[^']*'|\[.*\]|[^,\s]+)/g)].map(([, name, value]) => [name, value]),
  );
  const list = [...given].map(([name, value]) => `${name}: ${value}`).join(', ');
  return `{ create: '${entity}', ${as === '' ? '' : `as: '${as}', `}with: { ${list} }${then === '' ? '' : `, then: ${then}`} }`;
}

const textOf = (base: BaseName, path: string): string => (bases[base] as Sources)[path] ?? '';
/** The test file as it stands, with more examples at its end: nothing that was tested is taken away. */
export function moreTests(base: BaseName, path: string, ...examples: readonly string[]): Files {
  const before = textOf(base, path);
  if (before === '') return { [path]: tests(...examples) };
  return { [path]: withMore(before, ...examples) };
}
/** The entity with more fields at the end of its fields. */
export function moreFields(base: BaseName, entity: string, fields: string): Files {
  const path = `entities/${entity}.ts`;
  const text = textOf(base, path);
  const end = text.indexOf('\n  },\n', text.indexOf('  fields: {'));
  return { [path]: imported(`${text.slice(0, end)}\n    ${fields}${text.slice(end)}`) };
}
/** The entity with invariants after its fields. */
export function withInvariant(base: BaseName, entity: string, invariant: string): Files {
  const path = `entities/${entity}.ts`;
  const text = textOf(base, path);
  const end = text.indexOf('\n  },\n', text.indexOf('  fields: {')) + '\n  },\n'.length;
  return { [path]: imported(`${text.slice(0, end)}  invariants: { ${invariant} },\n${text.slice(end)}`) };
}
export const good = (
  kind: string,
  id: string,
  base: BaseName,
  request: string,
  scope: ScopeText,
  ...files: readonly Files[]
): GoodCandidate => ({ id: `${kind}/${id}`, kind, base, request, scope, files: Object.assign({}, ...files) as Files });
export const ofField = (entity: string, field: string): ScopeText => ({
  components: [`entity/${entity}`],
  members: [`entity/${entity}#field/${field}`],
});
export const whole = (component: ScopeText['components'][number]): ScopeText => ({ components: [component], members: [component] });
