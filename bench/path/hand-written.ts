/**
 * The hand-written program: a small shop API on Hono and PostgreSQL, the measure a framework is
 * compared with.
 *
 * Its speed comes from one idea: every request is one round trip to the database. A read is one
 * prepared statement. A write is one transaction, sent whole, BEGIN to COMMIT, down one pipelined
 * connection; the schema's constraints refuse what must not be, and a refusal aborts the rest.
 * So no connection is ever held while the program thinks, and all requests share eight of them.
 */
import { hash, randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpBindings, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import pg from 'pg';

// ---------------------------------------------------------------------------------- database

/** The columns of a row as text; statements with fewer leave the last ones away. */
type Row = [string, string, string, string, string, string, string];
type Statement = { name: string; text: string; values: unknown[] };
type Link = { client: pg.Client; busy: number; corked: boolean };
type Outcome = { rows: (Row[] | undefined)[]; error?: pg.DatabaseError | undefined };

const POOL = 8;
const TRIES = 10;
const GATHER = 8;

/**
 * What is worth another try: a transaction that lost against others (the first two), and a statement
 * whose preparation fell into the aborted transaction of a neighbour on the connection.
 */
const TRANSIENT = new Set<string | undefined>(['40001', '40P01', '26000', '42P05']);

/** Every statement finds its rows by a key: plan once, and never lock a table by scanning it. */
const SESSION = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c random_page_cost=1.1';

let closing = false;
const links = Array.from({ length: POOL }, () => {
  const link = { busy: 0, corked: false } as Link;
  connect(link);
  return link;
});

/** Gives a link a pipelined connection whose values arrive as text, and another one when it breaks. */
function connect(link: Link) {
  const client = new pg.Client({
    connectionString: process.env['DATABASE_URL'],
    options: SESSION,
    pipeline: true,
    types: { getTypeParser: () => (text: string) => text },
  } as pg.ClientConfig);
  client.on('error', () => {});
  client.once('end', () => closing || setTimeout(connect, 50, link));
  client.connect().catch(() => {});
  link.client = client;
}

/** Writes spread, so that their waits for the disk overlap. */
const spread = () => links.reduceRight((best, link) => (link.busy < best.busy ? link : best));

/** Reads gather on few connections: one wake-up of one process then serves many of them. */
const gather = () => links.find((link) => link.busy < GATHER) ?? spread();

/** Sends one statement; what is sent in the same turn of the event loop leaves in one write. */
function send(link: Link, query: Statement | string, done: (rows: Row[], error?: pg.DatabaseError) => void) {
  const { client } = link;
  link.busy++;
  if (!link.corked) {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    link.corked = true;
    stream.cork();
    setImmediate(() => {
      link.corked = false;
      stream.uncork();
    });
  }
  const config = typeof query === 'string' ? { text: query } : { ...query, rowMode: 'array' as const };
  client.query(config as pg.QueryArrayConfig, (error: Error, result: pg.QueryArrayResult<Row>) => {
    link.busy--;
    done(result?.rows, error as pg.DatabaseError);
  });
}

function read(statement: Statement): Promise<Row[]> {
  return new Promise((resolve, reject) => send(gather(), statement, (rows, error) => (error ? reject(error) : resolve(rows))));
}

/** The connection that is changing a row right now: who wants that row too queues there, not on its lock. */
const changing = new Map<string, { link: Link }>();

/** Runs the steps in one SERIALIZABLE transaction, again while it loses against others. */
async function transact(steps: Statement[], contended: string): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await transactOnce(steps, contended);
    if (!TRANSIENT.has(outcome.error?.code) || tries === TRIES) return outcome;
    await sleep(Math.random() * 2 ** tries);
  }
}

