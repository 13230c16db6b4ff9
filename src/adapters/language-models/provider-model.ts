/**
 * The model object of the AI SDK for an entry. Always an object: a bare name would go to a gateway of the SDK's makers. Each provider's
 * package is loaded when it is first used, so that a system without models pays nothing.
 */
import type { LanguageModel } from 'ai';
import { asStream } from './as-stream.ts';
import type { ModelEntry } from './configuration.ts';

type ModelObject = Exclude<LanguageModel, string>;

export async function providerModel(entry: ModelEntry, key: string | undefined, fetch: typeof globalThis.fetch): Promise<ModelObject> {
  // A key is always given: without one the packages look into the environment themselves.
  const settings = { apiKey: key ?? '', fetch, ...(entry.url === undefined ? {} : { baseURL: entry.url }) };
  switch (entry.provider) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic(settings)(entry.model);
    case 'openai':
      return (await import('@ai-sdk/openai')).createOpenAI(settings).chat(entry.model);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogleGenerativeAI(settings)(entry.model);
    case 'openai-compatible':
      return (await import('@ai-sdk/openai-compatible'))
        .createOpenAICompatible({
          name: 'theseus',
          baseURL: entry.url ?? '',
          fetch: asStream(fetch),
          // Without it a streamed answer has no usage, and its cost would be unknown.
          includeUsage: true,
          // Without it the schema is sent nowhere.
          supportsStructuredOutputs: entry.structured === 'schema',
          ...(key === undefined ? {} : { apiKey: key }),
        })
        .chatModel(entry.model);
  }
}
