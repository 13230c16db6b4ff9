/**
 * `npm run demo`: a system on a throw-away data folder is changed by sentences while callers use it all the time. For each
 * change: what was understood, the evidence, what the API shows before and after; the last one is taken back; then what the
 * callers saw. Finite; ends with 0, or with 1 where anything failed. Nothing is left behind.
 */
import { startThrowAwaySystem, type ThrowAwaySystem } from './throw-away-system.ts';
import { type CallerReport, startCallers } from './demo-callers.ts';

const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const styled = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = (text: string): string => styled(1, text);
const dim = (text: string): string => styled(2, text);
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

interface Scene {
  readonly title: string;
  readonly sentence: string;
  /** What the API shows, asked ahead of the change and after it. */
  readonly look: (system: ThrowAwaySystem, rows: Rows) => Promise<string>;
}
interface Rows {
  readonly customer: string;
  readonly product: string;
  readonly order: string;
  readonly invoice: string;
}
interface Finding {
  readonly statement: string;
  readonly verdict: string;
  readonly shownBy: string;
  readonly bound?: string;
}
interface Evidence {
  readonly gate: string;
  readonly verdict: string;
  readonly findings: readonly Finding[];
}

const money = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'amount' in value ? `${String(value.amount)} EUR` : 'absent';
const scenes: readonly Scene[] = [
  {
    title: 'A derived field, for old rows and new ones',
    sentence: 'Add a due date to invoices, 30 days after the issue date',
    look: async (system, { invoice }) => {
      const { json } = await system.call('GET', `/api/invoices/${invoice}`);
      return `GET /api/invoices/...  issued ${String(json['issueDate'])}, due ${'dueDate' in json ? String(json['dueDate']) : '(no such field)'}`;
    },
  },
  {
    title: 'A decision rule',
    sentence: 'Gold customers get 10% off orders over 500',
    look: async (system, { order }) => {
      const { json } = await system.call('GET', `/api/orders/${order}`);
      return `GET /api/orders/...  a gold customer's open order: total ${money(json['total'])}${'discount' in json ? `, discount ${money(json['discount'])} off ${money(json['subtotal'])}` : ''}`;
    },
  },
  {
    title: 'A view',
    sentence: 'Show unpaid invoices by customer with their total, largest first',
    look: async (system) => {
      const { status, json } = await system.call('GET', '/api/views/unpaid-invoices-by-customer?limit=3');
      return `GET /api/views/unpaid-invoices-by-customer  ${status}${status === 200 ? ` ${(json.items ?? []).map((row) => `${String(row['customerName'])} ${money(row['total'])}`).join('; ')}` : ' (no such view)'}`;
    },
  },
  {
    title: 'An action on a state',
    sentence: 'An order can be cancelled while it is open; then its lines go back to stock',
    look: async (system, { order, product }) => {
      const stock = async (): Promise<string> => String((await system.call('GET', `/api/products/${product}`)).json['stock']);
      const before = await stock();
      const { status, json } = await system.call('POST', `/api/orders/${order}/cancel`, {});
      return `POST /api/orders/.../cancel  ${status}${status === 200 ? ` ${String(json['status'])}; stock ${before} -> ${await stock()}` : ' (no such action)'}`;
    },
  },
  {
    title: 'A new kind of thing',
    sentence: 'Track suppliers with a name, an email and a rating from 1 to 5',
    look: async (system) => {
      const { status, json } = await system.call('POST', '/api/suppliers', { name: 'Nordwind', rating: 6 });
      return `POST /api/suppliers with rating 6  ${status}${status === 422 ? ` ${String(json['detail'])}` : ' (no such thing)'}`;
    },
  },
];

async function setTheScene(system: ThrowAwaySystem): Promise<Rows> {
  const made = async (path: string, body: object): Promise<string> => {
    const { status, json } = await system.call('POST', path, body);
    if (status !== 201) throw new Error(`${path} answered ${status}: ${JSON.stringify(json)}`);
    return String(json['id']);
  };
  const customer = await made('/api/customers', { name: 'Ada Demo', tier: 'gold', creditLimit: { amount: '5000.00', currency: 'EUR' } });
  const product = await made('/api/products', {
    sku: 'DEMO-1',
    name: 'Demo machine',
    price: { amount: '200.00', currency: 'EUR' },
    stock: 40,
  });
  const order = await made('/api/orders/place', { customer, lines: [{ product, quantity: 3 }] });
  const invoice = await made('/api/invoices', {
    order,
    number: 'DEMO-1',
    issueDate: '2026-01-31',
    total: { amount: '600.00', currency: 'EUR' },
  });
  return { customer, product, order, invoice };
}

