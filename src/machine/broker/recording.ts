/**
 * One run of a body as plain data: all that went into it, each ask with its answer, the order in which answers came, and the result.
 * With it the run can be made again, and gives the same asks and the same result byte for byte. Made only where a call says so.
 */
import { type Caps, type Digest, type Json, refuse, type Refusal } from '#kernel';
import type { HostCall, Hosts } from '#hosts';

export interface RecordedAsk {
  readonly capability: string;
  readonly input: Json;
  readonly answer: Json | Refusal;
}
export interface Recording {
  /** `operation/placeOrder`, and the digest of the source that ran. */
  readonly component: string;
  readonly source: string;
  readonly generation: Digest;
  readonly call: string;
  readonly input: { readonly [name: string]: Json };
  /** Milliseconds since 1970, and what its randomness grows from. */
  readonly now: number;
  readonly seed: string;
  readonly caps: Caps;
  /** In the order in which they were asked. */
  readonly asks: readonly RecordedAsk[];
  /** Numbers of asks, from 0, in the order in which their answers came: what runs side by side may hang on it. */
  readonly answered: readonly number[];
  readonly result: Json | Refusal;
}
type Perform = HostCall['perform'];

/** Writes down what passes; `done` is told once, at the end. Values are kept as the texts that cross to the host. */
export function recorder(perform: Perform): {
  readonly perform: Perform;
  readonly asks: () => readonly RecordedAsk[];
  readonly answered: readonly number[];
} {
  const asks: { capability: string; input: Json; answer: Json | Refusal }[] = [];
  const answered: number[] = [];
  return {
    perform: async (capability, input) => {
      const number = asks.push({ capability, input: plain(input), answer: null }) - 1;
      const answer = await perform(capability, input);
      const ask = asks[number];
      if (ask !== undefined) ask.answer = plain(answer as Json) as Json | Refusal;
      answered.push(number);
      return answer;
    },
    asks: () => asks,
    answered,
  };
}
/** As it is after it was JSON. */
const plain = (value: Json): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

export interface Replayed {
  /** Same asks in the same order, same result. */
  readonly same: boolean;
  readonly result: Json | Refusal;
  readonly asks: readonly { readonly capability: string; readonly input: Json }[];
  /** The first ask that is another, from 0; `asks.length` of the recording where there are more; null where none is. */
  readonly differsAt: number | null;
}

/**
 * Runs the body again with the recorded answers, in their recorded order. Reaches no data and nothing outside. `source`: another version
 * of the component, to see where it would have done otherwise.
 */
export async function replay(hosts: Pick<Hosts, 'call'>, recording: Recording, deadline: number, source?: string): Promise<Replayed> {
  const asks: { readonly capability: string; readonly input: Json }[] = [];
  const waiting = new Map<number, () => void>();
  let next = 0;
  let differsAt: number | null = null;
  /** Answers leave in the recorded order, each when its ask has come; all at once where nothing is as it was any more. */
  const release = (): void => {
    for (;;) {
      const number = recording.answered[next];
      const answer = number === undefined ? undefined : waiting.get(number);
      if (number === undefined || answer === undefined) break;
      waiting.delete(number);
      next += 1;
      answer();
    }
    if (differsAt === null) return;
    for (const answer of waiting.values()) answer();
    waiting.clear();
  };
  const result = await hosts.call({
    component: source ?? recording.source,
    key: recording.component,
    alone: false,
    input: recording.input,
    now: recording.now,
    seed: recording.seed,
    caps: recording.caps,
    deadline,
    perform: (capability, input) => {
      const number = asks.push({ capability, input }) - 1;
      const recorded = recording.asks[number];
      if (recorded === undefined || recorded.capability !== capability || !same(recorded.input, input)) differsAt ??= number;
      const { promise, resolve } = Promise.withResolvers<Json | Refusal>();
      const answer =
        differsAt === null && recorded !== undefined
          ? recorded.answer
          : refuse('impossible', 'The recording has no answer to this: another was asked before it.');
      waiting.set(number, () => resolve(answer));
      // Not before whoever asked waits for it: answers that are there at once would else leave in the order of asking.
      queueMicrotask(release);
      return promise;
    },
  });
  if (differsAt === null && asks.length < recording.asks.length) differsAt = asks.length;
  return { same: differsAt === null && same(result as Json, recording.result as Json), result, asks, differsAt };
}
const same = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);
