import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type Capability,
  type Contract,
  type EntityContract,
  type Field,
  type OperationContract,
  permanentId,
  type ReactionContract,
  type Settings,
  type WorkflowContract,
} from '#kernel';
import { readSystem } from '../read.ts';
import { linkModel } from '../system-model.ts';
import { newGrants, sentenceOf, whoCan } from '../index.ts';

const folder = new URL('../../../../systems/shop/', import.meta.url);
const shop = readSystem(
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
  ),
);
assert.ok(shop.ok);
const settings: Settings = {
  ...shop.settings,
  roles: [
    { name: 'owner', read: true, write: true, sensitive: true },
    { name: 'clerk', read: true, write: true, sensitive: false },
    { name: 'viewer', read: true, write: false, sensitive: false },
  ],
};
const field = (name: string, more: Partial<Field> = {}): Field => ({
  id: permanentId(`f_${name}x`),
  no: 1,
  name,
  type: { kind: 'text' },
  required: false,
  unique: false,
  sensitive: false,
  ...more,
});
const entity = (name: string, more: Partial<EntityContract> = {}): EntityContract => ({
  kind: 'entity',
  id: permanentId(`e_${name}`),
  name,
  plural: `${name}s`,
  title: 'name',
  fields: [field('name')],
  retired: [],
  invariants: [],
  ...more,
});
const product = entity('product', { fields: [field('name'), field('cost', { sensitive: true })] });
const order = entity('order');
const caps = { wallMs: 1, capabilityCalls: 1, rows: 1, bytes: 1 };
const operation = (name: string, roles: readonly string[], capabilities: readonly Capability[]): OperationContract => ({
  kind: 'operation',
  id: permanentId(`o_${name}`),
  name,
  http: { method: 'POST', path: `/api/${name}`, status: 200 },
  input: [],
  output: null,
  capabilities,
  roles,
  caps,
});
const reaction = (name: string, on: ReactionContract['on'], capabilities: readonly Capability[]): ReactionContract => ({
  kind: 'reaction',
  id: permanentId(`r_${name}`),
  name,
  on,
  capabilities,
  caps,
  retries: { attempts: 1, firstMs: 1, mostMs: 1 },
  hourly: { runs: 1, wallMs: 1 },
});
const data = (of: EntityContract, ...access: ('read' | 'create' | 'update' | 'delete')[]): Capability => ({
  kind: 'data',
  entity: of.id,
  access,
  sensitive: [],
});
const calls = (name: string): Capability => ({ kind: 'call', operation: permanentId(`o_${name}`) });
const stated = (contracts: readonly Contract[], roles = settings.roles) => ({
  settings: { ...settings, roles },
  components: contracts.map((contract) => ({ contract })),
});
const can = (contracts: readonly Contract[], who: string): readonly string[] =>
  whoCan(linkModel(settings, contracts))
    .filter((grant) => grant.who === who)
    .map(sentenceOf);
const only = (sentences: readonly string[]): readonly string[] => sentences.filter((said) => / can \w+ product:/.test(said));

test('in the sample system who writes writes rows, and who only reads can cause no write', () => {
  const grants = whoCan(shop.model);
  assert.deepEqual(
    [...new Set(grants.map(({ who }) => who))].sort(),
    shop.settings.roles
      .filter(({ write }) => write)
      .map(({ name }) => name)
      .sort(),
  );
  assert.equal(grants.filter(({ who }) => who === 'clerk').length, 3 * shop.model.entities.length);
});

test('the way goes through calls in one another, as far as the caller may call each of them, and three deep', () => {
  const y = operation('yyyy', ['viewer'], [data(product, 'update')]);
  assert.deepEqual(only(can([product, operation('xxxx', ['viewer'], [calls('yyyy')]), { ...y, roles: ['clerk'] }], 'viewer')), []);
  assert.deepEqual(only(can([product, y], 'viewer')), ['viewer can update product: viewer calls operation/yyyy, which updates product']);
  const chain = (length: number): readonly Contract[] => [
    product,
    ...Array.from({ length }, (_, at) => operation(`c000${at}`, ['clerk'], [calls(`c000${at + 1}`)])),
    operation(`c000${length}`, ['clerk'], [data(product, 'delete')]),
    reaction('rrrr', { event: 'go' }, [calls('c0000')]),
    operation('emit', ['viewer'], [{ kind: 'emit', event: 'go' }]),
  ];
  assert.deepEqual(only(can(chain(1), 'viewer')), [
    'viewer can delete product: viewer calls operation/emit, which emits go, at which reaction/rrrr runs, which calls operation/c0000, which calls operation/c0001, which deletes product',
  ]);
  assert.deepEqual(only(can(chain(2), 'viewer')), [], 'a fourth body does not run');
  const loop = operation('loop', ['viewer'], [calls('loop')]);
  assert.deepEqual(can([product, loop], 'viewer'), []);
});

