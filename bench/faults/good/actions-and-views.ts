/** New operations and views, and edits of what is there. */
import { bases } from '../hand/bases/bases.ts';
import type { BaseName } from '../hand/support/ask.ts';
import { component, edited, shown } from '../hand/support/texts.ts';
import { good, type GoodCandidate, makes, moreTests, ofField, type Thing, thing, whole } from './make.ts';

const capital = (word: string): string => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;

interface Move {
  readonly entity: string;
  readonly verb: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly others: readonly string[];
  readonly role: string;
  readonly stranger: string;
}
const moves: readonly Move[] = [
  ...['owner', 'manager', 'clerk'].flatMap((role): readonly Move[] => [
    {
      entity: 'order',
      verb: 'pay',
      field: 'status',
      from: 'open',
      to: 'paid',
      others: ['shipped', 'cancelled'],
      role,
      stranger: role === 'clerk' ? 'viewer' : 'clerk',
    },
    {
      entity: 'order',
      verb: 'ship',
      field: 'status',
      from: 'paid',
      to: 'shipped',
      others: ['open', 'cancelled'],
      role,
      stranger: role === 'clerk' ? 'manager' : 'clerk',
    },
    {
      entity: 'order',
      verb: 'reopen',
      field: 'status',
      from: 'cancelled',
      to: 'open',
      others: ['paid', 'shipped'],
      role,
      stranger: role === 'owner' ? 'manager' : 'viewer',
    },
  ]),
  {
    entity: 'expense',
    verb: 'pay',
    field: 'status',
    from: 'approved',
    to: 'paid',
    others: ['draft', 'submitted', 'rejected'],
    role: 'manager',
    stranger: 'auditor',
  },
  {
    entity: 'expense',
    verb: 'withdraw',
    field: 'status',
    from: 'rejected',
    to: 'draft',
    others: ['approved', 'paid'],
    role: 'owner',
    stranger: 'manager',
  },
  {
    entity: 'movement',
    verb: 'drop',
    field: 'state',
    from: 'planned',
    to: 'dropped',
    others: ['booked'],
    role: 'keeper',
    stranger: 'driver',
  },
];
export const operations: readonly GoodCandidate[] = moves.map(({ entity, verb, field, from, to, others, role, stranger }) => {
  const one = thing(entity);
  const name = `${verb}${capital(entity)}`;
  const path = `operations/${verb}-${entity}.ts`;
  const row = (state: string): string => makes(one, 1, `${field}: '${state}'`, '', 'it');
  return good(
    'operation',
    `${name}-${role}`,
    one.base,
    `A ${role} can ${verb} an ${entity} that is ${from}; then it is ${to}.`,
    whole(`operation/${name}`),
    {
      [path]: component(
        `A ${role} makes ${to} what is ${from}.`,
        `operation({
  id: 'o_g${verb}',
  name: '${name}',
  on: '${entity}',
  output: { row: '${entity}' },
  capabilities: { ${entity}: ['update'] },
  roles: ['${role}'],
  transition: { field: '${field}', from: ['${from}'], to: '${to}' },
  async run({ data, row }) {
    return data.${entity}.update(row.id, { ${field}: '${to}' });
  },
})`,
      ),
    },
    moreTests(
      one.base,
      path.replace('.ts', '.test.ts'),
      shown(
        `a ${role} does it, and nobody else`,
        ...one.before,
        row(from),
        `{ call: '${name}', on: 'it', by: '${stranger}', then: { refused: 'forbidden' } }`,
        `{ call: '${name}', on: 'it', by: '${role}', then: { ${field}: '${to}' } }`,
      ),
      ...others.map((other) =>
        shown(
          `what is ${other} is not`,
          ...one.before,
          row(other),
          `{ call: '${name}', on: 'it', by: '${role}', then: { refused: 'state-forbids' } }`,
        ),
      ),
    ),
  );
});

