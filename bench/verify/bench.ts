/**
 * All gates for one changed component, in systems of 50, 500 and 5,000 components drawn by seed. Each change is good and
 * passes; each has at least ten dependants and ten examples in its module. The sizes take turns in one run. Examples run on
 * a PostgreSQL of its own, operations in hosts, code is read in the disposable process: nothing is left out but the record of it.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parserProcess } from '#adapters/parser-process';
import { doorInTrial } from '#api/trial';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { z3Solver } from '#adapters/z3-solver';
import { type Engines, type GateInput, gateInput, runGates, warmUp } from '#gates';
import { openHosts } from '#hosts';
import { openTrialDatabase } from '#store';
import { memoryStore } from '#store/memory';
import { startThrowAwayServer } from '#store/server';
import { median, p50p95, quantile, seeded } from '../load/quantiles.ts';
import type { BenchOptions } from '../options.ts';
import { makeChange } from './make-change.ts';
import { type MadeKind, makeSystem, type MadeSystem } from './make-system.ts';

const sizes = [50, 500, 5000] as const;
const kinds: readonly MadeKind[] = ['entity', 'rule', 'operation', 'view'];
const ROUNDS = 12;
const WARM = 2;

interface Bench {
  readonly size: number;
  readonly system: MadeSystem;
  readonly base: GateInput;
  readonly engines: Engines;
  close(): Promise<void>;
}

export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const random = seeded(seed);
  const server = await startThrowAwayServer({ durable: true });
  const database = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
  const hosts = await openHosts({
    size: 1,
    memoryMb: 512,
    user: 'own',
    isolation: 'preferred',
    reachable: join(tmpdir(), 'theseus-verify'),
    log: () => {},
  });
  const solver = z3Solver();
  const memory = trialRun({
    hosts,
    door: doorInTrial,
    begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }),
  });
  const trial = trialRun({
    hosts,
    door: doorInTrial,
    prepare: (model) => database.prepare(model),
    begin: (prepared, clock) => database.begin(prepared, clock),
    concurrency: 2,
  });
  const benches: Bench[] = [];
  try {
    for (const size of sizes.filter((each) => only === undefined || String(each) === only)) {
      const began = performance.now();
      const system = makeSystem(size, random);
      const reader = parserProcess({ memoryMb: 2_000, timeoutMs: 60_000 });
      const types = typescriptChecker();
      const engines: Engines = { reader, types, trial, memory, solver, cpuMs: () => reader.cpuMs() + types.cpuMs() };
      const base = await gateInput(system.files, engines);
      if ('ok' in base) throw new Error(`the made system does not read: ${JSON.stringify(base.problems.slice(0, 3))}`);
      await warmUp(base, engines);
      benches.push({ size, system, base, engines, close: async () => void (await Promise.all([reader.close(), types.close()])) });
      say(
        `${base.reading.components.length} components, ${base.reading.tests.reduce((sum, tests) => sum + tests.examples.length, 0)} examples: read in ${Math.round(performance.now() - began)} ms`,
      );
    }
    const total = new Map<string, number[]>();
    const note = (name: string, value: number): void => void (total.get(name)?.push(value) ?? total.set(name, [value]));
    for (let round = 0; round < ROUNDS + WARM; round++) {
      for (const kind of kinds) {
        for (const bench of benches) {
          const module = bench.system.modules[Math.floor(random() * bench.system.modules.length)];
          if (module === undefined) throw new Error('a made system has modules');
          const change = makeChange(bench.system, module, kind, round);
          const files = { ...bench.system.files, ...change.edits };
          const began = performance.now();
          const result = await runGates(files, change.scope, bench.base, bench.engines);
          const wall = performance.now() - began;
          if (!result.passed)
            throw new Error(
              `a good change of ${change.component} did not pass: ${JSON.stringify(result.evidence.filter((evidence) => evidence.verdict !== 'pass'))}`,
            );
          if (round < WARM) continue;
          note(`size ${bench.size}`, wall);
          note(`kind ${kind}`, wall);
          for (const evidence of result.evidence) {
            note(`gate ${evidence.gate}`, evidence.cost.wallMs);
            note(`gate ${evidence.gate} ${bench.size}`, evidence.cost.wallMs);
          }
        }
      }
    }
    const under = (prefix: string): { [name: string]: { p50: number; p95: number } } =>
      Object.fromEntries(
        [...total].flatMap(([name, values]) =>
          name.startsWith(prefix) && !name.slice(prefix.length).includes(' ') ? [[name.slice(prefix.length), p50p95(values)]] : [],
        ),
      );
    for (const bench of benches)
      say(
        `${bench.size}: ${[...total]
          .filter(([name]) => name.startsWith('gate ') && name.endsWith(` ${bench.size}`))
          .map(([name, values]) => `${name.split(' ')[1] ?? ''} ${median(values)}/${quantile(values, 0.95)}`)
          .join('  ')}`,
      );
    return { seed, rounds: ROUNDS, sizes: under('size '), gates: under('gate '), kinds: under('kind ') };
  } finally {
    for (const bench of benches) await bench.close();
    await solver.close();
    await hosts.close();
    await database.close();
    await server.stop();
  }
}
