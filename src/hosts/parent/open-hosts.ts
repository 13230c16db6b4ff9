/**
 * The hosts as the machine knows them: it hands over code, calls it, and hears a value, a refusal or that the host died. Which
 * process runs what, and when it is killed, stays here. Never: the database, the decision who is guilty.
 */
import { Fault, type Json, refuse, type Refusal } from '#kernel';
import { codeChars, frameOf } from '#channel';
import { type Containment, containments, type Isolation, openUids, surroundings } from './containment.ts';
import { type ContainmentFact, containmentFacts } from './containment-facts.ts';
import { openFilesForHosts } from './files-for-hosts.ts';
import { HostDied } from './host-died.ts';
import { type HostListeners, type HostProcess, startHost } from './host-process.ts';
import { type MemoryGroup, openMemoryGroups } from './memory-group.ts';
import { openPool, type PooledHost, type Role } from './pool.ts';
import { type HostCall, runCall } from './running-call.ts';
import { strongestWay } from './strongest-way.ts';

export interface HostsOptions {
  /** Hosts in which calls of all components run side by side. */
  readonly size: number;
  /** At most so many hosts for calls that run alone; one of them is kept up. */
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
  /** Isolates that a host keeps; the least used make room. */
  readonly isolates?: number;
  /** Megabytes that an isolate may use; the first limit, which some loops pass. */
  readonly isolateMb?: number;
  /** The clock of `now` and `deadline`. */
  readonly clock?: () => number;
  /** Run in the process of each host behind its own program, outside its isolates: what a host that was broken could do. For attacks. */
  readonly behind?: string;
}
export interface ComponentCode {
  readonly key: string;
  readonly digest: string;
  readonly code: string;
}
export interface Hosts {
  /** Makes code callable. A few new components are made ready in the hosts at once; else each is at its first call. */
  load(component: ComponentCode): Promise<void>;
  /** Rejects with `HostDied` where the host died; then nothing of the call goes on, and it may be tried again, alone. */
  call(call: HostCall): Promise<Json | Refusal>;
  status(): {
    readonly running: number;
    readonly isolation: Isolation;
    readonly notes: readonly string[];
    /** What holds here and what does not; read of a host that is up. */
    readonly containment: readonly ContainmentFact[];
  };
  /** Processor milliseconds of all hosts since they are open, those that ended included; 0 where the system does not tell. */
  processorMs(): number;
  /** Process ids of the hosts that are up: for those who test what happens when one dies. */
  pids(): readonly { readonly pid: number; readonly role: Role }[];
  close(): Promise<void>;
}
const startPatienceMs = 10_000;
const longestCallMs = 60_000;
const [isolatesPerHost, codesPerHost] = [64, 1_000];
const [newWindowMs, mostPrepared] = [1_000, 8];

interface Started {
  readonly process: HostProcess;
  listeners: HostListeners;
}