function transactOnce(steps: Statement[], contended: string): Promise<Outcome> {
  const ticket = { link: changing.get(contended)?.link ?? spread() };
  changing.set(contended, ticket);
  return new Promise((resolve) => {
    const outcome: Outcome = { rows: [] };
    const keep = (rows: Row[], error?: pg.DatabaseError) => {
      outcome.error ??= error ?? undefined; // the first one; those after it only say "aborted"
      outcome.rows.push(rows);
    };
    send(ticket.link, 'BEGIN ISOLATION LEVEL SERIALIZABLE', (_, error) => (outcome.error ??= error ?? undefined));
    for (const step of steps) send(ticket.link, step, keep);
    send(ticket.link, 'COMMIT', (_, error) => {
      outcome.error ??= error ?? undefined;
      if (changing.get(contended) === ticket) changing.delete(contended);
      resolve(outcome);
    });
  });
}

// ----------------------------------------------------------------------------------- answers

type FieldError = { field: string; message: string };

/** Headers are plain records: the server then writes them without a copy. */
const GENERATION = { 'Theseus-Generation': 'hand-written' };
const JSON_HEADERS = { 'Content-Type': 'application/json', ...GENERATION };
const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Not found',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  500: 'Internal error',
  503: 'Unavailable',
};

function problem(status: number, detail: string, errors?: FieldError[], headers?: Record<string, string>): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail, errors }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...GENERATION, ...headers },
  });
}

const invalid = (errors: FieldError[]) => problem(422, 'Some fields are not valid', errors);

const found = (body: string) => new Response(body, { headers: JSON_HEADERS });

const tagged = (body: string, version: string) =>
  new Response(body, {
    headers: { ...JSON_HEADERS, ETag: `"${version}"` },
  });

const created = (body: string, location: string) =>
  new Response(body, {
    status: 201,
    headers: { ...JSON_HEADERS, Location: location, ETag: '"1"' },
  });

const money = (minor: string) => {
  const digits = minor.padStart(3, '0');
  return `{"amount":"${digits.slice(0, -2)}.${digits.slice(-2)}","currency":"EUR"}`;
};

const PRODUCT = 'id, sku, name, category, price, stock, version';

const productJson = ([id, sku, name, category, price, stock, version]: Row) =>
  `{"id":"${id}","sku":${JSON.stringify(sku)},"name":${JSON.stringify(name)},"category":${JSON.stringify(category)},` +
  `"price":${money(price)},"stock":${stock},"version":${version}}`;

/** The SQL of an order's answer, from the tables or from the rows that a statement has just inserted. */
const orderJson = (orders: string, lines: string) => `
  SELECT o.version, row_to_json(o) AS body FROM (
    SELECT o.id, o.customer_id AS "customerId", o.placed_on AS "placedOn", o.status, o.version, l.lines, l.total
    FROM ${orders} o, LATERAL (
      SELECT euros(sum(quantity * unit_price)::bigint) AS total, json_agg(json_build_object(
        'id', id, 'position', position, 'productId', product_id, 'quantity', quantity,
        'unitPrice', euros(unit_price), 'version', version) ORDER BY position) AS lines
      FROM ${lines} WHERE order_id = o.id) l
    ORDER BY o.id) o`;

// -------------------------------------------------------------------------------------- calls

type Http = Context<{ Bindings: HttpBindings }>;
type Caller = { id: string; roles: string[]; until: number };

const KEY_TRUST_MS = 5_000;
const BODY_CAP = 1_048_576;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const callers = new Map<string, Caller>();

/** Who calls: the key's row, trusted for at most five seconds. */
async function authenticate(header = ''): Promise<Caller | undefined> {
  const known = callers.get(header);
  if (known && known.until > Date.now()) return known;
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!key) return;
  const until = Date.now() + KEY_TRUST_MS;
  const [row] = await read({
    name: 'key',
    text: 'SELECT caller, array_to_json(roles) FROM keys WHERE sha256 = $1',
    values: [hash('sha256', key, 'buffer')],
  });
  if (callers.size >= 1_000 || !row) callers.clear();
  if (!row) return;
  const caller: Caller = { id: row[0], roles: JSON.parse(row[1]), until };
  callers.set(header, caller);
  return caller;
}

