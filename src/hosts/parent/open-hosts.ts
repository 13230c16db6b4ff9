/**
 * The hosts as the machine knows them: it hands over code, calls it, and hears a value, a refusal or that the host died. Which
 * process runs what, and when it is killed, stays here. Never: the database, the decision who is guilty.
 */
import { Fault, type Json, refuse, type Refusal } from '#kernel';
import { codeChars, frameOf } from '#channel';
import { type Containment, containments, type Isolation, openUids, surroundings } from './containment.ts';
import { openFilesForHosts } from './files-for-hosts.ts';
import { type HostListeners, type HostProcess, startHost } from './host-process.ts';
import { openPool } from './pool.ts';
import { type HostCall, runCall } from './running-call.ts';

export interface HostsOptions {
  /** Hosts in which calls of all components run side by side. */
  readonly size: number;
  /** Hosts kept for calls that run alone. */
  readonly reserve?: number;
  /** Resident memory at which a host is killed. */
  readonly memoryMb: number;
  /** `own`: where this process is root, each host has a user of its own. */
  readonly user: 'own' | 'same';
  readonly isolation: 'required' | 'preferred';
  /** A folder of ours, made when needed, for copies of files that are closed to other users. */
  readonly reachable: string;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
  /** Digits after the point of the system's currency; for amounts that an operation writes as text. */
  readonly currencyDigits?: number;
  /** Processor milliseconds that a component may compute without a pause. */
  readonly cpuMs?: number;
  /** Megabytes that an isolate may use; the first limit, which some loops pass. */
  readonly isolateMb?: number;
  /** The clock of `now` and `deadline`. */
  readonly clock?: () => number;
}
export interface ComponentCode { readonly key: string; readonly digest: string; readonly code: string }
export interface Hosts {
  /** Makes code callable. Hosts get it at its first call. */
  load(component: ComponentCode): Promise<void>;
  /** Rejects with Fault('host-died') where the host died; then nothing of the call goes on, and it may be tried again, alone. */
  call(call: HostCall): Promise<Json | Refusal>;
  status(): { readonly running: number; readonly isolation: Isolation; readonly notes: readonly string[] };
  /** Process ids of the hosts that are up: for those who test what happens when one dies. */
  pids(): readonly { readonly pid: number; readonly role: 'shared' | 'reserve' }[];
  close(): Promise<void>;
}
const startPatienceMs = 10_000;
const longestCallMs = 60_000;
const isolatesPerHost = 64;

export async function openHosts(options: HostsOptions): Promise<Hosts> {
  const files = openFilesForHosts(options.reachable);
  const clock = options.clock ?? Date.now;
  const isolateMb = options.isolateMb ?? 64;
  const terms = { cpuMs: options.cpuMs ?? 500, most: isolatesPerHost, currencyDigits: options.currencyDigits ?? 2 };
  const uids = openUids();
  const around = surroundings(options.user);
  let way = await strongestWay();

  /** Starts a host by each way in turn, and keeps the first that gets up. */
  async function strongestWay(): Promise<{ readonly number: number; readonly containment: Containment }> {
    const uid = uids.take();
    const failures: string[] = [];
    for (const [number, containment] of containments(around, uid).entries()) {
      if (containment.isolation === 'none' && options.isolation === 'required') {
        throw new Fault('setup', `Hosts need a user of their own or namespaces, and neither is to be had here (policy isolation: required). Start as root, or allow user namespaces, or set the policy to preferred. Tried: ${failures.join('; ')}`);
      }
      try {
        const trial = await startHost(files, containment, terms, { frame: () => {}, gone: () => {} }, startPatienceMs);
        trial.kill('it was a trial');
        uids.free(uid);
        return { number, containment };
      } catch (cause) {
        failures.push(cause instanceof Error ? cause.message : String(cause));
      }
    }
    throw new Fault('setup', `No host can be started here: ${failures.join('; ')}`);
  }
  async function start(listeners: HostListeners): Promise<HostProcess> {
    const uid = uids.take();
    const containment = containments(around, uid)[way.number] ?? way.containment;
    const gone = (why: string): void => {
      uids.free(uid);
      listeners.gone(why);
    };
    try {
      return await startHost(files, containment, terms, { frame: listeners.frame, gone }, startPatienceMs);
    } catch (cause) {
      uids.free(uid);
      throw cause;
    }
  }

  const pool = openPool({ size: options.size, reserve: options.reserve ?? 2, memoryBytes: options.memoryMb * 1_048_576, start, log: options.log });
  const codes = new Map<string, ComponentCode>();
  let numbers = 0;
  let closed = false;

  async function call(asked: HostCall): Promise<Json | Refusal> {
    const component = codes.get(asked.component);
    if (component === undefined) throw new Fault('bug', `The code of ${asked.key} was never handed to the hosts.`);
    const until = performance.now() + Math.min(asked.deadline - clock(), longestCallMs);
    const host = await (asked.alone ? pool.lease(until) : pool.shared(until));
    if (host === undefined || closed) return refuse('busy', `No host was free for ${asked.key} in time; try again.`);
    const { process } = host;
    if (process.dead) throw new Fault('host-died', `The host of ${asked.key} ended before the call began.`);
    const id = (numbers += 1);
    if (!host.loaded.has(component.digest)) {
      host.loaded.add(component.digest);
      process.put(frameOf({ kind: 'load', component: component.key, digest: component.digest, memoryMb: isolateMb }, JSON.stringify(component.code)));
    }
    const { running, ended } = runCall(id, asked, until, process.put);
    host.calls.set(id, running);
    const { capabilityCalls, bytes, wallMs } = asked.caps;
    process.put(frameOf({ kind: 'call', call: id, digest: component.digest, now: asked.now, seed: asked.seed, wallMs, capabilityCalls, bytes }, JSON.stringify(asked.input)));
    try {
      return await ended;
    } finally {
      host.calls.delete(id);
      if (asked.alone) pool.giveBack(host);
    }
  }

  return {
    load: async (component) => {
      if (component.code.length > codeChars) throw new Fault('bug', `The code of ${component.key} has more than ${codeChars} characters.`);
      codes.set(component.digest, component);
    },
    call,
    status: () => ({ running: pool.running, isolation: way.containment.isolation, notes: [...way.containment.notes, ...files.notes, ...(globalThis.process.platform === 'linux' ? [] : ['The memory of hosts is not watched on this system.'])] }),
    pids: () => [...pool.hosts].map((host) => ({ pid: host.process.pid, role: host.role })),
    close: async () => {
      closed = true;
      await pool.close();
    },
  };
}