test('who may make a transition can update the rows that go along it, the clock as well, and what hears of it runs', () => {
  const flow: WorkflowContract = {
    kind: 'workflow',
    id: permanentId('w_order'),
    name: 'order',
    on: order.id,
    field: permanentId('f_state'),
    starts: permanentId('c_open'),
    ends: [permanentId('c_sent')],
    transitions: [{ id: permanentId('t_send'), name: 'send', from: [permanentId('c_open')], to: permanentId('c_sent'), roles: ['viewer'] }],
    never: [],
  };
  const heard = reaction('rrrr', { entity: order.id, happens: 'updated' }, [data(product, 'delete')]);
  assert.deepEqual(can([product, order, flow, heard], 'viewer'), [
    'viewer can update order: viewer makes send of workflow/order, which updates order',
    'viewer can delete product: viewer makes send of workflow/order, which updates order, at which reaction/rrrr runs, which deletes product',
  ]);
  assert.deepEqual(can([product, order, flow], 'the clock'), []);
  const [send] = flow.transitions;
  const timed = { ...flow, transitions: send === undefined ? [] : [{ ...send, roles: [], after: { count: 1, unit: 'days' as const } }] };
  assert.deepEqual(can([product, order, timed], 'viewer'), []);
  assert.deepEqual(can([product, order, timed], 'the clock'), [
    'the clock can update order: the clock moves rows of workflow/order, which updates order',
  ]);
  assert.deepEqual(
    newGrants(stated([order]), stated([order, flow])).map(({ statement, doer }) => [statement, doer]),
    [['viewer can update order: viewer makes send of workflow/order, which updates order', 'workflow/order']],
  );
});

test("a reaction does in nobody's name what its contract says, whoever caused the event", () => {
  const heard = reaction('rrrr', { entity: order.id, happens: 'created' }, [data(product, 'update')]);
  const buy = operation('buyy', ['anyone'], [data(order, 'create')]);
  assert.deepEqual(only(can([product, order, heard, buy], 'anyone')), [
    'anyone can update product: anyone calls operation/buyy, which creates order, at which reaction/rrrr runs, which updates product',
  ]);
  assert.deepEqual(only(can([product, order, { ...heard, on: { entity: order.id, happens: 'deleted' } }, buy], 'anyone')), []);
});

test('who may be signed in can do all that such a one can do', () => {
  const person = entity('person', { identity: { login: field('name').id, secret: field('name').id, roles: ['clerk'], days: 1 } });
  const signIn = operation('sign', ['anyone'], [{ kind: 'identity', entity: person.id }]);
  assert.ok(
    can([product, person, signIn], 'anyone').includes(
      'anyone can delete product: anyone calls operation/sign, which signs in as clerk, who deletes product',
    ),
  );
  assert.deepEqual(can([product, person, { ...signIn, capabilities: [] }], 'anyone'), []);
});

test('sensitive fields are read by roles that see them, and by who calls what sees them; what runs unasked tells nobody', () => {
  const seen: Capability = { kind: 'data', entity: product.id, access: ['read'], sensitive: [field('cost').id] };
  assert.deepEqual(can([product, operation('tell', ['viewer'], [seen])], 'viewer'), [
    'viewer can read product.cost: viewer calls operation/tell, which reads product.cost',
  ]);
  assert.ok(can([product], 'owner').includes('owner can read product.cost: owner reads product.cost'));
  assert.deepEqual(can([product, reaction('rrrr', { event: 'go' }, [seen])], 'viewer'), []);
});

