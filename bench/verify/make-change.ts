/** One good change of one component of each kind, with an example of it, as a person would make it. */
import type { Scope } from '#kernel';
import {
  type MadeKind,
  type MadeModule,
  type MadeSystem,
  mainEntity,
  openView,
  pathFor,
  raiseOperation,
  rebateRule,
  testsOf,
} from './make-system.ts';

export interface MadeChange {
  readonly kind: MadeKind;
  readonly component: string;
  readonly edits: { readonly [path: string]: string };
  readonly scope: Scope;
}

/** `round` makes changes of one module differ. */
export function makeChange(system: MadeSystem, module: MadeModule, kind: MadeKind, round: number): MadeChange {
  const { number, main } = module;
  const tests = (examples: string): { readonly [path: string]: string } => ({
    [`entities/${main}.test.ts`]: testsOf(`${module.examples}\n${examples}`),
  });
  const row = (more: string): string => `{ name: 'New', amount: '5.00', lines: [{ label: 'x', quantity: 2, price: '20.00' }]${more} }`;
  const of = (price: string, more = ''): string =>
    `{ name: 'Edge', amount: '5.00', lines: [{ label: 'x', quantity: 1, price: '${price}' }]${more} }`;
  const refersTo = /to: 'thing(\d+)'/.exec(system.files[pathFor('entity', main)] ?? '')?.[1];
  switch (kind) {
    case 'entity':
      return {
        kind,
        component: `entity/${main}`,
        scope: { components: [`entity/${main}`], members: [`entity/${main}`] },
        edits: {
          [pathFor('entity', main)]: mainEntity(
            number,
            refersTo === undefined ? undefined : Number(refersTo),
            `extra${round}: money({ id: 'f_n${number}x${round}', no: ${20 + round}, live: (thing: Row<'${main}'>) => thing.state === 'open' ? thing.subtotal * ${2 + (round % 5)} : thing.amount }),`,
          ),
          ...tests(`  example('extra ${round}', [
    { create: '${main}', as: 'it', with: ${row('')}, then: { extra${round}: '${40 * (2 + (round % 5))}.00' } },
    { update: 'it', with: { state: 'done' }, then: { extra${round}: '5.00' } },
  ]),`),
        },
      };
    case 'rule':
      return {
        kind,
        component: `rule/rebate${number}`,
        scope: { components: [`rule/rebate${number}`, `entity/${main}`], members: [`rule/rebate${number}`, `entity/${main}`] },
        edits: {
          [pathFor('rule', `rebate${number}`)]: rebateRule(
            number,
            `    if ((thing.count ?? 0) >= ${7 + (round % 3)}) return percentOf(thing.subtotal, 50);\n`,
          ),
          ...tests(`  example('half off for a count of ${7 + (round % 3)}', [
    { create: '${main}', as: 'it', with: ${row(`, count: ${7 + (round % 3)}`)}, then: { rebate: '20.00' } },
    { create: '${main}', with: ${row(`, count: ${6 + (round % 3)}`)}, then: { rebate: '0.00' } },
    { create: '${main}', with: ${of('0.01', `, count: ${7 + (round % 3)}`)}, then: { rebate: '0.01' } },
    { create: '${main}', with: ${of('100.00')}, then: { rebate: '0.00' } },
    { create: '${main}', with: ${of('100.05')}, then: { rebate: '10.01' } },
  ]),`),
        },
      };
    case 'operation':
      return {
        kind,
        component: `operation/raise${number}x1`,
        scope: { components: [`operation/raise${number}x1`], members: [`operation/raise${number}x1`] },
        edits: {
          [pathFor('operation', `raise${number}x1`)]: raiseOperation(
            number,
            1,
            `    if (input.by > ${50 + (round % 10)}) refuse('conflict', 'That is too much at once.');\n`,
          ),
          ...tests(`  example('not too much at once ${round}', [
    { create: '${main}', as: 'it', with: ${row('')} },
    { call: 'raise${number}x1', on: 'it', with: { by: ${51 + (round % 10)} }, then: { refused: 'conflict' } },
    { call: 'raise${number}x1', on: 'it', with: { by: ${50 + (round % 10)} }, then: { count: ${50 + (round % 10)} } },
  ]),`),
        },
      };
    case 'view':
      return {
        kind,
        component: `view/open${number}x1`,
        scope: { components: [`view/open${number}x1`], members: [`view/open${number}x1`] },
        edits: {
          [pathFor('view', `open${number}x1`)]: openView(
            number,
            1,
            `    more: { label: 'More', value: (thing) => thing.amount * ${2 + (round % 5)} },\n`,
          ),
          ...tests(`  example('more ${round}', [
    { create: '${main}', as: 'it', with: ${row('')} },
    { show: 'open${number}x1', then: [{ name: 'New', more: '${5 * (2 + (round % 5))}.00' }] },
  ]),`),
        },
      };
  }
}
