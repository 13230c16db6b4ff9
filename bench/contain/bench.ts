/**
 * Whether a loaded system holds hostile components, and what its innocent callers notice. Three parts:
 *
 * - `attacks`: a system of real processes with 200 innocent components. Every attack of test/attacks that is a component stands in
 *   it, with its code behind the back of every gate, and is called twice: once with seven others at the same moment, of as many
 *   classes as there are (`together` says what came of that alone), and once with one other; while innocent callers ask on. Escaped: a watcher saw something
 *   (a file, a connection, a secret, spoils in an answer or in the log, a row of another). Every answer of an innocent caller is
 *   held against what it must be; any other, and any refusal, counts as failed. Reactions, jobs and what goes outside by `fetch` attack
 *   machines of their own beside it (`beside`), once, one after another, while the callers ask on.
 * - `kills`: hosts with 200 components. killMs: from the start of a call that can only be ended with its host to the end of that
 *   host, the share of the processor that a call has (500 ms) included. respawnMs: from there until a new host has answered a call.
 * - `memory`: what each of 200 components costs the host that has loaded it.
 */
import { p50p95 } from '../load/quantiles.ts';
import type { BenchOptions } from '../options.ts';
import { openAttacksBeside } from './attacks-beside.ts';
import { openInnocents } from './innocents.ts';
import { innocentFiles } from './innocent-system.ts';
import { measureKills } from './kills.ts';
import { measureMemory } from './memory.ts';
import { type HostileComponent, hostileComponents } from './hostile-components.ts';
import { ownRowFiles } from '../../test/attacks/harness/own-rows.ts';
import { openHostileSystem } from '../../test/attacks/harness/systems.ts';
import { openWorld } from '../../test/attacks/harness/world.ts';

const components = 200;
const connections = 6;
const attackers = 2;
/** Hostile components that attack at the same moment, in the first part. */
const atOnce = 8;

export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const held = only === 'kills' || only === 'memory' ? {} : await measureAttacks(say, only === 'attacks' ? undefined : only);
  const { killed, respawned, reloaded } = only === undefined || only === 'kills' ? await measureKills(components, say) : noKills;
  const memory = only === undefined || only === 'memory' ? await measureMemory(components, say) : undefined;
  return {
    ...held,
    ...(memory === undefined ? {} : { memory }),
    killMs: p50p95(killed),
    respawnMs: p50p95(respawned),
    reloadAllMs: p50p95(reloaded),
    components,
    kills: killed.length,
    seed,
  };
}
const noKills = { killed: [], respawned: [], reloaded: [] };

async function measureAttacks(say: (line: string) => void, only: string | undefined): Promise<object> {
  const world = await openWorld();
  const hostile = (await hostileComponents(world)).filter(({ name }) => only === undefined || only === 'together' || name.includes(only));
  const system = await openHostileSystem(
    hostile.map(({ operations }) => ({ operations, run: async () => {} })),
    { ...innocentFiles(components), ...ownRowFiles },
  );
  const beside = await openAttacksBeside();
  try {
    const pids = (): string => JSON.stringify(system.pids());
    let before = pids();
    let restarts = 0;
    const attack = async (next: HostileComponent): Promise<string[]> => {
      const began = performance.now();
      const seen = await next.attack(system);
      if (pids() !== before) {
        restarts += 1;
        before = pids();
      }
      const found = seen.length === 0 ? 'contained' : `ESCAPED ${seen.join('; ')}`;
      say(`${next.name}: ${found} (${Math.round(performance.now() - began)} ms)`);
      return seen.length === 0 ? [] : [`${next.name}: ${seen.join('; ')}`];
    };
    const phase = async (part: string, work: () => Promise<readonly string[]>): Promise<Phase> => {
      const innocents = await openInnocents(system, connections, components, part);
      const escapes = await work();
      const { asked, failed, longestMs } = await innocents.stop();
      for (const line of failed.slice(0, 10)) say(`innocent: ${line}`);
      return { escapes, asked, failed, longestMs };
    };
    const rounds = roundsOf(hostile, atOnce);
    const together = await phase('the first part', async () => {
      const escapes: string[] = [];
      for (const round of rounds) {
        say(`together: ${round.map(({ name }) => name).join(', ')}`);
        escapes.push(...(await Promise.all(round.map(attack))).flat());
      }
      return escapes;
    });
    const waiting = only === 'together' ? [] : [...hostile];
    const each = await phase('the second part', async () => {
      const escapes: string[] = [];
      const one = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) escapes.push(...(await attack(next)));
      };
      await Promise.all(Array.from({ length: attackers }, one));
      return escapes;
    });
    const chosen = beside.attacks.filter(({ name }) => only === undefined || name.includes(only));
    const elsewhere = await phase('the third part', async () => {
      const escapes: string[] = [];
      for (const next of chosen) {
        const began = performance.now();
        const seen = await next.attack().then(
          () => 'contained',
          (cause: unknown) => `ESCAPED ${cause instanceof Error ? cause.message.slice(0, 400) : String(cause)}`,
        );
        say(`${next.name}: ${seen} (${Math.round(performance.now() - began)} ms)`);
        if (seen !== 'contained') escapes.push(`${next.name}: ${seen}`);
      }
      return escapes;
    });
    const escaped = [...together.escapes, ...each.escapes, ...elsewhere.escapes];
    const failures = [...together.failed, ...each.failed, ...elsewhere.failed];
    const attacks = hostile.length * (only === 'together' ? 1 : 2) + chosen.length;
    return {
      attacks,
      contained: attacks - escaped.length,
      escaped: escaped.length,
      ...(escaped.length === 0 ? {} : { escapes: escaped.slice(0, 20) }),
      machineRestarts: restarts,
      innocentRequests: together.asked + each.asked + elsewhere.asked,
      innocentFailed: failures.length,
      ...(failures.length === 0 ? {} : { failures: failures.slice(0, 10) }),
      innocentLongestMs: Math.round(Math.max(together.longestMs, each.longestMs, elsewhere.longestMs)),
      together: {
        atOnce,
        rounds: rounds.length,
        attacks: hostile.length,
        escaped: together.escapes.length,
        innocentRequests: together.asked,
        innocentFailed: together.failed.length,
        innocentLongestMs: Math.round(together.longestMs),
      },
      beside: { attacks: chosen.length, escaped: elsewhere.escapes.length },
    };
  } finally {
    await Promise.all([system.stop(), beside.close()]);
    await world.close();
  }
}
interface Phase {
  readonly escapes: readonly string[];
  readonly asked: number;
  readonly failed: readonly string[];
  readonly longestMs: number;
}

/** All of them, so many at once, each round of as many classes as there still are. */
function roundsOf(hostile: readonly HostileComponent[], size: number): readonly (readonly HostileComponent[])[] {
  const classes = [...Map.groupBy(hostile, ({ name }) => name.split('/')[0]).values()];
  const mixed = Array.from({ length: Math.max(0, ...classes.map((each) => each.length)) }, (_, at) =>
    classes.flatMap((each) => each.slice(at, at + 1)),
  ).flat();
  return Array.from({ length: Math.ceil(mixed.length / size) }, (_, round) => mixed.slice(round * size, (round + 1) * size));
}