test('an access rule leaves some rows, or none to who has no role; without it all are open, and that is new', () => {
  const own = (roles: readonly string[]): Contract => ({
    kind: 'rule',
    form: 'access',
    id: permanentId('r_ownn'),
    name: 'own',
    on: product.id,
    roles,
    rows: { node: 'constant', type: { kind: 'boolean', optional: false }, value: false },
  });
  const y = operation('yyyy', ['anyone'], [data(product, 'update')]);
  assert.ok(can([product, own(['clerk'])], 'clerk').every((said) => said.includes('some rows')));
  assert.deepEqual(can([product, own(['clerk']), y], 'anyone'), []);
  const grants = newGrants(stated([product, own(['clerk'])]), stated([product]));
  assert.deepEqual(
    grants.map(({ statement, openers }) => [statement, openers]),
    ['create', 'update', 'delete'].map((deed) => [`clerk can ${deed} product: clerk ${deed}s product`, ['rule/own']]),
  );
  assert.deepEqual(newGrants(stated([product]), stated([product, own(['clerk'])])), []);
});

test('what is new is told with who does it in the end; what could be done before by another way is not new', () => {
  const heard = reaction('rrrr', { event: 'paid' }, [data(product, 'update')]);
  const x = operation('xxxx', ['viewer'], []);
  const emits = { ...x, capabilities: [{ kind: 'emit', event: 'paid' } as const] };
  const grants = newGrants(stated([product, heard, x]), stated([product, heard, emits]));
  assert.deepEqual(
    grants.map(({ statement, doer }) => [statement, doer]),
    [
      [
        'viewer can update product: viewer calls operation/xxxx, which emits paid, at which reaction/rrrr runs, which updates product',
        'reaction/rrrr',
      ],
    ],
  );
  assert.deepEqual(newGrants(stated([product, heard, emits]), stated([product, heard, { ...x, roles: ['anyone'], capabilities: [] }])), []);
  assert.deepEqual(
    newGrants(stated([product, x]), stated([product, { ...x, roles: ['clerk'], capabilities: [data(product, 'delete')] }])),
    [],
  );
  assert.equal(
    newGrants(
      stated([product]),
      stated(
        [product],
        settings.roles.map((role) => ({ ...role, write: true })),
      ),
    ).length,
    3,
  );
});

const reads = (name: string): Partial<Field> => ({
  derived: {
    mode: 'live',
    formula: {
      node: 'field',
      field: name,
      id: field(name).id,
      of: { node: 'input', name: 'row', type: { kind: 'row', of: product.id, optional: false } },
      type: { kind: 'text', optional: true },
    },
  },
});

test('a field that is shown to others by becoming sensitive nowhere is no grant, and one that is computed from it is found', () => {
  const computed = { ...product, fields: [...product.fields, field('margin', reads('cost'))] };
  assert.deepEqual(
    newGrants(stated([product]), stated([computed])).map(({ statement }) => statement),
    ['owner can read product.margin: owner reads product.margin'],
  );
});

test('who may see one sensitive field is told what is computed from it anew, and nothing where what it may not see is computed so', () => {
  const of = (...names: readonly string[]): EntityContract => ({
    ...product,
    fields: [
      field('cost', { sensitive: true }),
      field('wage', { sensitive: true }),
      field('name'),
      ...names.map((name, at) => field(['margin', 'label'][at] ?? '', reads(name))),
    ],
  });
  const tell = operation('tell', ['viewer'], [{ kind: 'data', entity: product.id, access: ['read'], sensitive: [field('cost').id] }]);
  const between = (was: EntityContract, is: EntityContract): readonly string[] =>
    newGrants(stated([was, tell]), stated([is, tell])).map(({ statement }) => statement);
  assert.deepEqual(between(of('wage', 'name'), of('cost', 'name')), [
    'viewer can read product.margin: viewer calls operation/tell, which reads product.margin',
  ]);
  assert.deepEqual(between(of('cost', 'name'), of('wage', 'name')), []);
  assert.deepEqual(between(of('cost', 'name'), of('cost')), []);
  assert.deepEqual(between(of('cost'), of('cost', 'margin')), [
    'owner can read product.label: owner reads product.label',
    'viewer can read product.label: viewer calls operation/tell, which reads product.label',
  ]);
});
