/**
 * Attacks by `fetch`, and by the hosts that it asks: a component in a real host, the broker, the way outside and a real PostgreSQL for
 * what is sent after the commit. Around it a host of its contract, which writes raw bytes as the attack likes, and a service inside
 * that nobody named: any connection to it is seen.
 */
import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isRefusal } from '#kernel';
import { operationNamed } from '#model';
import { type Address, outsideHosts } from '#adapters/outside-hosts';
import { openPool } from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { openSendings } from '../../../src/machine/broker/sendings.ts';
import { caller, openSpecimenHosts, operationSource, specimenCalls } from '../../../src/machine/broker/specimen-calls.ts';

export interface OutsideAttack {
  /** The body of `run`. It has `fetch`, `attempt(() => ...)`, `api`, `inside` (beginnings of addresses) and `port`. */
  readonly body: string;
  /** What the host of the contract writes, by path; plain JSON where nothing is said. */
  readonly pages?: { readonly [path: string]: (socket: Socket, to: Places) => void };
  /** Where names lead; `turn` counts the look-ups from 1. All to this machine where nothing is said. */
  readonly resolve?: (name: string, turn: number) => readonly Address[];
  readonly watch: (seen: OutsideSeen) => void;
}
export interface Places {
  /** Port of the host of the contract, and of the service inside. */
  readonly port: number;
  readonly insidePort: number;
}
export interface OutsideSeen {
  /** What `attempt` heard, one after the other, or the refusal of the whole call. */
  readonly said: readonly string[];
  /** Raw bytes that the host of the contract was sent, by connection. */
  readonly heard: readonly string[];
  readonly inside: number;
  readonly lookedUp: readonly string[];
  /** What became of what was to be sent. */
  readonly sendings: readonly { readonly state: string; readonly why: string | null }[];
  readonly elapsedMs: number;
  /** What is held on to when all is over, and by how much the process had grown until then, garbage included. */
  readonly heldMb: number;
  readonly grownMb: number;
}
const secretInside = 'a-secret-that-is-inside';
export const answer = (body: string, headers = '', status = '200 OK'): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
export const moved = (to: string, status = '302 Found'): string => answer('', `location: ${to}\r\n`, status);

export interface OutsideWorld {
  run(attack: OutsideAttack): Promise<OutsideSeen>;
  /** The same, by a fetch that nobody holds. */
  readonly naive: (path: string) => Promise<number>;
  close(): Promise<void>;
}