const adding = (entity: string, field: string, verb: string, sign: '+' | '-', most: number): GoodCandidate => {
  const one = thing(entity);
  const name = `${verb}${capital(entity)}`;
  const path = `operations/${verb}-${entity}.ts`;
  const check = sign === '-' ? `    if ((row.${field} ?? 0) < input.by) refuse('conflict', 'There are not so many.');\n` : '';
  const start = 5;
  return good(
    'operation',
    `${name}-${most}`,
    one.base,
    `To ${verb} a ${entity} ${sign === '+' ? 'adds to' : 'takes from'} its ${field} a number from 1 to ${most}.`,
    whole(`operation/${name}`),
    {
      [path]: component(
        `To ${verb} it changes its ${field}.`,
        `operation({
  id: 'o_g${verb}',
  name: '${name}',
  on: '${entity}',
  input: { by: integer({ id: 'f_gby', no: 1, required: true, min: 1, max: ${most} }) },
  output: { row: '${entity}' },
  capabilities: { ${entity}: ['update'] },
  async run({ data, row, input }) {
${check}    return data.${entity}.update(row.id, { ${field}: (row.${field} ?? 0) ${sign} input.by });
  },
})`,
      ),
    },
    moreTests(
      one.base,
      path.replace('.ts', '.test.ts'),
      shown(
        'by two, and by two more',
        ...one.before,
        makes(one, 1, `${field}: ${start}`, '', 'it'),
        `{ call: '${name}', on: 'it', with: { by: 2 }, then: { ${field}: ${sign === '+' ? 7 : 3} } }`,
        `{ call: '${name}', on: 'it', with: { by: ${sign === '+' ? most : 3} }, then: { ${field}: ${sign === '+' ? 7 + most : 0} } }`,
      ),
      shown(
        'nothing, less than nothing, and too many are refused',
        ...one.before,
        makes(one, 1, `${field}: ${start}`, '', 'it'),
        ...[0, -1, most + 1].map((by) => `{ call: '${name}', on: 'it', with: { by: ${by} }, then: { refused: 'invalid' } }`),
        ...(sign === '-' ? [`{ call: '${name}', on: 'it', with: { by: 6 }, then: { refused: 'conflict' } }`] : []),
        `{ read: 'it', then: { ${field}: ${start} } }`,
      ),
    ),
  );
};
export const countings: readonly GoodCandidate[] = [
  adding('product', 'stock', 'restock', '+', 100),
  adding('product', 'stock', 'restock', '+', 500),
  adding('product', 'stock', 'lose', '-', 50),
  adding('book', 'copies', 'stock', '+', 20),
  adding('book', 'copies', 'discard', '-', 20),
  adding('article', 'onHand', 'receive', '+', 1000),
  adding('article', 'onHand', 'scrap', '-', 10),
];

interface Shown {
  readonly entity: string;
  readonly field: string;
  readonly choices: readonly string[];
  readonly column: string;
  /** Three values of the column, rising. */
  readonly rising: readonly [string, string, string];
}
const lists: readonly Shown[] = [
  {
    entity: 'order',
    field: 'status',
    choices: ['open', 'paid', 'shipped', 'cancelled'],
    column: 'placedOn',
    rising: [`'2026-01-01'`, `'2026-01-02'`, `'2026-01-03'`],
  },
  { entity: 'customer', field: 'tier', choices: ['standard', 'silver', 'gold'], column: 'name', rising: [`'Ada'`, `'Bo'`, `'Cy'`] },
  {
    entity: 'loan',
    field: 'state',
    choices: ['lent', 'returned', 'lost'],
    column: 'lentOn',
    rising: [`'2026-01-01'`, `'2026-01-02'`, `'2026-01-03'`],
  },
  {
    entity: 'expense',
    field: 'status',
    choices: ['draft', 'submitted', 'approved', 'rejected', 'paid'],
    column: 'amount',
    rising: [`'1.00'`, `'2.00'`, `'3.00'`],
  },
  { entity: 'movement', field: 'state', choices: ['planned', 'booked', 'dropped'], column: 'quantity', rising: ['1', '2', '3'] },
  { entity: 'member', field: 'level', choices: ['basic', 'plus'], column: 'name', rising: [`'Ada'`, `'Bo'`, `'Cy'`] },
];
export const views: readonly GoodCandidate[] = lists.flatMap(({ entity, field, choices, column, rising }) =>
  choices.map((choice, index) => {
    const one: Thing = thing(entity);
    const falling = index % 2 === 1;
    const name = `${choice}${capital(entity)}List`;
    const path = `views/${choice}-${entity}-list.ts`;
    const other = choices[(index + 1) % choices.length] ?? choice;
    const row = (state: string, value: string, number: number): string => makes(one, number, `${field}: '${state}', ${column}: ${value}`);
    const ordered = falling ? [rising[2], rising[0]] : [rising[0], rising[2]];
    return good(
      'view',
      `${entity}-${choice}`,
      one.base,
      `Show each ${entity} that is ${choice}, with ${column}, ${falling ? 'largest' : 'smallest'} first.`,
      whole(`view/${name}`),
      {
        [path]: component(
          `Each ${entity} that is ${choice}.`,
          `view({
  id: 'v_glist',
  name: '${name}',
  from: '${entity}',
  where: (${entity}) => ${entity}.${field} === '${choice}',
  columns: { ${column}: { value: (${entity}) => ${entity}.${column} } },
  order: ['${falling ? '-' : ''}${column}'],
})`,
        ),
      },
      moreTests(
        one.base,
        path.replace('.ts', '.test.ts'),
        shown(
          `only what is ${choice}, in order`,
          ...one.before,
          row(choice, falling ? rising[0] : rising[2], 1),
          row(other, rising[1], 2),
          row(choice, falling ? rising[2] : rising[0], 3),
          `{ show: '${name}', then: [{ ${column}: ${ordered[0]} }, { ${column}: ${ordered[1]} }] }`,
        ),
      ),
    );
  }),
);

