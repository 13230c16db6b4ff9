/**
 * Attacks on the channel, and crashes: the host's process itself is hostile, and writes what it likes. It turns hostile when it
 * is handed a call of the component `hostile`. Judged by what happens in the machine and to innocent calls.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isRefusal, type Json, type Refusal } from '#kernel';
import { HostDied, type Hosts, openHosts } from '#hosts';
import type { World } from './world.ts';

export interface ChannelAttack {
  /** Runs in the host when it was handed the hostile call, whose number is `call`; with `say(head, payload)`, `raw(text)`, `heard` (frames so far), `hear(listener)`. */
  readonly deed: string;
  /** 1: innocent calls run in the same host (for crashes: they must be answered all the same). 2: in another one. */
  readonly hosts: 1 | 2;
  /** How the hostile call must end. */
  readonly ends?: RegExp;
  readonly watch?: (seen: ChannelSeen) => void;
}
export interface ChannelSeen {
  readonly outcome: string;
  readonly asks: readonly { readonly by: string; readonly capability: string; readonly input: Json }[];
  readonly log: readonly string[];
  readonly sightings: readonly string[];
}

const behind = (deed: string): string => `
;{
  const say = (head, payload) => process.stdout.write(JSON.stringify(head) + (payload === undefined ? '' : '\\t' + payload) + '\\n');
  const raw = (text) => process.stdout.write(text);
  const heard = [];
  const listeners = [];
  const hear = (listener) => listeners.push(listener);
  let rest = '';
  process.stdin.on('data', (piece) => {
    rest += piece;
    const lines = rest.split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      const tab = line.indexOf('\\t');
      const head = JSON.parse(tab < 0 ? line : line.slice(0, tab));
      heard.push({ head, payload: tab < 0 ? undefined : line.slice(tab + 1) });
      for (const listener of listeners) listener(head);
      if (head.kind === 'call' && head.digest === 'hostile') (async (call) => { ${deed} })(head.call).catch(() => {});
    }
  });
}
`;
const code = (body: string): string => `globalThis.component = ({ async run({ data, input }) { ${body} } });`;
const innocents = 3;

export async function runChannelAttack(world: World, attack: ChannelAttack): Promise<ChannelSeen> {
  const log: string[] = [];
  const hosts = await openHosts({
    size: attack.hosts,
    reserve: 3,
    memoryMb: 400,
    cpuMs: 300,
    user: 'own',
    isolation: 'preferred',
    reachable: '/var/lib/theseus/attacks',
    behind: behind(attack.deed),
    log: (entry) => log.push(JSON.stringify(entry)),
  });
  await hosts.load({ key: 'operation/hostile', digest: 'hostile', code: code(`await data.product.get('own'); return 'own';`) });
  await hosts.load({
    key: 'operation/innocent',
    digest: 'innocent',
    code: code(`const row = await data.product.get(input.n); return { n: row.asked, of: input.n };`),
  });
  while (hosts.pids().filter(({ role }) => role === 'shared').length < attack.hosts) await pause(5);
  const asks: { by: string; capability: string; input: Json }[] = [];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  const memory = process.memoryUsage.rss();
  delay.enable();
  const ask = (by: string, digest: string, n: number): Promise<string> =>
    callOnce(hosts, digest, n, async (capability, asked) => {
      asks.push({ by, capability, input: asked });
      await pause(60);
      return { asked };
    });
  const hostile = ask('hostile', 'hostile', 0);
  await new Promise((turn) => setImmediate(turn));
  // The pool gives a call to the host with the least to do: with two hosts, the one that is not hostile.
  const beside = Array.from({ length: attack.hosts === 1 ? innocents : 1 }, (_, n) => ask(`innocent ${n}`, 'innocent', n));
  const outcome = await hostile;
  const answers = [...(await Promise.all(beside)), await ask('innocent 9', 'innocent', 9)];
  delay.disable();
  const sightings = answers.flatMap((answer, at) => {
    const n = at === answers.length - 1 ? 9 : at;
    return answer === JSON.stringify({ n, of: n }) ? [] : [`innocent call ${n} was answered ${answer.slice(0, 300)}`];
  });
  const grown = (process.memoryUsage.rss() - memory) / 1_048_576;
  if (grown > 200) sightings.push(`the machine grew by ${Math.round(grown)} MB`);
  if (delay.max > 2e9) sightings.push(`the machine stood still for ${Math.round(delay.max / 1e6)} ms`);
  if (log.length > 500) sightings.push(`the machine logged ${log.length} lines`);
  if (log.join('').length > 1_000_000) sightings.push('the machine logged more than a megabyte');
  for (const { by, capability, input } of asks) {
    const own = by === 'hostile' ? true : capability === 'product.get' && input === Number(by.split(' ')[1]);
    if (!own) sightings.push(`${by} asked ${capability.slice(0, 40)} ${JSON.stringify(input).slice(0, 60)}`);
  }
  const own = asks.filter((each) => each.by === 'hostile').length;
  if (own > 2 * 101) sightings.push(`the hostile call came through with ${own} asks`);
  if (attack.ends !== undefined && !attack.ends.test(outcome)) sightings.push(`it ended otherwise: ${outcome.slice(0, 300)}`);
  if ('strange' in {}) sightings.push('a prototype of the machine was altered');
  const started = performance.now();
  await hosts.close();
  if (performance.now() - started > 5_000) sightings.push('closing took long');
  return { outcome, asks, log, sightings: [...sightings, ...world.sightings()] };
}

async function callOnce(
  hosts: Hosts,
  digest: string,
  n: number,
  perform: (capability: string, input: Json) => Promise<Json | Refusal>,
): Promise<string> {
  const deadline = Date.now() + 8_000;
  for (let [alone, killed] = [false, 0]; ; alone = true) {
    try {
      const answer = await hosts.call({
        key: `operation/${digest}`,
        component: digest,
        alone,
        input: { input: { n }, row: null, today: '2026-01-31', caller: { id: 'u', name: 'Ada', roles: [] } },
        now: 1_769_860_800_000,
        seed: 'a seed',
        caps: { wallMs: 8_000, capabilityCalls: 100, rows: 100, bytes: 100_000 },
        deadline,
        perform,
      });
      return isRefusal(answer) ? `${answer.code}: ${answer.why}` : JSON.stringify(answer);
    } catch (cause) {
      if (!(cause instanceof HostDied)) throw cause;
      if (alone && cause.explained) return 'died alone';
      if (alone && (killed += 1) >= 3) return 'died again and again';
    }
  }
}