export async function openOutsideWorld(): Promise<OutsideWorld> {
  let inside = 0;
  let heard: string[] = [];
  let pages: NonNullable<OutsideAttack['pages']> = {};
  const sockets = new Set<Socket>();
  const listening = async (each: (socket: Socket) => void): Promise<Server> => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      each(socket);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return server;
  };
  const kept = await listening((socket) => {
    inside += 1;
    socket.end(answer(JSON.stringify({ secret: secretInside })));
  });
  const api = await listening((socket) => {
    const at = heard.push('') - 1;
    socket.on('data', (piece) => {
      const first = heard[at] === '';
      heard[at] += piece.toString('latin1');
      if (!first) return;
      const path = (heard[at] ?? '').split(' ')[1]?.split('?')[0] ?? '';
      (pages[path] ?? ((to) => to.end(answer('{"ok":true}'))))(socket, places);
    });
  });
  const places: Places = { port: (api.address() as AddressInfo).port, insidePort: (kept.address() as AddressInfo).port };
  const named = ['api.test', 'other.test', 'send.test'].map((name) => `${name}:${places.port}`);
  const hosts = await openSpecimenHosts();
  const database = await startThrowAwayServer();
  const pool = openPool(database.url('kernel', 'theseus'), { max: 2, onError: () => {} });
  const owner = openPool(database.url('owner', 'theseus'), { max: 1, onError: () => {} });
  let number = 0;

  async function run(attack: OutsideAttack): Promise<OutsideSeen> {
    number += 1;
    const name = `goes${number}`;
    const source = operationSource(
      name,
      `input: { port: integer({ id: 'f_@', no: 1 }), insidePort: integer({ id: 'f_@', no: 2 }) }, output: { fields: { said: text({ id: 'f_@', no: 1 }) } },
  capabilities: { fetch: { '${named[0] ?? ''}': { methods: ['GET'], read: true }, '${named[1] ?? ''}': { methods: ['GET', 'HEAD'], read: true }, '${named[2] ?? ''}': { methods: ['POST'] }, 'public.test': { methods: ['GET'], read: true } } }, caps: { wallMs: 9000 },`,
      "return { said: '' };",
      'input',
    );
    const code = `globalThis.component = ({ async run({ input, fetch, refuse }) {
const said = []; const { port, insidePort } = input; const api = 'http://api.test:' + port, inside = 'http://127.0.0.1:' + insidePort;
const attempt = async (go) => { try { said.push(JSON.stringify(await go()).slice(0, 2000)); } catch (error) { said.push('refused ' + error.code + ' ' + String(error.message).slice(0, 300)); } };
${attack.body}
return { said: JSON.stringify(said).slice(0, 60000) }; } });`;
    const lookedUp: string[] = [];
    const outside = outsideHosts({
      resolve: async (host) => {
        lookedUp.push(host);
        return attack.resolve?.(host, lookedUp.length) ?? [{ address: '127.0.0.1', family: 4 }];
      },
    });
    const shop = await specimenCalls(
      { ...hosts, load: (component) => hosts.load({ ...component, code }) },
      { [`operations/${name}.ts`]: source },
      { outside },
    );
    const model = {
      ...shop.model,
      settings: { ...shop.model.settings, policy: { ...shop.model.settings.policy, outside: { private: named } } },
    };
    Object.assign(shop.loaded, { model });
    [inside, heard, pages] = [0, [], attack.pages ?? {}];
    collect();
    const memory = process.memoryUsage();
    const began = performance.now();
    const { value } = await shop.calls.operate(
      shop.loaded,
      operationNamed(model, name) ?? fail(name),
      null,
      { ...places },
      { caller: caller('owner') },
    );
    const said = isRefusal(value)
      ? [`refused ${value.code} ${value.why}`]
      : (JSON.parse(String((value as { readonly said: string }).said)) as string[]);
    const sendings = openSendings({ pool, outside, model: () => model, log: () => {} });
    const left = shop.store.outbox.filter(({ type }) => type.endsWith('.outside.request'));
    for (const [at, { data }] of left.entries())
      await owner.query(
        "insert into theseus.outbox (id, type, source, time, data, call, generation) values ($1, 'desk.outside.request', '/desk', now(), $2, 'c', 'g')",
        [`${name} ${at}`, JSON.stringify(data)],
      );
    if (left.length > 0) await sendings.look();
    const ended = await pool.query<{ state: string; why: string | null }>(
      'select state, why from theseus.sendings where id like $1 order by id',
      [`${name} %`],
    );
    const { rss } = process.memoryUsage();
    collect();
    const after = process.memoryUsage();
    return {
      said,
      heard,
      inside,
      lookedUp,
      sendings: ended.rows,
      elapsedMs: performance.now() - began,
      heldMb: (after.heapUsed + after.external - memory.heapUsed - memory.external) / 1_048_576,
      grownMb: (rss - memory.rss) / 1_048_576,
    };
  }
  return {
    run,
    naive: async (path) => {
      [inside, heard, pages] = [0, [], { [path]: (socket, to) => void socket.end(moved(`http://127.0.0.1:${to.insidePort}/`)) }];
      await fetch(`http://127.0.0.1:${places.port}${path}`).then((got) => got.text());
      return inside;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      for (const server of [kept, api]) server.close();
      await Promise.all([pool.end(), owner.end(), hosts.close()]);
      await database.stop();
    },
  };
}

/** Runs an attack; throws where it reached what is inside, told its secret, held the machine up, or left it unable to go on. */
export async function mustStayOutside(world: OutsideWorld, attack: OutsideAttack): Promise<void> {
  const seen = await world.run(attack);
  assert.equal(seen.inside, 0, `the service inside was connected to: ${seen.said.join('; ')}`);
  assert.ok(!seen.said.join(' ').includes(secretInside));
  assert.ok(seen.elapsedMs < 12_000, `it took ${Math.round(seen.elapsedMs)} ms`);
  attack.watch(seen);
  const again = await world.run({ body: "await attempt(() => fetch(api + '/well'));", watch: () => {} });
  assert.match(again.said.join(), /"ok":true/, 'the machine goes on');
}
/** What nobody holds is not counted as held. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const fail = (name: string): never => {
  throw new Error(`there is no ${name}`);
};
