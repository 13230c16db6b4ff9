/**
 * The life of one call in a host: its asks go to `perform`, its end is a value, a refusal, or Fault('host-died'). Promises: it
 * ends once; it ends only when no `perform` is under way any more, so that nothing reaches a transaction that was closed.
 */
import { type Caps, isRefusal, type Json, refuse, refusalCodes, type Refusal, type RefusalCode } from '#kernel';
import { frameOf, parsePayload, payloadChars, sayingChars } from '#channel';
import { type Deed, isDeed } from './deed.ts';
import { HostDied } from './host-died.ts';

export interface HostCall {
  /** The component's name, for messages, and the digest under which its code was loaded. */
  readonly key: string;
  readonly component: string;
  readonly input: Json;
  /** Milliseconds since 1970: what the component sees as now. */
  readonly now: number;
  readonly seed: string;
  readonly caps: Caps;
  /** When the call must have ended, by the same clock as `now`. */
  readonly deadline: number;
  /** Alone in a host of its own: what dies then is guilty. */
  readonly alone: boolean;
  /** It has a strike: it shares the hosts for calls that run alone with others. */
  readonly suspect?: boolean;
  readonly perform: (capability: string, input: Json) => Promise<Json | Refusal>;
}
export interface RunningCall {
  frame(kind: string, head: { readonly [member: string]: unknown }, payload: string): void;
  hostGone(why: string, explained: boolean): void;
  /** Looks at the clock: lets the call go at its deadline, and says when the host does not let it go. */
  look(at: number): 'well' | 'does not let go';
}
type Outcome = { readonly value: Json | Refusal } | { readonly fault: unknown };
/** How a component asks: it waits for the answer; it went on without it; the answer is its result. */
type Way = 'ask' | 'soon' | 'ends';
const graceMs = 250;

