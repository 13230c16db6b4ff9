/** Where a component stands in a system, and how it is called by others: `entities/order-line.ts`, `entity/orderLine`. */
import type { ComponentKind } from '#kernel';
import { kebab } from './names.ts';

export const folders: { readonly [Kind in ComponentKind]: string } = {
  entity: 'entities',
  rule: 'rules',
  workflow: 'workflows',
  operation: 'operations',
  view: 'views',
  reaction: 'reactions',
  job: 'jobs',
};

const kinds: readonly ComponentKind[] = ['entity', 'rule', 'workflow', 'operation', 'view', 'reaction', 'job'];

export type ComponentKey = `${ComponentKind}/${string}`;
export const componentKey = (kind: ComponentKind, name: string): ComponentKey => `${kind}/${name}`;

export const pathOf = (kind: ComponentKind, name: string): string => `${folders[kind]}/${kebab(name)}.ts`;
/** The test file that stands beside a component: `entities/order.ts` has `entities/order.test.ts`. */
export const testPathOf = (path: string): string => path.replace(/\.ts$/, '.test.ts');
export const isTestPath = (path: string): boolean => path.endsWith('.test.ts');

/** The kind whose folder a path stands in, or undefined: such a file is no component. */
export function kindOfPath(path: string): ComponentKind | undefined {
  const folder = path.slice(0, Math.max(0, path.indexOf('/')));
  return kinds.find((kind) => folders[kind] === folder);
}
