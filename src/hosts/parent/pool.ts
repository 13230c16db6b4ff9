/**
 * The hosts that are up: shared ones, where calls of all components run side by side, and a few in reserve, each for one call
 * at a time. Watches all of them from outside: memory, heartbeat, deadlines. A host that ends is replaced at once, later each
 * time that its replacement does not start. Promises: every call in a host that ends hears of it.
 */
import type { Json } from '#kernel';
import { frameOf } from '#channel';
import type { HostListeners, HostProcess } from './host-process.ts';
import { type MemoryGauge, openMemoryGauge } from './resident-memory.ts';
import type { RunningCall } from './running-call.ts';

export type Role = 'shared' | 'reserve';
export interface PooledHost {
  readonly process: HostProcess;
  readonly role: Role;
  /** Digests of the components whose code it has. */
  readonly loaded: Set<string>;
  readonly calls: Map<number, RunningCall>;
}
export interface PoolParts {
  readonly size: number;
  /** At most so many hosts for calls that run alone; one of them is kept up. */
  readonly reserve: number;
  readonly memoryBytes: number;
  readonly start: (listeners: HostListeners) => Promise<HostProcess>;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
}
export interface Pool {
  /** The host with the least to do; undefined where none came up by `until` (performance.now). */
  shared(until: number): Promise<PooledHost | undefined>;
  /** A host for one call alone; to be given back. */
  lease(until: number): Promise<PooledHost | undefined>;
  giveBack(host: PooledHost): void;
  readonly running: number;
  readonly hosts: Iterable<PooledHost>;
  close(): Promise<void>;
}
interface Watched extends PooledHost {
  readonly gauge: MemoryGauge;
  /** Digests that it said it could not load: told once, so that no host fills the log. */
  readonly failed: Set<string>;
  beat: number;
  missed: number;
}
const lookMs = 20;
/** Looks between two beats, and beats that may be missed in turn. */
const [looksPerBeat, mostMissed] = [10, 8];
const longestPauseMs = 5_000;

export function openPool(parts: PoolParts): Pool {
  const up = new Set<Watched>();
  const free: Watched[] = [];
  const waiting: { readonly role: Role; readonly take: (host: Watched | undefined) => void }[] = [];
  let closing = false;
  let allGone = (): void => {};
  /** Hosts in reserve that are up or on their way. */
  let inReserve = 0;
  let looks = 0;
  let lastLook = performance.now();

  async function raise(role: Role, tries = 0): Promise<void> {
    if (closing) return;
    let host: Watched | undefined;
    try {
      const process = await parts.start({
        frame: (head, payload) => host !== undefined && hear(host, head, payload),
        gone: (why, explained, said) => host !== undefined && gone(host, why, explained, said),
      });
      host = {
        process,
        role,
        loaded: new Set(),
        calls: new Map(),
        failed: new Set(),
        gauge: openMemoryGauge(process.pid),
        beat: 0,
        missed: 0,
      };
    } catch (cause) {
      parts.log({ kind: 'host', event: 'no start', why: cause instanceof Error ? cause.message : String(cause) });
      setTimeout(() => void raise(role, tries + 1), Math.min(100 * 2 ** tries, longestPauseMs)).unref();
      return;
    }
    if (closing) return host.process.kill('closing');
    up.add(host);
    if (role === 'shared') for (const next of waiting.filter((one) => one.role === 'shared')) served(next, host);
    else serveReserve(host);
  }
  function served(next: (typeof waiting)[number], host: Watched | undefined): void {
    waiting.splice(waiting.indexOf(next), 1);
    next.take(host);
  }
  function serveReserve(host: Watched): void {
    const next = waiting.find((one) => one.role === 'reserve');
    if (next !== undefined) served(next, host);
    else if (free.length === 0) free.push(host);
    else host.process.kill('it is one more than is kept in reserve');
  }
  function raiseReserve(): void {
    if (inReserve >= parts.reserve || closing) return;
    inReserve += 1;
    void raise('reserve');
  }
  function wait(role: Role, until: number): Promise<Watched | undefined> {
    return new Promise((resolve) => {
      const late = setTimeout(() => served(next, undefined), Math.max(0, until - performance.now()));
      const next = {
        role,
        take: (host: Watched | undefined): void => {
          clearTimeout(late);
          resolve(host);
        },
      };
      waiting.push(next);
    });
  }

  function gone(host: Watched, why: string, explained: boolean, said: string): void {
    up.delete(host);
    host.gauge.close();
    if (free.includes(host)) free.splice(free.indexOf(host), 1);
    if (!closing) parts.log({ kind: 'host', event: 'gone', role: host.role, why, calls: host.calls.size, said });
    for (const call of host.calls.values()) call.hostGone(why, explained);
    host.calls.clear();
    if (closing && up.size === 0) allGone();
    if (host.role === 'shared') return void raise('shared');
    inReserve -= 1;
    if (inReserve === 0 || waiting.some((one) => one.role === 'reserve')) raiseReserve();
  }
  function hear(host: Watched, head: { readonly [member: string]: unknown }, payload = 'null'): void {
    const { kind, call } = head;
    if (kind === 'pong') {
      host.missed = 0;
    } else if (kind === 'loaded') {
      return;
    } else if (kind === 'load-failed' && host.loaded.has(String(head['digest']))) {
      if (host.failed.has(String(head['digest']))) return;
      host.failed.add(String(head['digest']));
      parts.log({ kind: 'host', event: 'load failed', why: payload.slice(0, 500) });
    } else if (kind === 'stuck') {
      host.process.kill('a component in it could not be stopped otherwise');
    } else if (typeof kind === 'string' && typeof call === 'number') {
      host.calls.get(call)?.frame(kind, head, payload);
    } else {
      host.process.kill('it broke the channel: a message of no known kind');
    }
  }

  function look(): void {
    const at = performance.now();
    looks += 1;
    const onTime = at - lastLook < 10 * lookMs;
    lastLook = at;
    for (const host of up) {
      const bytes = host.gauge.read();
      if (bytes !== undefined && bytes > parts.memoryBytes) host.process.kill(`it used ${Math.round(bytes / 1e6)} MB of memory`);
      for (const call of host.calls.values()) if (call.look(at) !== 'well') host.process.kill('a call in it did not end at its deadline');
      if (looks % looksPerBeat !== 0) continue;
      // A beat counts as missed only where this process itself was on time.
      if (host.missed > mostMissed) host.process.kill('it did not answer');
      if (onTime) host.missed += 1;
      host.process.put(frameOf({ kind: 'ping', beat: (host.beat += 1) }));
    }
  }
  const watch = setInterval(look, lookMs);
  watch.unref();
  for (let count = 0; count < parts.size; count += 1) void raise('shared');
  raiseReserve();

  return {
    shared: async (until) => {
      let best: Watched | undefined;
      for (const host of up)
        if (host.role === 'shared' && !host.process.dead && (best === undefined || host.calls.size < best.calls.size)) best = host;
      return best ?? wait('shared', until);
    },
    lease: async (until) => {
      for (let host = free.pop(); host !== undefined; host = free.pop()) if (!host.process.dead) return host;
      raiseReserve();
      return wait('reserve', until);
    },
    giveBack: (host) => {
      if (up.has(host as Watched)) serveReserve(host as Watched);
    },
    get running() {
      return up.size;
    },
    get hosts() {
      return up;
    },
    close: async () => {
      closing = true;
      clearInterval(watch);
      for (const next of waiting.splice(0)) next.take(undefined);
      for (const host of up) host.process.kill('closing');
      if (up.size > 0)
        await new Promise<void>((done) => {
          allGone = done;
        });
    },
  };
}