const secured = (handle: (c: Http, caller: Caller) => Promise<Response>) => async (c: Http) => {
  const caller = await authenticate(c.env.incoming.headers.authorization);
  if (!caller) return problem(401, 'A valid key is needed', undefined, { 'WWW-Authenticate': 'Bearer' });
  return handle(c, caller);
};

/** The body's bytes, or undefined when there are more than the cap. */
function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(incoming.headers['content-length']) > BODY_CAP) return resolve(undefined);
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_CAP) resolve(undefined);
      else chunks.push(chunk);
    });
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    incoming.on('error', reject);
  });
}

// --------------------------------------------------------------------------------- validation

type Fields = Record<string, unknown>;
type Check = (value: unknown) => string | undefined;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const text =
  (max: number): Check =>
  (value) =>
    typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()
      ? 'must be text'
      : value.trim() === '' || value.length > max
        ? `must have 1 to ${max} characters`
        : undefined;

const integer =
  (min: number, max: number): Check =>
  (value) =>
    !Number.isInteger(value)
      ? 'must be a whole number'
      : (value as number) < min || (value as number) > max
        ? `must be ${min} to ${max}`
        : undefined;

const price: Check = (value) =>
  !isObject(value) || typeof value['amount'] !== 'string' || !/^\d{1,12}\.\d\d$/.test(value['amount'])
    ? 'must be money such as {"amount":"12.34","currency":"EUR"}'
    : value['currency'] !== 'EUR' || Object.keys(value).length > 2
      ? 'must be in EUR'
      : undefined;

const reference: Check = (value) => (typeof value === 'string' && UUID.test(value) ? undefined : 'must be an id');

const lines: Check = (value) => (Array.isArray(value) && value.length >= 1 && value.length <= 100 ? undefined : 'must have 1 to 100 lines');

const PRODUCT_INPUT = { sku: text(64), name: text(200), category: text(100), price, stock: integer(0, 1_000_000_000) };
const ORDER_INPUT = { customer: reference, lines };
const LINE_INPUT = { product: reference, quantity: integer(1, 1_000_000) };

/** The errors of an object against its checks; every field is required and no other is known. */
function check(input: unknown, checks: Record<string, Check>, path = ''): FieldError[] {
  if (!isObject(input)) return [{ field: path, message: 'must be an object' }];
  const errors: FieldError[] = [];
  const at = (field: string) => (path ? `${path}.${field}` : field);
  for (const field in checks) {
    const message = input[field] === undefined ? 'is required' : checks[field]?.(input[field]);
    if (message) errors.push({ field: at(field), message });
  }
  for (const field in input) if (!Object.hasOwn(checks, field)) errors.push({ field: at(field), message: 'is not known' });
  return errors;
}

// ---------------------------------------------------------------------------------- operations

type Call = { id: string; caller: string; operation: string; key: string | null; sha256: Buffer };
type Plan = {
  steps: Statement[];
  /** The row that calls are most likely to fight for. */
  contended: string;
  answer: (rows: Outcome['rows']) => { body: string; location: string };
  refuse: (outcome: Outcome) => Response | undefined;
};
type Operation<Input> = {
  name: string;
  validate: (input: unknown) => FieldError[];
  plan: (input: Input, call: Call) => Plan;
};