const rungs: { readonly [rung: string]: string } = {
  proved: 'proved',
  exhausted: 'every case tried',
  tested: 'tested',
  carried: 'carried over from earlier changes',
  checked: 'checked',
  'not-shown': 'not shown',
};
function printLadder(evidence: readonly Evidence[]): void {
  say(`  gates      ${evidence.map(({ gate, verdict }) => `${gate} ${verdict}`).join(', ')}`);
  for (const [rung, title] of Object.entries(rungs)) {
    const found = evidence.flatMap(({ findings }) => findings.filter(({ shownBy }) => shownBy === rung));
    if (found.length === 0) continue;
    say(`  ${title} (${found.length})`);
    for (const { statement, bound } of found.slice(0, 3)) say(`    ${statement}${bound === undefined ? '' : dim(` (${bound})`)}`);
    if (found.length > 3) say(dim(`    and ${found.length - 3} more`));
  }
}

async function play(system: ThrowAwaySystem, rows: Rows, scene: Scene, number: number): Promise<boolean> {
  say();
  say(bold(`${number}. ${scene.title}`));
  say(`  asked      ${bold(`"${scene.sentence}"`)}`);
  const before = await scene.look(system, rows);
  const started = performance.now();
  const change = await system.ask(scene.sentence);
  const millis = Math.round(performance.now() - started);
  const understanding = change['understanding'] as { readonly echo: readonly string[] } | null | undefined;
  for (const echo of understanding?.echo ?? []) say(`  understood ${echo}`);
  printLadder((change['evidence'] ?? []) as readonly Evidence[]);
  if (change.outcome !== 'live') {
    say(styled(31, `  ${change.outcome}: ${String(change['why'] ?? change['detail'] ?? '')}`));
    return false;
  }
  say(`  ${styled(32, 'live')}       ${millis} ms after it was asked, generation ${String(change['generation']).slice(7, 19)}`);
  const after = await scene.look(system, rows);
  say(`  before     ${before}`);
  say(`  after      ${after}`);
  return before !== after;
}

async function takeBack(system: ThrowAwaySystem, rows: Rows, scene: Scene): Promise<boolean> {
  say();
  say(bold('And back'));
  const started = performance.now();
  const { status, json } = await system.call('POST', '/_theseus/rollback', {});
  say(
    `  rolled back "${scene.sentence}" in ${Math.round(performance.now() - started)} ms: ${status === 200 ? `generation ${String(json['generation']).slice(7, 19)} serves again` : String(json['detail'])}`,
  );
  say(`  now        ${await scene.look(system, rows)}`);
  return status === 200;
}

function printReport({ requests, failed, slowestMs, medianMs, generations, statuses, failures }: CallerReport): void {
  say();
  say(bold('What the callers saw meanwhile'));
  say(
    `  ${requests} requests (${Object.entries(statuses)
      .map(([status, count]) => `${count} answered ${status}`)
      .join(', ')}), ${failed} failed`,
  );
  say(`  median ${medianMs} ms, slowest ${slowestMs} ms; answered by ${generations} generations`);
  for (const failure of failures.slice(0, 5)) say(styled(31, `  ${failure}`));
}

const began = performance.now();
say(`Theseus: a system changes while it is used. ${dim('(a throw-away copy of systems/shop)')}`);
const system = await startThrowAwaySystem({ fromNothing: true });
let fine = true;
try {
  say(
    dim(
      `It runs at ${system.url}, ${((performance.now() - began) / 1000).toFixed(1)} s after the start, with its own PostgreSQL. Eight callers read and write all the time from now on.`,
    ),
  );
  const rows = await setTheScene(system);
  const callers = startCallers(system, 8);
  for (const [index, scene] of scenes.entries()) fine = (await play(system, rows, scene, index + 1)) && fine;
  const last = scenes.at(-1);
  if (last !== undefined) fine = (await takeBack(system, rows, last)) && fine;
  const report = await callers.stop();
  printReport(report);
  fine &&= report.failed === 0;
} catch (cause) {
  fine = false;
  say(styled(31, cause instanceof Error ? cause.message : String(cause)));
} finally {
  await system.stop();
}
say();
say(fine ? styled(32, 'All of it went well.') : styled(31, 'Something failed: see above.'));
process.exit(fine ? 0 : 1);
