/**
 * Whether a loaded system holds hostile components, and what its innocent callers notice. Three parts:
 *
 * - `attacks`: a system of real processes with 200 innocent components. Every attack of test/attacks that is a component stands in
 *   it, with its code behind the back of every gate, and is called, while innocent callers ask on. Escaped: a watcher saw something
 *   (a file, a connection, a secret, spoils in an answer or in the log, a row of another). Every answer of an innocent caller is
 *   held against what it must be; any other, and any refusal, counts as failed.
 * - `kills`: hosts with 200 components. killMs: from the start of a call that can only be ended with its host to the end of that
 *   host, the share of the processor that a call has (500 ms) included. respawnMs: from there until a new host has answered a call.
 * - `memory`: what each of 200 components costs the host that has loaded it.
 */
import { p50p95 } from '../load/quantiles.ts';
import { openInnocents } from './innocents.ts';
import { innocentFiles } from './innocent-system.ts';
import { measureKills } from './kills.ts';
import { measureMemory } from './memory.ts';
import { hostileComponents } from './hostile-components.ts';
import { openHostileSystem } from '../../test/attacks/harness/systems.ts';
import { openWorld } from '../../test/attacks/harness/world.ts';

const components = 200;
const connections = 6;
const attackers = 2;

export async function run({
  seed,
  only,
  say,
}: {
  readonly seed: number;
  readonly only?: string;
  readonly say: (line: string) => void;
}): Promise<unknown> {
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
  const hostile = (await hostileComponents(world)).filter(({ name }) => only === undefined || name.includes(only));
  const system = await openHostileSystem(
    hostile.map(({ operations }) => ({ operations, run: async () => {} })),
    innocentFiles(components),
  );
  try {
    const before = JSON.stringify(system.pids());
    const innocents = await openInnocents(system, connections, components);
    const escaped: string[] = [];
    const waiting = [...hostile];
    let restarts = 0;
    let pids = before;
    const attack = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const began = performance.now();
        const seen = await next.attack(system);
        if (JSON.stringify(system.pids()) !== pids) {
          restarts += 1;
          pids = JSON.stringify(system.pids());
        }
        if (seen.length > 0) escaped.push(`${next.name}: ${seen.join('; ')}`);
        say(
          `${next.name}: ${seen.length === 0 ? 'contained' : `ESCAPED ${seen.join('; ')}`} (${Math.round(performance.now() - began)} ms)`,
        );
      }
    };
    await Promise.all(Array.from({ length: attackers }, attack));
    const { asked, failed, longestMs } = await innocents.stop();
    for (const line of failed.slice(0, 10)) say(`innocent: ${line}`);
    return {
      attacks: hostile.length,
      contained: hostile.length - escaped.length,
      escaped: escaped.length,
      ...(escaped.length === 0 ? {} : { escapes: escaped.slice(0, 20) }),
      machineRestarts: restarts,
      innocentRequests: asked,
      innocentFailed: failed.length,
      ...(failed.length === 0 ? {} : { failures: failed.slice(0, 10) }),
      innocentLongestMs: Math.round(longestMs),
    };
  } finally {
    await system.stop();
    await world.close();
  }
}