/** Serves an operation: its input checked, then done once for each idempotency key. */
const serveOperation = <Input>({ name, validate, plan }: Operation<Input>) =>
  secured(async ({ env: { incoming } }, caller) => {
    if (!/^application\/json\s*(;|$)/i.test(incoming.headers['content-type'] ?? ''))
      return problem(415, 'The body must be application/json');
    const key = (incoming.headers['idempotency-key'] as string | undefined) ?? null;
    if (key !== null && (key === '' || key.length > 255))
      return invalid([{ field: 'Idempotency-Key', message: 'must have 1 to 255 characters' }]);
    const body = await bodyOf(incoming);
    if (!body) return problem(413, `The body must have at most ${BODY_CAP} bytes`);
    let input: Input;
    try {
      input = JSON.parse(body.toString());
    } catch {
      return problem(400, 'The body is not JSON');
    }
    const errors = validate(input);
    if (errors.length) return invalid(errors);

    const call = { id: randomUUIDv7(), caller: caller.id, operation: name, key, sha256: hash('sha256', body, 'buffer') };
    const { steps, contended, answer, refuse } = plan(input, call);
    const outcome = await transact(steps, contended);
    if (!outcome.error) {
      const { body, location } = answer(outcome.rows);
      return created(body, location);
    }
    // A call seen before always fails, at the latest on its key: its kept answer goes first.
    const kept = key === null ? undefined : await keptAnswer(call);
    if (kept) return kept;
    if (TRANSIENT.has(outcome.error.code)) return problem(503, 'Too many calls change the same rows', undefined, { 'Retry-After': '1' });
    const refusal = refuse(outcome);
    if (refusal) return refusal;
    throw outcome.error;
  });

async function keptAnswer({ caller, operation, key, sha256 }: Call): Promise<Response | undefined> {
  const [row] = await read({
    name: 'kept',
    text: `SELECT body_sha256 = $4, location, answer FROM idempotency WHERE caller = $1 AND operation = $2 AND key = $3`,
    values: [caller, operation, key, sha256],
  });
  if (!row) return;
  const [same, location, answer] = row;
  return same === 't' ? created(answer, location) : problem(422, 'This Idempotency-Key was used with another body');
}

type ProductInput = { sku: string; name: string; category: string; price: { amount: string }; stock: number };

const createProduct: Operation<ProductInput> = {
  name: 'products.create',
  validate: (input) => check(input, PRODUCT_INPUT),
  plan: ({ sku, name, category, price, stock }, call) => {
    const id = randomUUIDv7();
    const minor = BigInt(price.amount.replace('.', '')).toString();
    const location = `/api/products/${id}`;
    const body = productJson([id, sku, name, category, minor, String(stock), '1']);
    return {
      steps: [
        {
          name: 'products.create',
          text: `
            WITH made AS (
              INSERT INTO products (id, sku, name, category, price, stock) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *),
            noted AS (
              INSERT INTO journal (call, caller, entity, row_id, after)
              SELECT $7, $8::text, 'products', id, row_to_json(made) FROM made)
            INSERT INTO idempotency (caller, operation, key, body_sha256, location, answer)
            SELECT $8::text, $9, $10::text, $11, $12, $13 WHERE $10::text IS NOT NULL`,
          values: [id, sku, name, category, minor, stock, call.id, call.caller, call.operation, call.key, call.sha256, location, body],
        },
      ],
      contended: sku,
      answer: () => ({ body, location }),
      refuse: ({ error }) => (error?.constraint === 'products_sku_unique' ? problem(409, 'Another product has this sku') : undefined),
    };
  },
};

type OrderInput = { customer: string; lines: { product: string; quantity: number }[] };

