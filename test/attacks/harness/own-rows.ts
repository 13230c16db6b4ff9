/**
 * A system in which customers see their own parcels alone: Ada has one, Bo has one, and Ada attacks. What of Bo's comes out of any
 * answer to her is seen by the words that stand in his row alone.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { HostileSystem } from './systems.ts';

const head =
  '/**\n * A part of a system under attack.\n *\n * why: to be attacked\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
export const ownRowFiles: { readonly [path: string]: string } = {
  'entities/parcel.ts': `${head}import { boolean, entity, integer, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_parcel',
  name: 'parcel',
  plural: 'parcels',
  title: 'what',
  fields: {
    what: text({ id: 'f_pwhat', no: 1, required: true }),
    buyer: text({ id: 'f_pbuyer', no: 2, required: true }),
    code: text({ id: 'f_pcode', no: 3, unique: true }),
    price: integer({ id: 'f_pprice', no: 4, default: 0 }),
    parent: reference({ id: 'f_pparent', no: 5, to: 'parcel' }),
    sealed: boolean({ id: 'f_psealed', no: 6, default: false }),
  },
});
`,
  'entities/remark.ts': `${head}import { entity, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_remark',
  name: 'remark',
  plural: 'remarks',
  title: 'said',
  fields: {
    said: text({ id: 'f_rsaid', no: 1, required: true }),
    parcel: reference({ id: 'f_rparcel', no: 2, to: 'parcel' }),
  },
});
`,
  'rules/own-parcels.ts': `${head}import { access } from 'theseus/sdk';

export default access({
  id: 'r_ownparc',
  name: 'ownParcels',
  on: 'parcel',
  roles: ['customer'],
  rows: (parcel, caller) => parcel.buyer === caller.name,
  write: (parcel, caller) => parcel.buyer === caller.name && !parcel.sealed,
});
`,
  'views/all-parcels.ts': `${head}import { view } from 'theseus/sdk';

export default view({
  id: 'v_allparc',
  name: 'allParcels',
  from: 'parcel',
  columns: { what: { value: (parcel) => parcel.what }, price: { value: (parcel) => parcel.price } },
});
`,
  'views/worth.ts': `${head}import { view } from 'theseus/sdk';

export default view({
  id: 'v_worth',
  name: 'worth',
  from: 'parcel',
  columns: {
    sum: { value: (parcel) => parcel.price, aggregate: 'sum' },
    many: { value: (parcel) => parcel.price, aggregate: 'count' },
    most: { value: (parcel) => parcel.price, aggregate: 'largest' },
  },
});
`,
};

export interface Customers {
  /** Keys. */
  readonly ada: string;
  readonly bo: string;
  /** Ids of parcels. */
  readonly own: string;
  readonly hidden: string;
  /** Words and numbers that stand in Bo's parcel alone. */
  readonly words: readonly string[];
}
const known = new WeakMap<HostileSystem, Promise<Customers>>();
export function customersOf(system: HostileSystem): Promise<Customers> {
  const made = known.get(system) ?? make(system);
  known.set(system, made);
  return made;
}
async function make(system: HostileSystem): Promise<Customers> {
  const keyOf = async (name: string): Promise<string> =>
    String((await system.call('POST', '/_theseus/keys', { name, roles: ['customer'] })).json['key']);
  const parcel = async (values: object): Promise<string> => {
    const { status, json } = await system.call('POST', '/api/parcels', values);
    assert.equal(status, 201, JSON.stringify(json));
    return String(json['id']);
  };
  const hidden = await parcel({ what: 'bosgoldenwatch', buyer: 'bo', code: 'boscode77', price: 918_273 });
  return {
    ada: await keyOf('ada'),
    bo: await keyOf('bo'),
    own: await parcel({ what: 'tea', buyer: 'ada', code: 'adascode', price: 7 }),
    hidden,
    words: ['bosgoldenwatch', '918273', '918280'],
  };
}

/** An answer to Ada, with nothing of Bo's in it; `hidden` may stand in what she asked with. */
export async function asked(
  system: HostileSystem,
  method: string,
  path: string,
  body?: unknown,
  headers: { readonly [name: string]: string } = {},
): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }> {
  const { ada, words } = await customersOf(system);
  const answer = await fetch(`${system.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${ada}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  for (const word of words) assert.ok(!text.includes(word), `${method} ${path} told ${word}: ${text.slice(0, 400)}`);
  return { status: answer.status, text, headers: answer.headers };
}

/** Asks with the id of the hidden row and with one of no row: both must be answered alike. Answers the status. */
export async function toldFromNothing(
  system: HostileSystem,
  ask: (id: string) => Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }>,
): Promise<number> {
  const { hidden } = await customersOf(system);
  const missing = randomUUID();
  const seen = [];
  for (const id of [hidden, missing]) {
    const { status, text, headers } = await ask(id);
    const names = [...headers.keys()].filter((name) => !['date', 'content-length', 'keep-alive', 'connection'].includes(name)).sort();
    seen.push({ status, text: text.replaceAll(id, 'ID').replaceAll(/"(instance|requestId|call)":"[^"]*"/g, ''), names });
  }
  assert.deepEqual(seen[0], seen[1]);
  return seen[0]?.status ?? 0;
}

/** The hidden row as it was made. */
export async function untouched(system: HostileSystem): Promise<void> {
  const { hidden } = await customersOf(system);
  const { status, json } = await system.call('GET', `/api/parcels/${hidden}`);
  assert.deepEqual([status, json['what'], json['buyer'], json['price'], json['sealed']], [200, 'bosgoldenwatch', 'bo', 918_273, false]);
}
