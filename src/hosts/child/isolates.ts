/**
 * The isolates of a host: one a component, made at its first call, the least used dropped when there are many. Every entry
 * into an isolate is counted and timed, so that a component at work beyond its share of the processor is stopped, and so that
 * the call at work is known when its isolate ends. Promises: each call ends with one message, or `stuck` says why not.
 */
import type ivm from 'isolated-vm';
import { frameOf, type FromHostHead, type ToHostHead } from '#channel';

export interface IsolateTerms {
  /** Milliseconds of processor time that one entry into an isolate may take. */
  readonly cpuMs: number;
  /** How many isolates are kept. */
  readonly most: number;
  readonly currencyDigits: number;
}
type HeadOf<Kind extends string> = ToHostHead & { readonly kind: Kind };
export interface Isolates {
  load(head: HeadOf<'load'>, code: string): void;
  unload(digest: string): void;
  call(head: HeadOf<'call'>, input: string): void;
  answer(head: HeadOf<'answer'>, text: string): void;
  cancel(call: number): void;
}
interface Component {
  readonly code: string;
  readonly memoryMb: number;
  /** Why its code is no code: it is not tried again. */
  broken?: string;
}
type Door = 'start' | 'answer' | 'drop';
interface Part {
  readonly digest: string;
  readonly isolate: ivm.Isolate;
  readonly calls: Set<number>;
  /** The calls on whose behalf the isolate was entered, in order; the first one is at work. */
  readonly entries: number[];
  doors: { readonly [name in Door]: ivm.Reference } | null;
  backlog: { readonly door: Door; readonly call: number; readonly values: readonly (string | number)[] }[];
  /** What ended in the realm and is not told yet. */
  readonly endings: { readonly call: number; readonly frame: string }[];
  /** How many entries were left, processor time so far, both at the last look; what the entry at work has used. */
  left: number;
  seenLeft: number;
  seenCpu: bigint;
  spent: bigint;
  ended: string | null;
  looksSinceEnd: number;
}
const lookMs = 20;
const looksUntilStuck = 8;
const outMembers = ['ask', 'soon', 'ends', 'result', 'refused', 'failed', 'cancelled'];

