/**
 * The inside of an isolate: what a component sees, and the only way out of it. One realm serves one component; each call
 * evaluates the component's text anew, so that its variables are new. Runs before any component code; nothing of it can be
 * reached by name. Promises: one call ends once, and after its end none of its asks leaves the isolate.
 */
import type { SaidRefusal } from '#channel';
import { hardenThis } from './harden.ts';
import { seededRandom } from './random.ts';
import { failureOf, openRefusals } from './refusals.ts';
import { sdkFunctions } from './sdk.ts';

/** Out of the isolate: what is meant, the call, the ask, the capability, a JSON text. */
export type Send = (
  kind: 'ask' | 'soon' | 'ends' | 'result' | 'refused' | 'failed' | 'cancelled',
  call: number,
  ask: number,
  capability: string,
  text: string,
) => void;
export interface CallTerms {
  readonly now: number;
  readonly seed: string;
  readonly capabilityCalls: number;
  readonly bytes: number;
}
export interface RealmDoor {
  start(call: number, now: number, seed: string, capabilityCalls: number, bytes: number, text: string): void;
  answer(call: number, ask: number, text: string): void;
  drop(call: number): void;
}
/** Whether the code waits for the answer, goes on at once, or has nothing more to do. */
type Way = 'ask' | 'soon' | 'ends';
interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}
interface RunningCall {
  readonly terms: CallTerms;
  readonly waiting: Map<number, Waiting>;
  asks: number;
  asked: number;
}

// Taken before a realm loses the names.
const MakeFunction = Function;
const Facade = Proxy;