const placeOrder: Operation<OrderInput> = {
  name: 'orders.place',
  validate: (input) => {
    const errors = check(input, ORDER_INPUT);
    return errors.length ? errors : (input as OrderInput).lines.flatMap((line, at) => check(line, LINE_INPUT, `lines.${at}`));
  },
  plan: ({ customer, lines }, call) => {
    const id = randomUUIDv7();
    const location = `/api/orders/${id}`;
    const wanted = new Map<string, number>(); // one entry a product, in one order for all: no deadlocks
    for (const line of lines) line.product = line.product.toLowerCase();
    for (const { product, quantity } of lines.toSorted((a, b) => (a.product < b.product ? -1 : 1)))
      wanted.set(product, (wanted.get(product) ?? 0) + quantity);
    const products = [...wanted.keys()];
    return {
      steps: [
        {
          name: 'orders.place.read',
          text: `
            SELECT (SELECT id FROM customers WHERE id = $1),
                   (SELECT coalesce(json_agg(id), '[]') FROM products WHERE id = ANY ($2::uuid[]))`,
          values: [customer, products],
        },
        {
          name: 'orders.place.stock',
          text: `
            WITH changed AS (
              UPDATE products SET stock = stock - wanted.quantity, version = version + 1
              FROM unnest($1::uuid[], $2::int[]) AS wanted (id, quantity)
              WHERE products.id = wanted.id
              RETURNING products.id, row_to_json(old) AS before, row_to_json(new) AS after)
            INSERT INTO journal (call, caller, entity, row_id, before, after)
            SELECT $3, $4, 'products', id, before, after FROM changed`,
          values: [products, [...wanted.values()], call.id, call.caller],
        },
        {
          name: 'orders.place.insert',
          text: `
            WITH placed AS (
              INSERT INTO orders (id, customer_id, placed_on, status) VALUES ($1, $2, $3, 'placed') RETURNING *),
            lined AS (
              INSERT INTO order_lines (id, order_id, position, product_id, quantity, unit_price)
              SELECT line.id, $1, line.position, line.product, line.quantity, products.price
              FROM unnest($4::uuid[], $5::uuid[], $6::int[]) WITH ORDINALITY AS line (id, product, quantity, position)
              LEFT JOIN products ON products.id = line.product
              RETURNING *),
            noted AS (
              INSERT INTO journal (call, caller, entity, row_id, after)
              SELECT $7::uuid, $8::text, 'orders', id, row_to_json(placed) FROM placed
              UNION ALL
              SELECT $7::uuid, $8::text, 'orderLines', id, row_to_json(lined) FROM lined),
            answer AS (${orderJson('placed', 'lined')}),
            kept AS (
              INSERT INTO idempotency (caller, operation, key, body_sha256, location, answer)
              SELECT $8::text, $9, $10::text, $11, $12, body FROM answer WHERE $10::text IS NOT NULL)
            SELECT body FROM answer`,
          values: [
            id,
            customer,
            new Date().toISOString().slice(0, 10),
            lines.map(() => randomUUIDv7()),
            lines.map((line) => line.product),
            lines.map((line) => line.quantity),
            call.id,
            call.caller,
            call.operation,
            call.key,
            call.sha256,
            location,
          ],
        },
      ],
      contended: products[0] ?? '',
      answer: (rows) => ({ body: rows[2]?.[0]?.[0] ?? '', location }),
      refuse: ({ rows: [found], error }) => {
        if (!found?.[0]) return;
        const [knownCustomer, knownProducts] = found[0];
        const known = new Set<string>(JSON.parse(knownProducts));
        const errors = lines.flatMap(({ product }, at) =>
          known.has(product) ? [] : [{ field: `lines.${at}.product`, message: 'is not known' }],
        );
        if (!knownCustomer) errors.unshift({ field: 'customer', message: 'is not known' });
        if (errors.length) return invalid(errors);
        if (error?.constraint === 'products_stock_enough') return problem(409, 'A product has too little stock');
      },
    };
  },
};

// --------------------------------------------------------------------------------------- reads

const getProduct = secured(async (c) => {
  const id = c.req.param('id') ?? '';
  const [row] = UUID.test(id)
    ? await read({ name: 'products.get', text: `SELECT ${PRODUCT} FROM products WHERE id = $1`, values: [id] })
    : [];
  return row ? tagged(productJson(row), row[6]) : problem(404, 'There is no such product');
});