export function runCall(
  id: number,
  call: HostCall,
  until: number,
  put: (frame: string) => void,
): { readonly running: RunningCall; readonly ended: Promise<Json | Refusal> } {
  const { key, caps } = call;
  const under = new Set<Promise<void>>();
  const { promise: ended, resolve, reject } = Promise.withResolvers<Json | Refusal>();
  let over = false;
  let asks = 0;
  let asked = 0;
  let letGoAt: number | undefined;
  let broken: { readonly fault: unknown } | undefined;
  let refusedLate: Refusal | undefined;
  /** What the component went on without was refused: that is the outcome, and nothing that was asked behind it is done. */
  let stopped: { readonly value: Refusal } | undefined;
  /** Done when what the component went on without is done. */
  let line: Promise<void> | undefined;
  /** It said which ask is its last. */
  let closed = false;
  /** Nothing that still waits for its turn is done. Not so where the component itself said no: what it asked before may have been refused first. */
  let lost = false;

  const end = (outcome: Outcome): void => {
    if (over) return;
    over = true;
    void Promise.all(under).then(() => {
      const last = broken ?? stopped ?? outcome;
      if ('fault' in last) return reject(last.fault);
      // An ask that was not awaited may be refused after the component has answered.
      resolve(refusedLate !== undefined && !isRefusal(last.value) ? refusedLate : last.value);
    });
  };
  const failed = (what: string, deed?: Deed, place?: { readonly line: number; readonly column: number }): void =>
    end({
      value: refuse('component-failed', `${key} failed${place === undefined ? '' : ` at line ${place.line}`}: ${what}`, {
        component: key,
        message: what,
        ...place,
        ...(deed === undefined ? {} : { deed }),
      }),
    });
  const died = (why: string, explained: boolean): void => {
    lost = true;
    end({ fault: new HostDied(key, why, explained) });
  };

  function ask(number: number, capability: string, payload: string, way: Way): void {
    asks += 1;
    asked += payload.length;
    if (asked > caps.bytes) return failed(`it sent more than ${caps.bytes} characters`, 'flood');
    if (asks > caps.capabilityCalls + 1) return failed(`it asked more than ${caps.capabilityCalls} times`, 'flood');
    closed = way === 'ends';
    const input = parsePayload(payload, caps.bytes);
    const go = (): Promise<Outcome> =>
      input.ok
        ? performed(capability, input.value)
        : Promise.resolve({
            value: refuse('too-large', `${capability} was asked with a value that is not taken: ${input.why}.`),
          });
    const work: Promise<void> = (line === undefined ? go() : inTurn(line, go)).then((outcome) => {
      under.delete(work);
      if (line === work) line = undefined;
      if (outcome !== undefined) settle(number, capability, way, outcome);
    });
    under.add(work);
    if (way === 'soon') line = work;
  }
  const inTurn = async (before: Promise<void>, go: () => Promise<Outcome>): Promise<Outcome | undefined> => {
    await before;
    return lost ? undefined : go();
  };
  function settle(number: number, capability: string, way: Way, outcome: Outcome): void {
    if ('fault' in outcome) {
      broken ??= outcome;
      lost = true;
      letGo();
      return end(outcome);
    }
    const { value } = outcome;
    if (way === 'ends') return isRefusal(value) ? end({ value }) : result(JSON.stringify(value));
    if (way === 'ask' && !over) return answer(number, value);
    if (!isRefusal(value) || capability === 'log') return;
    if (way === 'ask') refusedLate ??= value;
    else {
      stopped ??= { value };
      lost = true;
      if (!over) letGo();
      end(stopped);
    }
  }
  const letGo = (): void => put(frameOf({ kind: 'cancel', call: id }));
  const performed = async (capability: string, input: Json): Promise<Outcome> => {
    try {
      return { value: await call.perform(capability, input) };
    } catch (fault) {
      return { fault };
    }
  };
  function answer(number: number, value: Json | Refusal): void {
    const text = isRefusal(value)
      ? JSON.stringify({ refusal: { code: value.code, why: value.why, evidence: value.evidence } })
      : JSON.stringify({ value });
    if (text.length > payloadChars) return answer(number, refuse('too-large', 'The answer is too large for a component; ask for less.'));
    put(frameOf({ kind: 'answer', call: id, ask: number }, text));
  }

  function result(payload: string): void {
    const value = parsePayload(payload, caps.bytes);
    if (!value.ok) return failed(`its result is not taken: ${value.why}`, 'contract');
    return isRefusal(value.value)
      ? failed('its result has the form of a refusal; write refuse(code, why)', 'contract')
      : end({ value: value.value });
  }

  const running: RunningCall = {
    frame: (kind, head, payload) => {
      switch (kind) {
        case 'ask': {
          const { ask: number, capability, way } = head;
          if (over || closed) return;
          return ask(Number(number), String(capability).slice(0, 200), payload, way === 'soon' || way === 'ends' ? way : 'ask');
        }
        case 'result':
          return result(payload);
        case 'refused':
          return end({ value: refusalOf(key, payload, caps.bytes) });
        case 'failed': {
          const said = objectIn(payload);
          const { line, column, deed } = said;
          return failed(
            textIn(said, 'message'),
            isDeed(deed) ? deed : undefined,
            typeof line === 'number' && typeof column === 'number' ? { line, column } : undefined,
          );
        }
        case 'lost':
          return died('another call of the same component was stopped', false);
        case 'cancelled':
          lost = true;
          return under.size > 0
            ? end({ value: refuse('deadline', `${key} did not end in time; nothing was changed.`) })
            : failed('it did not end in time and waited for nothing');
      }
    },
    hostGone: died,
    look: (at) => {
      if (at < until || over) return 'well';
      if (letGoAt === undefined) {
        letGoAt = at + graceMs;
        letGo();
      }
      return at < letGoAt ? 'well' : 'does not let go';
    },
  };
  return { running, ended };
}

/** What a component refused. A code that is none of ours makes it a failure of the component. */
function refusalOf(key: string, payload: string, bytes: number): Refusal {
  const said = objectIn(payload.length > bytes + 2 * sayingChars ? '{}' : payload);
  const [code, why] = [textIn(said, 'code'), textIn(said, 'why')];
  if (!Object.hasOwn(refusalCodes, code))
    return refuse('component-failed', `${key} refused with the unknown code ${code.slice(0, 60)}: ${why}`, {
      component: key,
      deed: 'contract',
    });
  // What is busy is ours to say: whoever hears it comes again for nothing.
  return refuse(code === 'busy' ? 'unavailable' : (code as RefusalCode), why, said['evidence']);
}
function objectIn(payload: string): { readonly [member: string]: Json } {
  const parsed = parsePayload(payload, payloadChars);
  return parsed.ok && typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value)
    ? (parsed.value as { readonly [member: string]: Json })
    : {};
}
const textIn = (said: { readonly [member: string]: Json }, member: string): string => {
  const text = said[member];
  return typeof text === 'string' ? text.slice(0, sayingChars) : '';
};
