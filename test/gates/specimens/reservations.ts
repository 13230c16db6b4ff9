/** A small system whose operations depend on what was done before: items that are reserved and released, by people in several roles. */
const head = (what: string): string => `/**
 * ${what}
 *
 * why: what is reserved is kept for whoever asked first
 * change: start
 * generator: person
 * date: 2026-11-23
 */
`;

/** What is kept: nothing appears or vanishes, and whoever holds something holds it alone. */
const promises: readonly string[] = [
  `  relation('what was delivered is in stock or reserved', {
    on: 'item',
    kept: (item: Row<'item'>) => item.stock + sum(item.reservations, (one) => (one.state === 'open' ? one.quantity : 0)) === item.delivered,
  }),`,
  `  relation('nobody releases what another holds', {
    on: 'reservation',
    kept: (reservation: Row<'reservation'>) => reservation.state === 'open' || reservation.releasedBy === reservation.holder,
  }),`,
];

const operation = (name: string, terms: string, capabilities: string, given: readonly string[], body: string): string => {
  const used = (words: readonly string[]): readonly string[] => words.filter((word) => new RegExp(`\\b${word}[(.]`).test(terms + body));
  return `${head(`To ${name} what is kept.`)}import { ${['operation', ...used(['integer', 'reference', 'refuse'])].join(', ')} } from 'theseus/sdk';

export default operation({
${terms}
  capabilities: ${capabilities},
  async run({ ${used(given).join(', ')} }) {
${body}
  },
});
`;
};
export const reserve = (body: string): string =>
  operation(
    'reserve',
    `  id: 'o_reserve',
  name: 'reserve',
  input: {
    item: reference({ id: 'f_riitem', no: 1, to: 'item', required: true }),
    quantity: integer({ id: 'f_riqty', no: 2, required: true, min: 1 }),
  },
  output: { row: 'reservation' },`,
    "{ item: ['read', 'update'], reservation: ['create'] }",
    ['caller', 'data', 'input'],
    body,
  );
export const release = (body: string): string =>
  operation(
    'release',
    `  id: 'o_release',
  name: 'release',
  on: 'reservation',
  output: { row: 'reservation' },`,
    "{ item: ['read', 'update'], reservation: ['update'] }",
    ['caller', 'data', 'row'],
    body,
  );

export const takes = `    const item = await data.item.get(input.item);
    if (item.stock < input.quantity) refuse('conflict', 'There is not so much in stock.');
    await data.item.update(item.id, { stock: item.stock - input.quantity });
    return data.reservation.create({ item: item.id, quantity: input.quantity, holder: caller.id, state: 'open' });`;
export const gives = `    const item = await data.item.get(row.item);
    await data.item.update(item.id, { stock: item.stock + row.quantity });
    return data.reservation.update(row.id, { state: 'released', releasedBy: caller.id });`;
export const onlyOpen = `    if (row.state !== 'open') refuse('conflict', 'It is released already.');
`;

export const onlyHolder = `    if (row.holder !== caller.id) refuse('forbidden', 'Somebody else holds it.');
`;

/** A sequence that a generated run came upon. */
export const found = `  sequence('found: released twice', [
    { create: 'item', as: 'tea', with: { name: 'Tea', stock: 10, delivered: 10 } },
    { call: 'reserve', as: 'mine', by: 'clerk', with: { item: 'tea', quantity: 3 } },
    { call: 'release', on: 'mine', by: 'clerk' },
    { call: 'release', on: 'mine', by: 'clerk' },
  ]),
`;
/** No example does anything twice, or by two people. */
export function releaseTests({
  more = '',
  promised = promises,
}: { readonly more?: string; readonly promised?: readonly string[] } = {}): string {
  const used = [
    'example',
    'examples',
    ...(promised.length > 0 ? ['relation', 'type Row'] : []),
    ...(more === '' ? [] : ['sequence']),
    ...(promised.length > 0 ? ['sum'] : []),
  ];
  return `import { ${used.join(', ')} } from 'theseus/sdk';

export default examples([
  example('what is released is in stock again', [
    { create: 'item', as: 'tea', with: { name: 'Tea', stock: 10, delivered: 10 } },
    { call: 'reserve', as: 'mine', with: { item: 'tea', quantity: 3 }, then: { state: 'open' } },
    { read: 'tea', then: { stock: 7 } },
    { call: 'release', on: 'mine', then: { state: 'released' } },
    { read: 'tea', then: { stock: 10 } },
  ]),
${more}${promised.join('\n')}
]);
`;
}

export const reservationFiles: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'depot',
    currency: 'EUR',
    roles: {
      owner: { read: true, write: true, sensitive: true },
      clerk: { read: true, write: true, sensitive: false },
      viewer: { read: true, write: false, sensitive: false },
    },
    policy: { isolation: 'preferred' },
  }),
  'entities/item.ts': `${head('An item is kept in stock.')}import { entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_item',
  name: 'item',
  plural: 'items',
  title: 'name',
  fields: {
    name: text({ id: 'f_iname', no: 1, required: true }),
    stock: integer({ id: 'f_istock', no: 2, required: true }),
    delivered: integer({ id: 'f_idel', no: 3, required: true, min: 0 }),
  },
});
`,
  'entities/reservation.ts': `${head('A reservation keeps something of an item.')}import { choice, entity, integer, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_resv',
  name: 'reservation',
  plural: 'reservations',
  title: 'holder',
  fields: {
    item: reference({ id: 'f_vitem', no: 1, to: 'item', required: true }),
    quantity: integer({ id: 'f_vqty', no: 2, required: true, min: 1 }),
    holder: text({ id: 'f_vhold', no: 3, required: true }),
    state: choice({ id: 'f_vstate', no: 4, choices: { open: 'c_vopen', released: 'c_vrel' }, default: 'open' }),
    releasedBy: text({ id: 'f_vby', no: 5 }),
  },
});
`,
  'operations/reserve.ts': reserve(takes),
  'operations/release.ts': release(onlyOpen + onlyHolder + gives),
  'operations/release.test.ts': releaseTests(),
};