export function openIsolates(addon: typeof ivm, realmCode: string, terms: IsolateTerms, put: (frame: string) => void): Isolates {
  const components = new Map<string, Component>();
  const parts = new Map<string, Part>();
  const partOf = new Map<number, Part>();
  let looking: NodeJS.Timeout | undefined;
  // Every realm grows from one that is prepared: a third of the memory and of the time of a component would go into that.
  const snapshot = addon.Isolate.createSnapshot([{ code: realmCode }]);
  const say = (head: FromHostHead, payload?: string): void => put(frameOf(head, payload));

  /** Out of a realm. The one function of this process that an isolate can reach, and only through its realm. */
  const send = (kind: string, call: number, ask: number, capability: string, text: string): void => {
    if (!outMembers.includes(kind)) return;
    if (kind === 'ask') return say({ kind: 'ask', call, ask, capability }, text);
    if (kind === 'soon') return say({ kind: 'ask', call, ask, capability, way: 'soon' }, text);
    const part = partOf.get(call);
    if (part === undefined) return;
    part.endings.push({
      call,
      frame: frameOf(kind === 'ends' ? { kind: 'ask', call, ask, capability, way: 'ends' } : { kind, call }, text),
    });
    if (part.entries.length === 0) tellEndings(part);
  };
  /** Ends are told when the isolate was left: code that goes on after its answer is at work for a call that has not ended. */
  const tellEndings = (part: Part, but?: number): void => {
    for (const { call, frame } of part.endings.splice(0)) {
      if (call === but) continue;
      forget(call);
      put(frame);
    }
  };
  const forget = (call: number): void => {
    partOf.get(call)?.calls.delete(call);
    partOf.delete(call);
  };

  function make(digest: string, component: Component): Part {
    while (parts.size >= terms.most && dropLeastUsed());
    const isolate = new addon.Isolate({ memoryLimit: component.memoryMb, snapshot });
    const part: Part = {
      digest,
      isolate,
      calls: new Set(),
      entries: [],
      doors: null,
      backlog: [],
      endings: [],
      left: 0,
      seenLeft: -1,
      seenCpu: 0n,
      spent: 0n,
      ended: null,
      looksSinceEnd: 0,
    };
    parts.set(digest, part);
    prepare(part, component).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause);
      if (cause instanceof SyntaxError) component.broken = `it cannot be loaded: ${message}`;
      say({ kind: 'load-failed', digest }, JSON.stringify({ message }));
      part.backlog = [];
      end(part, undefined, `it cannot be loaded: ${message}`, component.broken === undefined ? undefined : 'load');
    });
    return part;
  }
  async function prepare(part: Part, { code }: Component): Promise<void> {
    const context = await part.isolate.createContext();
    const realm = await context.evalClosure(
      'return openRealm($0, $1, $2);',
      [new addon.Callback(send, { ignored: true }), code, terms.currencyDigits],
      { result: { reference: true } },
    );
    const [start, answer, drop] = await Promise.all(
      (['start', 'answer', 'drop'] as const).map((name) => realm.get(name, { reference: true })),
    );
    if (start === undefined || answer === undefined || drop === undefined) throw new Error('the realm has no doors');
    part.doors = { start, answer, drop };
    say({ kind: 'loaded', digest: part.digest });
    for (const { door, call, values } of part.backlog.splice(0)) enter(part, door, call, values);
  }
  /** False where all are in use. */
  function dropLeastUsed(): boolean {
    for (const part of parts.values()) {
      if (part.calls.size > 0 || part.doors === null) continue;
      parts.delete(part.digest);
      part.isolate.dispose();
      return true;
    }
    return false;
  }

  function enter(part: Part, door: Door, call: number, values: readonly (string | number)[]): void {
    if (part.doors === null) {
      part.backlog.push({ door, call, values });
      return;
    }
    part.entries.push(call);
    looking ??= setInterval(look, lookMs);
    const leave = (cause?: unknown): void => {
      part.entries.shift();
      part.left += 1;
      if (!part.isolate.isDisposed) tellEndings(part);
      else if (part.ended !== null) end(part, call, part.ended, 'processor');
      else if (cause instanceof Error && cause.message.includes('memory'))
        end(part, call, 'it used more memory than a component may', 'memory');
      else end(part, call, 'its isolate ended');
    };
    part.doors[door].apply(undefined, [...values]).then(() => leave(), leave);
  }

  /** The call at work answers for the end of its isolate; the others are to run again elsewhere. */
  function end(part: Part, guilty: number | undefined, why: string, deed?: string): void {
    if (parts.get(part.digest) === part) parts.delete(part.digest);
    tellEndings(part, guilty);
    for (const call of part.calls) {
      partOf.delete(call);
      if (guilty === undefined || call === guilty) say({ kind: 'failed', call }, JSON.stringify({ message: why, deed }));
      else say({ kind: 'lost', call });
    }
    part.calls.clear();
  }

  function look(): void {
    const busy = new Set(partOf.values());
    for (const part of parts.values()) if (part.entries.length > 0) busy.add(part);
    if (busy.size === 0) {
      clearInterval(looking);
      looking = undefined;
    }
    for (const part of busy) lookAt(part);
  }
  function lookAt(part: Part): void {
    const [atWork] = part.entries;
    if (atWork === undefined) return;
    if (part.isolate.isDisposed) {
      part.looksSinceEnd += 1;
      if (part.looksSinceEnd === looksUntilStuck) say({ kind: 'stuck', call: atWork });
      return;
    }
    const cpu = part.isolate.cpuTime;
    part.spent = part.left === part.seenLeft ? part.spent + cpu - part.seenCpu : 0n;
    part.seenLeft = part.left;
    part.seenCpu = cpu;
    if (part.spent < BigInt(terms.cpuMs) * 1_000_000n) return;
    part.ended = `it computed for more than ${terms.cpuMs} ms without a pause`;
    part.isolate.dispose();
  }

  return {
    load: ({ digest, memoryMb, prepare: now }, code) => {
      const component: Component = { code, memoryMb };
      components.set(digest, component);
      if (now && !parts.has(digest)) make(digest, component);
    },
    unload: (digest) => {
      components.delete(digest);
      const part = parts.get(digest);
      if (part === undefined || part.calls.size > 0) return;
      parts.delete(digest);
      part.isolate.dispose();
    },
    call: ({ call, digest, now, seed, capabilityCalls, bytes }, input) => {
      const component = components.get(digest);
      if (component === undefined || component.broken !== undefined)
        return say(
          { kind: 'failed', call },
          JSON.stringify(component === undefined ? { message: 'it was never loaded' } : { message: component.broken, deed: 'load' }),
        );
      const kept = parts.get(digest);
      const part = kept === undefined || kept.isolate.isDisposed ? make(digest, component) : kept;
      parts.delete(digest);
      parts.set(digest, part);
      part.calls.add(call);
      partOf.set(call, part);
      enter(part, 'start', call, [call, now, seed, capabilityCalls, bytes, input]);
    },
    answer: ({ call, ask }, text) => {
      const part = partOf.get(call);
      if (part !== undefined) enter(part, 'answer', call, [call, ask, text]);
    },
    cancel: (call) => {
      const part = partOf.get(call);
      if (part === undefined) say({ kind: 'cancelled', call });
      else enter(part, 'drop', call, [call]);
    },
  };
}