const edit = (
  id: string,
  base: BaseName,
  request: string,
  entity: string,
  field: string,
  change: readonly [string, string],
  ...steps: readonly string[]
): GoodCandidate =>
  good(
    'edit',
    id,
    base,
    request,
    ofField(entity, field),
    edited(bases[base], `entities/${entity}.ts`, change),
    moreTests(base, `entities/${entity}.test.ts`, shown(request.replaceAll("'", ''), ...steps)),
  );
const customer = thing('customer');
export const edits: readonly GoodCandidate[] = [
  ...[250, 500, 1000, 2500].map((amount) =>
    edit(
      `credit-${amount}`,
      'shop',
      `The credit limit of a customer is ${amount} by default.`,
      'customer',
      'creditLimit',
      [`creditLimit: money({ id: 'f_climit', no: 4 })`, `creditLimit: money({ id: 'f_climit', no: 4, default: '${amount}.00' })`],
      makes(customer, 1, '', `{ creditLimit: '${amount}.00' }`),
      makes(customer, 2, `creditLimit: '7.00'`, `{ creditLimit: '7.00' }`),
    ),
  ),
  ...['platinum', 'bronze', 'wholesale'].map((tier) =>
    edit(
      `tier-${tier}`,
      'shop',
      `The tier of a customer can also be ${tier}.`,
      'customer',
      'tier',
      [`gold: 'c_tgold' }`, `gold: 'c_tgold', ${tier}: 'c_g${tier}' }`],
      makes(customer, 1, `tier: '${tier}'`, `{ tier: '${tier}' }`),
      makes(customer, 2, `tier: 'gold'`, `{ tier: 'gold' }`),
      makes(customer, 3, '', `{ tier: 'standard' }`),
    ),
  ),
  ...['premium', 'family'].map((level) =>
    edit(
      `level-${level}`,
      'lending',
      `The level of a member can also be ${level}.`,
      'member',
      'level',
      [`plus: 'c_mplus' }`, `plus: 'c_mplus', ${level}: 'c_g${level}' }`],
      makes(thing('member'), 1, `level: '${level}'`, `{ level: '${level}' }`),
      makes(thing('member'), 2, '', `{ level: 'basic' }`),
    ),
  ),
  ...[1, 5, 10].map((mark) =>
    edit(
      `mark-${mark}`,
      'depot',
      `An article is reordered at ${mark} by default.`,
      'article',
      'reorderAt',
      [`no: 4, min: 0, default: 0 }`, `no: 4, min: 0, default: ${mark} }`],
      makes(thing('article'), 1, '', `{ reorderAt: ${mark} }`),
      makes(thing('article'), 2, 'reorderAt: 0', '{ reorderAt: 0 }'),
    ),
  ),
  edit(
    'email-unique',
    'shop',
    'The email of a customer is unique.',
    'customer',
    'email',
    [`email({ id: 'f_cmail', no: 2 })`, `email({ id: 'f_cmail', no: 2, unique: true })`],
    makes(customer, 1, `email: 'a@example.com'`),
    makes(customer, 2, `email: 'a@example.com'`, `{ refused: 'invalid' }`),
    makes(customer, 3, `email: 'b@example.com'`, `{ email: 'b@example.com' }`),
  ),
];