export async function openHosts(options: HostsOptions): Promise<Hosts> {
  const files = openFilesForHosts(options.reachable);
  const clock = options.clock ?? Date.now;
  const isolateMb = options.isolateMb ?? 64;
  const terms = { cpuMs: options.cpuMs ?? 500, most: options.isolates ?? isolatesPerHost, currencyDigits: options.currencyDigits ?? 2 };
  const groups = openMemoryGroups(options.memoryMb * 1_048_576);
  const uids = openUids();
  const around = surroundings(options.user);
  const uid = uids.take();
  const way = await strongestWay(containments(around, uid), options.isolation, (containment) => startBy(containment, uid));
  let first: Started | undefined = way.started;

  async function start(listeners: HostListeners): Promise<HostProcess> {
    const kept = first;
    first = undefined;
    const started = kept ?? (await startAgain(uids.take()));
    started.listeners = listeners;
    if (started.process.dead) throw new Error('a host ended before it was used');
    return started.process;
  }
  const startAgain = (uid: number): Promise<Started> => startBy(containments(around, uid)[way.number] ?? way.containment, uid);
  async function startBy(containment: Containment, uid: number): Promise<Started> {
    const heard: { listeners: HostListeners } = { listeners: { frame: () => {}, gone: () => {} } };
    let group: MemoryGroup | null = null;
    const gone: HostListeners['gone'] = (why, explained, said) => {
      uids.free(uid);
      const overran = group?.overran() === true;
      group?.close();
      heard.listeners.gone(overran ? 'it used more memory than the operating system lets it' : why, explained || overran, said);
    };
    try {
      const process = await startHost(
        files,
        containment,
        { ...terms, behind: options.behind ?? '' },
        { frame: (head, payload) => heard.listeners.frame(head, payload), gone },
        startPatienceMs,
      );
      group = groups.put(process.pid);
      return Object.assign(heard, { process });
    } catch (cause) {
      uids.free(uid);
      throw cause;
    }
  }

  const pool = openPool({
    size: options.size,
    reserve: options.reserve ?? 3,
    memoryBytes: options.memoryMb * 1_048_576,
    start,
    log: options.log,
  });
  const codes = new Map<string, ComponentCode>();
  let numbers = 0;
  let [newSince, news] = [0, 0];
  let closed = false;

  function handOver({ loaded, process }: PooledHost, { key, digest, code }: ComponentCode, prepare: boolean): void {
    if (loaded.has(digest)) return;
    const [oldest] = loaded;
    if (oldest !== undefined && loaded.size >= codesPerHost) {
      loaded.delete(oldest);
      process.put(frameOf({ kind: 'unload', digest: oldest }));
    }
    loaded.add(digest);
    process.put(frameOf({ kind: 'load', component: key, digest, memoryMb: isolateMb, prepare }, JSON.stringify(code)));
  }
  function load(component: ComponentCode): void {
    if (codes.has(component.digest)) return;
    codes.set(component.digest, component);
    // Few new components at once are a change: they are made ready. Many are a whole system: each waits for its first call.
    const at = performance.now();
    if (at - newSince > newWindowMs) [newSince, news] = [at, 0];
    news += 1;
    if (news <= mostPrepared) for (const host of pool.hosts) if (host.role === 'shared') handOver(host, component, true);
  }

  async function call(asked: HostCall): Promise<Json | Refusal> {
    const component = codes.get(asked.component);
    if (component === undefined) throw new Fault('bug', `The code of ${asked.key} was never handed to the hosts.`);
    const left = Math.min(asked.deadline - clock(), longestCallMs);
    if (left <= 0) return refuse('deadline', `There was no time left for ${asked.key}; nothing was changed.`);
    const until = performance.now() + left;
    const host = await (asked.alone ? pool.lease(until, asked.suspect === true ? asked.key : null) : pool.shared(until));
    if (host === undefined || closed) return refuse('busy', `No host was free for ${asked.key} in time; try again.`);
    const { process } = host;
    if (process.dead) throw new HostDied(asked.key, 'it ended before the call began', false);
    const id = (numbers += 1);
    handOver(host, component, false);
    const { running, ended } = runCall(id, asked, until, process.put);
    host.calls.set(id, running);
    const { capabilityCalls, bytes, wallMs } = asked.caps;
    process.put(
      frameOf(
        { kind: 'call', call: id, digest: component.digest, now: asked.now, seed: asked.seed, wallMs, capabilityCalls, bytes },
        JSON.stringify(asked.input),
      ),
    );
    try {
      return await ended;
    } finally {
      host.calls.delete(id);
      if (asked.alone) pool.giveBack(host);
    }
  }

  /** Of the first host that is up; they are all started in the same way. */
  let facts: readonly ContainmentFact[] | undefined;
  const containment = (): readonly ContainmentFact[] => {
    const [host] = pool.hosts;
    if (facts !== undefined || host === undefined) return facts ?? [];
    facts = containmentFacts(host.process.pid, way.containment.isolation, groups.lacking);
    return facts;
  };

  return {
    processorMs: pool.processorMs,
    load: async (component) => {
      if (component.code.length > codeChars) throw new Fault('bug', `The code of ${component.key} has more than ${codeChars} characters.`);
      load(component);
    },
    call,
    status: () => ({
      running: pool.running,
      isolation: way.containment.isolation,
      containment: containment(),
      notes: [
        ...way.containment.notes,
        ...files.notes,
        ...(globalThis.process.platform === 'linux' ? [] : ['The memory of hosts is not watched on this system.']),
      ],
    }),
    pids: () => [...pool.hosts].map((host) => ({ pid: host.process.pid, role: host.role })),
    close: async () => {
      closed = true;
      await pool.close();
      groups.close();
    },
  };
}
