/**
 * The hosts that are up: shared ones, where calls of all components run side by side, and a few in reserve, each for one call
 * at a time. Watches all of them from outside: memory, heartbeat, deadlines. A host that ends is replaced at once, later each
 * time that its replacement does not start. Promises: every call in a host that ends hears of it.
 */
import type { Json } from '#kernel';
import { frameOf } from '#channel';
import type { HostListeners, HostProcess } from './host-process.ts';
import { processorMs } from './processor-time.ts';
import { type MemoryGauge, openMemoryGauge } from './resident-memory.ts';
import type { RunningCall } from './running-call.ts';

/** A spare is up and has run nothing; whoever needs a host next takes it. */
export type Role = 'shared' | 'reserve' | 'spare';
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
  /** A host for one call alone; to be given back. `suspect`: a component with a strike, which never holds the whole reserve. */
  lease(until: number, suspect: string | null): Promise<PooledHost | undefined>;
  giveBack(host: PooledHost): void;
  readonly running: number;
  readonly hosts: Iterable<PooledHost>;
  /** Processor milliseconds of all hosts so far; of one that ended as when it was last looked at. */
  processorMs(): number;
  close(): Promise<void>;
}
interface Watched extends Omit<PooledHost, 'role'> {
  role: Role;
  suspect: string | null;
  readonly gauge: MemoryGauge;
  /** Digests that it said it could not load: told once, so that no host fills the log. */
  readonly failed: Set<string>;
  beat: number;
  missed: number;
  /** Processor time at the latest beats, the oldest first. */
  readonly worked: (number | undefined)[];
  /** Processor time when it was last read. */
  usedMs: number;
}
/** How often each host is looked at from outside. */
export const lookMs: number = 20;
/** Looks between two beats, and beats that may be missed in turn. */
const [looksPerBeat, mostMissed] = [10, 8];
/** A host that worked so many milliseconds over those beats and did not listen is at fault itself; below that it was kept from work, or stopped. */
const ownDoingMs = 200;
/** How much longer a host that does not get to work is borne with. */
const forbearance = 2;
const longestPauseMs = 5_000;

export function openPool(parts: PoolParts): Pool {
  const up = new Set<Watched>();
  const free: Watched[] = [];
  const spares: Watched[] = [];
  let raisingSpare = false;
  const waiting: { readonly role: Role; readonly suspect: string | null; readonly take: (host: Watched | undefined) => void }[] = [];
  let closing = false;
  let allGone = (): void => {};
  /** Hosts in reserve that are up or on their way. */
  let inReserve = 0;
  let looks = 0;
  /** Of hosts that have ended. */
  let usedBefore = 0;
  let lastLook = performance.now();

  async function raise(role: Role, tries = 0): Promise<void> {
    if (closing) return;
    const spare = role === 'spare' ? undefined : takeSpare();
    if (spare !== undefined) return place(spare, role);
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
        suspect: null,
        beat: 0,
        worked: [],
        usedMs: 0,
        missed: 0,
      };
    } catch (cause) {
      parts.log({ kind: 'host', event: 'no start', why: cause instanceof Error ? cause.message : String(cause) });
      if (role !== 'spare') setTimeout(() => void raise(role, tries + 1), Math.min(100 * 2 ** tries, longestPauseMs)).unref();
      return;
    }
    if (closing) return host.process.kill('closing');
    up.add(host);
    place(host, role);
  }
  function place(host: Watched, role: Role): void {
    host.role = role;
    if (role === 'shared') for (const next of waiting.filter((one) => one.role === 'shared')) served(next, host);
    if (role === 'reserve') serveReserve(host);
    if (role === 'spare') spares.push(host);
    raiseSpare();
  }
  function takeSpare(): Watched | undefined {
    for (let spare = spares.pop(); spare !== undefined; spare = spares.pop()) if (!spare.process.dead) return spare;
    return undefined;
  }
  /** Once the others are up, so that a start does not wait for it. */
  function raiseSpare(): void {
    const shared = [...up].filter((host) => host.role === 'shared').length;
    if (closing || spares.length > 0 || raisingSpare || shared < parts.size || inReserve === 0) return;
    raisingSpare = true;
    void raise('spare').finally(() => {
      raisingSpare = false;
    });
  }
  function served(next: (typeof waiting)[number], host: Watched | undefined): void {
    waiting.splice(waiting.indexOf(next), 1);
    next.take(host);
  }
  function mayLease(suspect: string | null): boolean {
    if (suspect === null) return true;
    let held = 0;
    for (const host of up) if (host.suspect === suspect) held += 1;
    return held < Math.max(1, parts.reserve - 1);
  }
  function serveReserve(host: Watched): void {
    host.suspect = null;
    const next = waiting.find((one) => one.role === 'reserve' && mayLease(one.suspect));
    if (next !== undefined) {
      host.suspect = next.suspect;
      served(next, host);
    } else if (free.length === 0) free.push(host);
    else host.process.kill('it is one more than is kept in reserve');
  }
  function raiseReserve(): void {
    if (inReserve >= parts.reserve || closing) return;
    inReserve += 1;
    void raise('reserve');
  }
  function wait(role: Role, until: number, suspect: string | null = null): Promise<Watched | undefined> {
    return new Promise((resolve) => {
      const late = setTimeout(() => served(next, undefined), Math.max(0, until - performance.now()));
      const next = {
        role,
        suspect,
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
    usedBefore += host.usedMs;
    host.gauge.close();
    for (const list of [free, spares]) if (list.includes(host)) list.splice(list.indexOf(host), 1);
    if (!closing) parts.log({ kind: 'host', event: 'gone', role: host.role, why, calls: host.calls.size, said });
    for (const call of host.calls.values()) call.hostGone(why, explained);
    host.calls.clear();
    if (closing && up.size === 0) allGone();
    if (host.role === 'shared') return void raise('shared');
    if (host.role === 'spare') return raiseSpare();
    inReserve -= 1;
    const kept = free.pop();
    if (kept !== undefined) serveReserve(kept);
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
      for (const call of host.calls.values())
        if (call.look(at) !== 'well') host.process.kill('a call in it did not end at its deadline', isOwnDoing(host));
      if (looks % looksPerBeat !== 0) continue;
      // A beat counts as missed only where this process itself was on time.
      host.worked.push(read(host));
      if (host.worked.length > mostMissed + 1) host.worked.shift();
      if (host.missed > mostMissed && (isOwnDoing(host) || host.missed > forbearance * mostMissed))
        host.process.kill('it did not answer', isOwnDoing(host));
      if (onTime) host.missed += 1;
      host.process.put(frameOf({ kind: 'ping', beat: (host.beat += 1) }));
    }
  }
  function read(host: Watched): number | undefined {
    const used = processorMs(host.process.pid);
    host.usedMs = used ?? host.usedMs;
    return used;
  }
  /** Where processor time cannot be read, as if it were. */
  function isOwnDoing({ worked }: Watched): boolean {
    const [first] = worked;
    const last = worked.at(-1);
    return first === undefined || last === undefined || last - first >= ownDoingMs;
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
    lease: async (until, suspect) => {
      if (!mayLease(suspect)) return wait('reserve', until, suspect);
      for (let host = free.pop(); host !== undefined; host = free.pop()) {
        if (host.process.dead) continue;
        host.suspect = suspect;
        return host;
      }
      const waits = wait('reserve', until, suspect);
      raiseReserve();
      return waits;
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
    processorMs: () => [...up].reduce((sum, host) => sum + (read(host) ?? host.usedMs), usedBefore),
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
