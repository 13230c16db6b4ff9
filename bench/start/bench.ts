/**
 * The first start after installing (no data folder, no compiled code), the second start on what the first one left, and the
 * memory of all processes of an idle system. Started as a person does, by `./theseus start` with the sample system and its
 * rows; ready is when it has said its address, after it has answered its own first request. Medians of three rounds. cpuMs:
 * processor time of all processes until then; on a busy machine it says more than the clock.
 * Memory: the proportional set size of the process and all its descendants, PostgreSQL's included, five seconds after the
 * second start; where the kernel does not tell it, resident size, which counts shared pages more than once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { familyOf, processorMs, residentMb } from '../load/processor-time.ts';
import { median, rounded } from '../load/quantiles.ts';
import type { BenchOptions } from '../options.ts';

const idleMs = 5_000;

export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const rounds = Number(only) || 3;
  const first: number[] = [];
  const second: number[] = [];
  const idle: number[] = [];
  const spent = { first: [] as number[], second: [] as number[] };
  let processes: { readonly [name: string]: number } = {};
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'theseus-start-'));
    chmodSync(folder, 0o755);
    try {
      const one = await start(folder);
      first.push(one.millis);
      spent.first.push(one.cpuMs);
      await one.stop();
      const two = await start(folder);
      second.push(two.millis);
      spent.second.push(two.cpuMs);
      await new Promise((go) => setTimeout(go, idleMs));
      idle.push(residentMb([two.pid]));
      processes = memoryByProcess(two.pid);
      await two.stop();
      say(
        `first ${Math.round(one.millis)} ms (processor ${Math.round(one.cpuMs)}), second ${Math.round(two.millis)} ms (processor ${Math.round(two.cpuMs)}), idle ${Math.round(idle.at(-1) ?? 0)} MB ${JSON.stringify(processes)}`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return {
    firstMs: Math.round(median(first)),
    secondMs: Math.round(median(second)),
    idleMb: Math.round(median(idle)),
    cpuMs: { first: Math.round(median(spent.first)), second: Math.round(median(spent.second)) },
    processesMb: processes,
    rounds,
    seed,
  };
}

async function start(
  folder: string,
): Promise<{ readonly millis: number; readonly cpuMs: number; readonly pid: number; stop(): Promise<void> }> {
  const began = performance.now();
  const child = spawn(
    'sh',
    ['./theseus', 'start', '--system', 'systems/shop', '--data', join(folder, 'data'), '--port', '0', '--no-history'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    },
  );
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  await saidAddress(child);
  return {
    millis: performance.now() - began,
    cpuMs: processorMs([child.pid ?? 0]),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function saidAddress(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: string): void => {
      said += text;
      if (/ runs at \S*http:\/\//.test(said)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear);
    child.once('exit', () => reject(new Error(`it did not start: ${said.slice(-2_000)}`)));
  });
}

/** Megabytes by entry file or program. */
function memoryByProcess(root: number): { readonly [name: string]: number } {
  const sums: { [name: string]: number } = {};
  for (const pid of familyOf([root])) {
    const own = residentOf(pid);
    const name = nameOf(pid);
    sums[name] = rounded((sums[name] ?? 0) + own);
  }
  return Object.fromEntries(Object.entries(sums).map(([name, mb]) => [name, Math.round(mb)]));
}
/** Of this process alone. */
function residentOf(pid: number): number {
  try {
    return Number(/^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
function nameOf(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((word) => word !== '');
    if (/postgres/.test(words[0] ?? '')) return 'postgresql';
    return basename(words.find((word) => /\.(ts|js|mjs)$/.test(word)) ?? words[0] ?? String(pid));
  } catch {
    return 'gone';
  }
}
