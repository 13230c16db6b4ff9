/**
 * One try at a provider, streamed. Success is told by the finish reason alone: a stream that stalls or is cut ends as quietly as one that
 * is whole. The SDK's own retries, tools and telemetry are off.
 */
import type { ModelCall } from '#ports';
import type { Tokens } from '#change';
import { refuse } from '#kernel';
import type { ModelEntry } from './configuration.ts';
import { providerModel } from './provider-model.ts';
import type { Redact } from './redact.ts';
import { type No, placeOf, told } from './told.ts';
import { type Watch, watchedFetch } from './watched-fetch.ts';

export type Tried = ({ readonly text: string } | { readonly no: No }) & { readonly tokens: Tokens | null };

/** Bytes of an answer as it comes over the wire, which repeats much around each token. */
const bytesOf = (outputTokens: number): number => 200_000 + outputTokens * 2_000;

export async function oneTry(entry: ModelEntry, key: string | undefined, call: ModelCall, leftMs: number, redact: Redact): Promise<Tried> {
  const { maxOutputTokens } = call;
  const watch = watchedFetch({
    totalMs: leftMs,
    stallMs: Math.min(entry.stallMs, leftMs),
    bytes: bytesOf(maxOutputTokens),
    signal: call.signal,
  });
  try {
    return await streamed(entry, key, call, watch, redact);
  } finally {
    watch.close();
  }
}

async function streamed(entry: ModelEntry, key: string | undefined, call: ModelCall, watch: Watch, redact: Redact): Promise<Tried> {
  let text = '';
  let finish: string | undefined;
  let tokens: Tokens | null = null;
  let failed: unknown;
  const failure = (cause: unknown): Tried => ({
    no: told(entry, { cause, answered: watch.answered(), stopped: watch.stopped() }, redact),
    tokens,
  });
  const { jsonSchema, Output, streamText } = await import('ai');
  Reflect.set(globalThis, 'AI_SDK_LOG_WARNINGS', false);
  const model = await providerModel(entry, key, watch.fetch);
  const stopped = new Promise<void>((done) => watch.signal.addEventListener('abort', () => done(), { once: true }));
  if (watch.signal.aborted) return failure(undefined);
  const reading = (async (): Promise<void> => {
    const result = streamText({
      model,
      instructions: redact(call.instructions),
      messages: call.messages.map(({ role, text: content }) => ({ role, content: redact(content) })),
      maxOutputTokens: call.maxOutputTokens,
      maxRetries: 0,
      streamRetries: 0,
      abortSignal: watch.signal,
      telemetry: { isEnabled: false },
      onError: () => {},
      // Loose: our own check of the schema decides, and its words go back to the model.
      ...(entry.structured === 'text'
        ? {}
        : { output: entry.structured === 'json' ? Output.json() : Output.object({ schema: jsonSchema(call.schema as object) }) }),
      providerOptions: { openai: { strictJsonSchema: false }, theseus: { strictJsonSchema: false } },
    });
    for await (const part of result.stream) {
      if (part.type === 'text-delta') text += part.text;
      else if (part.type === 'error') failed ??= part.error ?? new Error('the provider told of an error');
      else if (part.type === 'finish-step' || part.type === 'finish') {
        finish = part.finishReason;
        tokens = tokensOf(part.type === 'finish' ? part.totalUsage : part.usage) ?? tokens;
      }
    }
  })();
  reading.catch(() => undefined);
  try {
    await Promise.race([reading, stopped]);
  } catch (cause) {
    failed ??= cause;
  }
  if (watch.stopped() !== undefined || failed !== undefined) return failure(failed);
  if (finish === 'stop' || finish === 'tool-calls') return { text, tokens };
  const no = (refusal: No['refusal']): Tried => ({ no: { refusal, again: false, free: false }, tokens });
  const where = `The model ${entry.name} at ${placeOf(entry)}`;
  if (finish === 'length')
    return no(
      refuse(
        'too-large',
        `${where} was cut off after ${call.maxOutputTokens} tokens: answer shorter, or in parts where the form allows it. (A person may ask for less at once, or raise maxOutputTokens in models.json.)`,
      ),
    );
  if (finish === 'content-filter') return no(refuse('impossible', `${where} refused to answer (content filter).`));
  return no(refuse('unavailable', `${where} ended without a whole answer (${finish ?? 'no end'}).`));
}

interface Usage {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly inputTokenDetails?: { readonly cacheReadTokens?: number | undefined };
  readonly outputTokenDetails?: { readonly reasoningTokens?: number | undefined };
}
/** Null where the provider gave none: then it is not known, and never nothing. */
function tokensOf(usage: Usage): Tokens | null {
  const whole = (value: number | undefined): number | null =>
    value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null;
  const [input, output] = [whole(usage.inputTokens), whole(usage.outputTokens)];
  if (input === null || output === null) return null;
  return {
    input,
    output,
    cached: Math.min(input, whole(usage.inputTokenDetails?.cacheReadTokens) ?? 0),
    reasoning: Math.min(output, whole(usage.outputTokenDetails?.reasoningTokens) ?? 0),
  };
}
