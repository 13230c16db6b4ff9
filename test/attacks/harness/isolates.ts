/**
 * Attacks on hosts: each hostile component is loaded beside a neighbour, called, and judged by what was seen around it, never
 * by what it says alone. One pool of real hosts for all attacks of a class.
 */
import assert from 'node:assert/strict';
import { isRefusal, type Json, type Refusal } from '#kernel';
import { HostDied, type Hosts, openHosts } from '#hosts';
import type { IsolateAttack, Seen } from './attack.ts';
import { deedText, spoils } from './deed.ts';
import { openWorld, type World } from './world.ts';

export interface IsolateTarget {
  readonly world: World;
  readonly hosts: Hosts;
  run(name: string, attack: IsolateAttack): Promise<Seen>;
  close(): Promise<void>;
}
const reachable = '/var/lib/theseus/attacks';
const neighbour = `let visits = 0;
globalThis.component = ({ async run({ input }) {
  visits += 1;
  return { n: input.n, visits, strange: [].strange ?? ({}).strange ?? null, sum: [1, 2, 3].map((x) => x * 2).reduce((a, b) => a + b, 0), text: JSON.stringify({ a: [1, 'b'] }), kept: typeof keeper === 'undefined' ? null : keeper };
} });`;

/** The text of a component, as the reader would have made it of a source: a module with a definition whose body is `run`. */
export const textOf = ({ text, before = '', body = '' }: IsolateAttack, prelude: string): string =>
  text !== undefined
    ? text.replace('/*deed*/', () => prelude.replaceAll('\n', ' '))
    : `${prelude}${before}
globalThis.component = ({ async run({ data, input, row, today: day, caller, now, random, log, emit, call, fetch }) {
tell = log;
const said = await (async () => {
${body}
})();
for (let turn = 0; turn < 20; turn += 1) await null;
return { said: said === undefined ? null : said, loot };
} });
`;

export async function openIsolateTarget(): Promise<IsolateTarget> {
  const world = await openWorld();
  let deaths = 0;
  const hosts = await openHosts({
    size: 1,
    reserve: 1,
    memoryMb: 300,
    cpuMs: 200,
    user: 'own',
    isolation: 'preferred',
    reachable,
    log: (entry) => {
      if (entry['event'] === 'gone') deaths += 1;
    },
  });
  await hosts.load({ key: 'operation/neighbour', digest: 'neighbour', code: neighbour });
  const prelude = deedText(world.target);
  let asked = 0;

  async function askNeighbour(): Promise<readonly string[]> {
    const n = (asked += 1);
    const answer = await callOnce(hosts, 'neighbour', { n }, {}, async () => null);
    const right = JSON.stringify({ n, visits: 1, strange: null, sum: 12, text: '{"a":[1,"b"]}', kept: null });
    return answer === right ? [] : [`the neighbour answered ${answer.slice(0, 300)}`];
  }

  return {
    world,
    hosts,
    run: async (name, attack) => {
      await hosts.load({ key: `operation/${name}`, digest: name, code: textOf(attack, prelude) });
      const asks: { capability: string; input: Json }[] = [];
      const outcomes: string[] = [];
      const sightings: string[] = [];
      const [began, memory] = [performance.now(), process.memoryUsage.rss()];
      const turns = attack.turns ?? 1;
      for (let turn = 1; turn <= turns; turn += 1) {
        const perform = async (capability: string, input: Json): Promise<Json | Refusal> => {
          asks.push({ capability, input });
          return attack.perform === undefined ? { capability } : attack.perform(capability, input);
        };
        const outcome = await callOnce(hosts, name, { turn, secret: secretOf(turn) }, attack, perform);
        outcomes.push(outcome);
        for (let other = 1; other <= turns; other += 1)
          if (other !== turn && outcome.includes(secretOf(other))) sightings.push(`turn ${turn} knows what only turn ${other} was given`);
        if (attack.ends !== undefined && !attack.ends.test(outcome))
          sightings.push(`turn ${turn} ended otherwise: ${outcome.slice(0, 300)}`);
      }
      const elapsedMs = performance.now() - began;
      const grown = (process.memoryUsage.rss() - memory) / 1_048_576;
      if (grown > 250) sightings.push(`the machine grew by ${Math.round(grown)} MB`);
      sightings.push(...(await askNeighbour()));
      const out = JSON.stringify([outcomes, asks]);
      for (const secret of world.secrets) if (out.includes(secret)) sightings.push(`the secret ${secret} came out`);
      for (const outcome of outcomes) {
        const loot = /"loot":\[("(?:[^"\\]|\\.)*")/.exec(outcome);
        if (loot !== null) sightings.push(`loot: ${loot[1]?.slice(0, 200) ?? ''}`);
      }
      const allowed = attack.asks ?? /^log$/;
      for (const { capability, input } of asks) {
        if (!allowed.test(capability)) sightings.push(`the broker was asked ${capability.slice(0, 80)}`);
        if (typeof input === 'string' && input.startsWith(spoils)) sightings.push(`told: ${input.slice(0, 200)}`);
      }
      sightings.push(...world.sightings());
      const seen = { outcomes, asks, sightings: [...new Set(sightings)], elapsedMs };
      attack.watch?.(seen);
      return seen;
    },
    close: async () => {
      await hosts.close();
      await world.close();
      assert.ok(deaths >= 0);
    },
  };
}
const secretOf = (turn: number): string => `given-to-turn-${turn}-alone`;

/** Calls as the machine does: again, alone, where the host died. Answers what the machine heard, as text. */
async function callOnce(
  hosts: Hosts,
  digest: string,
  input: { readonly [name: string]: Json },
  attack: IsolateAttack,
  perform: (capability: string, input: Json) => Promise<Json | Refusal>,
): Promise<string> {
  for (let [alone, killed] = [false, 0]; ; alone = true) {
    try {
      const answer = await hosts.call({
        key: `operation/${digest}`,
        component: digest,
        alone,
        input: { input, row: null, today: '2026-01-31', caller: { id: `u_${String(input['turn'] ?? 0)}`, name: 'Ada', roles: ['clerk'] } },
        now: 1_769_860_800_000,
        seed: 'a seed',
        caps: { wallMs: 5_000, capabilityCalls: 100, rows: 100, bytes: 100_000, ...attack.caps },
        deadline: Date.now() + (attack.deadlineMs ?? 5_000),
        perform,
      });
      return isRefusal(answer) ? `${answer.code}: ${answer.why} ${JSON.stringify(answer.evidence ?? null)}` : JSON.stringify(answer);
    } catch (cause) {
      if (!(cause instanceof HostDied)) throw cause;
      if (alone && cause.explained) return 'died alone';
      // As the machine has it: what is killed from outside again and again is not tried for ever.
      if (alone && (killed += 1) >= 5) return 'killed again and again';
    }
  }
}