export function openRealm(send: Send, code: string, currencyDigits: number): RealmDoor {
  const calls = new Map<number, RunningCall>();
  const refusals = openRefusals();
  const opening = '"use strict";{';
  const refuse = (reason: unknown, why: unknown, evidence?: unknown): never => {
    throw refusals.thrown({ code: reason, why, evidence });
  };
  const sdk = sdkFunctions(currencyDigits, refuse);
  const names = Object.keys(sdk);
  const values = Object.values(sdk);
  // The constructor accepts only a whole function body, so no text can end the function and run outside it.
  const evaluate = new MakeFunction('globalThis', 'today', 'soon', 'ends', ...names, `${opening}${code}\n}\n//# sourceURL=component`) as (
    globals: object,
    today: () => unknown,
    soon: object,
    ends: object,
    ...functions: readonly unknown[]
  ) => void;
  const offset = { lines: 2, columns: opening.length };
  hardenThis(values);

  const ask = (id: number, call: RunningCall, capability: string, input: unknown, way: Way = 'ask'): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(input) ?? 'null';
      if (!calls.has(id)) return;
      call.asks += 1;
      if (call.asks > call.terms.capabilityCalls)
        return reject(refusals.thrown({ code: 'too-large', why: `More than ${call.terms.capabilityCalls} capability calls in one call.` }));
      call.asked += text.length;
      if (call.asked > call.terms.bytes)
        return reject(
          refusals.thrown({
            code: 'too-large',
            why: `More than ${call.terms.bytes} characters were sent in the capability calls of one call.`,
          }),
        );
      if (way === 'ask') call.waiting.set(call.asks, { resolve, reject });
      if (way === 'ends') calls.delete(id);
      send(way, id, call.asks, capability, text);
      if (way === 'soon') resolve(undefined);
    });

  /** The rows of a call; all of them the same to its code, but that it waits for some. */
  const rowsOf = (id: number, call: RunningCall, way: Way): object => {
    const verbs = new Map<string, object>();
    const entity = (name: string): object =>
      Object.freeze({
        get: (row: unknown) => ask(id, call, `${name}.get`, row, way),
        list: (query: unknown) => ask(id, call, `${name}.list`, query ?? {}, way),
        count: (query: unknown) => ask(id, call, `${name}.count`, query ?? {}, way),
        all: (query: unknown) => ask(id, call, `${name}.all`, query ?? {}, way),
        create: (row: unknown) => ask(id, call, `${name}.create`, row, way),
        update: (row: unknown, patch: unknown) => ask(id, call, `${name}.update`, { id: row, patch }, way),
        delete: (row: unknown) => ask(id, call, `${name}.delete`, row, way),
      });
    return new Facade(Object.freeze({}), {
      get: (_, name) => {
        if (typeof name !== 'string' || name === 'then' || !/^[a-z][A-Za-z0-9]{0,99}$/.test(name)) return undefined;
        const known = verbs.get(name) ?? entity(name);
        verbs.set(name, known);
        return known;
      },
    });
  };
  const given = (id: number, call: RunningCall, input: object): object => ({
    ...input,
    data: rowsOf(id, call, 'ask'),
    now: call.terms.now,
    random: seededRandom(call.terms.seed),
    emit: (type: unknown, event: unknown) => ask(id, call, `emit.${String(type).slice(0, 100)}`, event),
    call: (operation: unknown, given: unknown) => ask(id, call, `call/${String(operation).slice(0, 100)}`, given ?? {}),
    identity: Object.freeze({
      check: (login: unknown, secret: unknown) => ask(id, call, 'identity.check', { login, secret }),
      issueToken: (row: unknown) => ask(id, call, 'identity.issueToken', row),
      endTokens: (row: unknown) => ask(id, call, 'identity.endTokens', row),
    }),
    fetch: (url: unknown, request: unknown) => ask(id, call, 'fetch', { url, request: request ?? {} }),
    log: (message: unknown) => void ask(id, call, 'log', message).catch(() => {}),
  });

  const end = (id: number, kind: 'result' | 'refused' | 'failed', text: string): void => {
    if (calls.delete(id)) send(kind, id, 0, '', text);
  };
  const failed = (id: number, thrown: unknown): void => {
    if (!calls.has(id)) return;
    const refusal = refusals.refusalIn(thrown);
    if (refusal !== undefined) end(id, 'refused', refusalText(refusal, calls.get(id)?.terms.bytes ?? 0));
    else end(id, 'failed', JSON.stringify(failureOf(thrown, offset)));
  };
  const done = (id: number, call: RunningCall, value: unknown): void => {
    const text = JSON.stringify(value) ?? 'null';
    if (text.length > call.terms.bytes) throw new RangeError(`the result has more than ${call.terms.bytes} characters`);
    end(id, 'result', text);
  };

  return {
    start: (id, now, seed, capabilityCalls, bytes, text) => {
      const call: RunningCall = { terms: { now, seed, capabilityCalls, bytes }, waiting: new Map(), asks: 0, asked: 0 };
      calls.set(id, call);
      const run = async (): Promise<void> => {
        const input = JSON.parse(text) as { readonly today?: unknown };
        const globals: { component?: { readonly run?: unknown } } = {};
        evaluate(globals, () => input.today, rowsOf(id, call, 'soon'), rowsOf(id, call, 'ends'), ...values);
        const body = globals.component?.run;
        if (typeof body !== 'function') throw new TypeError('the component defines no run');
        done(id, call, await body.call(undefined, given(id, call, input)));
      };
      run().catch((thrown: unknown) => failed(id, thrown));
    },
    answer: (id, ask, text) => {
      const call = calls.get(id);
      const waiting = call?.waiting.get(ask);
      if (call === undefined || waiting === undefined) return;
      call.waiting.delete(ask);
      const answer = JSON.parse(text) as { readonly value?: unknown; readonly refusal?: SaidRefusal };
      if (answer.refusal === undefined) waiting.resolve(answer.value ?? null);
      else waiting.reject(refusals.thrown(answer.refusal));
    },
    drop: (id) => {
      calls.delete(id);
      send('cancelled', id, 0, '', 'null');
    },
  };
}

/** Evidence that breaks the cap is left out; code and reason stay. */
function refusalText({ code, why, evidence }: SaidRefusal, most: number): string {
  const text = JSON.stringify({ code, why, evidence });
  return text.length > most ? JSON.stringify({ code, why }) : text;
}