const getOrder = secured(async (c) => {
  const id = c.req.param('id') ?? '';
  const [row] = UUID.test(id)
    ? await read({
        name: 'orders.get',
        text: orderJson('(SELECT * FROM orders WHERE id = $1)', 'order_lines'),
        values: [id],
      })
    : [];
  return row ? tagged(row[1], row[0]) : problem(404, 'There is no such order');
});

const SORTS = ['id', 'sku', 'name', 'category', 'price', 'stock'];
const FILTERS: Record<string, string> = { 'sku[eq]': 'sku', 'name[eq]': 'name', 'category[eq]': 'category' };

const listProducts = secured(async (c) => {
  let limit = 20;
  let sort = 'id';
  let cursor = '';
  const where: string[] = [];
  const values: unknown[] = [];
  for (const [field, value] of Object.entries(c.req.query())) {
    if (field === 'limit' && /^[1-9]\d?$|^100$/.test(value)) limit = Number(value);
    else if (field === 'sort' && SORTS.includes(value.replace(/^-/, ''))) sort = value;
    else if (field === 'cursor') cursor = value;
    else if (Object.hasOwn(FILTERS, field)) where.push(`${FILTERS[field]} = $${values.push(value)}`);
    else return invalid([{ field, message: 'is not known or not valid' }]);
  }
  const column = sort.replace(/^-/, '');
  const [before, direction] = sort.startsWith('-') ? ['<', 'DESC'] : ['>', 'ASC'];
  if (cursor) {
    const after = readCursor(cursor, sort);
    if (!after) return invalid([{ field: 'cursor', message: 'is not a cursor of this list' }]);
    where.push(`(${column}, id) ${before} ($${values.push(after[0])}, $${values.push(after[1])})`);
  }
  const text =
    `SELECT ${PRODUCT} FROM products ${where.length ? `WHERE ${where.join(' AND ')}` : ''} ` +
    `ORDER BY ${column} ${direction}, id ${direction} LIMIT $${values.push(limit + 1)}`;
  const rows = await read({ name: statementName(text), text, values });
  const more = rows.length > limit;
  if (more) rows.pop();
  const last = rows.at(-1);
  const next = more && last ? `"${writeCursor(sort, last)}"` : 'null';
  return found(`{"items":[${rows.map(productJson).join(',')}],"next":${next}}`);
});

/** A list has few shapes (filters by sort by cursor); each is prepared under its own short name. */
const shapes = new Map<string, string>();
function statementName(text: string): string {
  let name = shapes.get(text);
  if (!name) shapes.set(text, (name = `products.list.${shapes.size}`));
  return name;
}

const writeCursor = (sort: string, row: Row) => {
  const value = row[PRODUCT.split(', ').indexOf(sort.replace(/^-/, ''))];
  return Buffer.from(JSON.stringify([sort, value, row[0]])).toString('base64url');
};

function readCursor(cursor: string, sort: string): [value: string, id: string] | undefined {
  try {
    const [of, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (of === sort && typeof value === 'string' && UUID.test(id)) return [value, id];
  } catch {
    // Not one of ours.
  }
  return undefined;
}

// -------------------------------------------------------------------------------------- program

const app = new Hono<{ Bindings: HttpBindings }>()
  .get('/api/products', listProducts)
  .get('/api/products/:id', getProduct)
  .post('/api/products', serveOperation(createProduct))
  .get('/api/orders/:id', getOrder)
  .post('/api/orders/place', serveOperation(placeOrder))
  .notFound(() => problem(404, 'There is no such path'))
  .onError((error) => {
    if ((error as pg.DatabaseError).code?.startsWith('22')) return problem(422, 'A value cannot be read');
    console.error(error);
    return problem(500, 'The call failed');
  });

const server = serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 0) }, ({ port }) => console.log(`ready ${port}`));

process.once('SIGTERM', () => {
  server.close(() => {
    closing = true;
    for (const { client } of links) client.end();
  });
});
