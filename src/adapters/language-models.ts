/**
 * Language models at their providers (port LanguageModel), on the AI SDK. Promises: each try has its own reservation, made before and
 * settled after, whatever became of it; an answer is finished, whole and valid by the schema of the call; tries are few and keep to what
 * the provider asks for; no key in a prompt, an error or a log. Never: the SDK's retries, a model as a bare name, a tool.
 */
import type { Tokens } from '#change';
import { changeId, isRefusal, type Refusal, refuse } from '#kernel';
import type { LanguageModel, ModelAnswer, ModelCall, Spending } from '#ports';
import { answerOf } from './language-models/answer.ts';
import { keysOf, type ModelEntry, type ModelsConfiguration, type Variables } from './language-models/configuration.ts';
import { oneTry } from './language-models/one-try.ts';
import { type Redact, redactor } from './language-models/redact.ts';

export {
  keysOf,
  type ModelEntry,
  type ModelsConfiguration,
  noModels,
  type Provider,
  readModelsConfiguration,
  type Variables,
} from './language-models/configuration.ts';
export { type Redact, redactor } from './language-models/redact.ts';

const TRIES = 3;
/** A provider that wants to be left alone for longer is given up for now. */
const LONGEST_PAUSE_MS = 30_000;
const nothing: Tokens = { input: 0, cached: 0, output: 0, reasoning: 0 };

export interface Time {
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}
const realTime: Time = {
  now: () => performance.now(),
  pause: (ms, signal) =>
    new Promise((done) => {
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
    }),
};

/** `environment` holds the values of the variables that the configuration names as keys, and nothing else that is secret need be there. */
export function openModels(
  configuration: ModelsConfiguration,
  environment: Variables,
  spending: Spending,
  time: Time = realTime,
): readonly LanguageModel[] {
  const redact = redactor(Object.values(keysOf(configuration, environment)));
  return configuration.models.map((entry) => {
    const key = entry.key === undefined ? undefined : environment[entry.key.env];
    return {
      name: entry.name,
      provider: entry.provider,
      model: entry.model,
      call: (call) =>
        bounded(
          entry,
          key,
          { ...call, maxOutputTokens: Math.min(call.maxOutputTokens, entry.maxOutputTokens) },
          { spending, redact, time },
        ),
    };
  });
}

interface Parts {
  readonly spending: Spending;
  readonly redact: Redact;
  readonly time: Time;
}

async function bounded(entry: ModelEntry, key: string | undefined, call: ModelCall, parts: Parts): Promise<ModelAnswer | Refusal> {
  const { spending, redact, time } = parts;
  const until = time.now() + entry.totalMs;
  for (let attempt = 1; ; attempt++) {
    if (call.signal.aborted) return refuse('unavailable', 'The call was stopped.');
    const tokens = { input: inputAtMost(call), cached: 0, output: call.maxOutputTokens, reasoning: 0 };
    const reservation = await spending.reserve({
      change: changeId(call.change),
      phase: call.phase,
      name: entry.name,
      provider: entry.provider,
      model: entry.model,
      tokens,
    });
    if (isRefusal(reservation)) return reservation;
    const began = time.now();
    let used: Tokens | null = null;
    let tried: Awaited<ReturnType<typeof oneTry>>;
    try {
      tried = await oneTry(entry, key, call, Math.max(1, until - began), redact);
      used = 'no' in tried && tried.no.free ? nothing : tried.tokens;
    } finally {
      await spending.settle(reservation, used, time.now() - began);
    }
    if ('text' in tried) {
      const answer = await answerOf(tried.text, call.schema);
      return isRefusal(answer) ? answer : { value: answer.value, tokens: tried.tokens };
    }
    const { refusal, again, afterMs } = tried.no;
    const pause = afterMs ?? 1_000 * 3 ** (attempt - 1);
    if (!again || attempt >= TRIES) return refusal;
    if (pause > LONGEST_PAUSE_MS || time.now() + pause >= until)
      return { ...refusal, why: `${refusal.why} It may be asked again in ${Math.ceil(pause / 1_000)} s, which is too long to wait for.` };
    await time.pause(pause, call.signal);
  }
}

/** No tokenizer of a provider makes more than one token of two bytes of text, on average over a prompt; 16 for what stands around each message. */
const inputAtMost = ({ instructions, messages }: ModelCall): number =>
  Math.ceil([instructions, ...messages.map(({ text }) => text)].reduce((sum, text) => sum + Buffer.byteLength(text) / 2 + 16, 64));
