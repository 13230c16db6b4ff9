/**
 * Which language models a system may call: the file `models.json` in its data folder, or a few variables of the environment. Keys are
 * named by variable and never stand in the file. A configuration that cannot be right is refused as a whole, saying what to write.
 */
import { isRefusal, type Refusal, refuse } from '#kernel';
import type { EmbeddingsEntry } from './embeddings-entry.ts';

export const providers = ['anthropic', 'openai', 'google', 'openai-compatible'] as const;
export type Provider = (typeof providers)[number];
export interface ModelEntry {
  readonly name: string;
  readonly provider: Provider;
  readonly model: string;
  readonly url?: string;
  /** The variable that holds the key; the value travels apart from the configuration. */
  readonly key?: { readonly env: string };
  readonly maxOutputTokens: number;
  /** What the provider is told of the answer's form: nothing, that it is JSON, or its schema. It always stands in the instructions as well. */
  readonly structured: 'text' | 'json' | 'schema';
  /** A call with all its tries may take no longer. */
  readonly totalMs: number;
  /** No byte for so long: the provider is taken for dead. */
  readonly stallMs: number;
  /** US dollars for a million tokens, above the price list that ships. */
  readonly price?: Price;
}
export interface Price {
  readonly input: number;
  /** Absent: as other input. */
  readonly cached?: number;
  readonly output: number;
}
export interface ModelsConfiguration {
  readonly models: readonly ModelEntry[];
  /** Of the acceptance examples that a model wrote, the share that whoever writes the code does not see. */
  readonly hiddenShare: number;
  /** Candidates written side by side; the smallest that passes wins. */
  readonly candidates: number;
  /** Absent: what is looked up is found by words alone. */
  readonly embeddings?: EmbeddingsEntry;
}
export interface Variables {
  readonly [name: string]: string | undefined;
}

const defaults = { maxOutputTokens: 16_000, structured: 'text' } as const;
/** A server of one's own may read a prompt for minutes before its first word, and costs nothing meanwhile. */
const patience = {
  hosted: { totalMs: 600_000, stallMs: 120_000 },
  own: { totalMs: 3_600_000, stallMs: 600_000 },
} as const;
export const noModels: ModelsConfiguration = { models: [], hiddenShare: 0.3, candidates: 1 };
const keyNames: { readonly [Name in Provider]?: string } = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
  google: 'GOOGLE_GENERATIVE_AI_API_KEY',
};
/** What a key in the environment alone opens, cheapest of the maker's capable models first; another is named in models.json. */
const usual: { readonly [Name in Provider]?: string } = {
  anthropic: 'claude-sonnet-4-5',
  openai: 'gpt-5-mini',
  google: 'gemini-2.5-flash',
};

/** `file` is the text of models.json, null where there is none. */
export function readModelsConfiguration(file: string | null, variables: Variables): ModelsConfiguration | Refusal {
  return file === null ? fromVariables(variables) : fromFile(file, variables);
}

/** The variables that a configuration names: these alone are handed to the process that calls models. */
export const keysOf = ({ models, embeddings }: ModelsConfiguration, variables: Variables): { readonly [name: string]: string } =>
  Object.fromEntries(
    [...models, ...(embeddings === undefined ? [] : [embeddings])].flatMap(({ key }) => {
      const value = key === undefined ? undefined : variables[key.env];
      return key === undefined || value === undefined ? [] : [[key.env, value]];
    }),
  );

function fromVariables(variables: Variables): ModelsConfiguration | Refusal {
  const entries: unknown[] = [];
  const url = variables['THESEUS_MODEL_URL'];
  const model = variables['THESEUS_MODEL'];
  if (url !== undefined && url !== '') {
    if (model === undefined || model === '')
      return refuse(
        'invalid',
        'THESEUS_MODEL_URL is set and THESEUS_MODEL is not: set it to the name by which that endpoint calls its model.',
      );
    const key = has(variables, 'THESEUS_MODEL_KEY') ? { key: { env: 'THESEUS_MODEL_KEY' } } : {};
    entries.push({ name: 'main', provider: 'openai-compatible', model, url, ...key });
  }
  const makers = providers.filter((provider) => has(variables, keyNames[provider] ?? ''));
  for (const provider of makers) {
    // Without an address the name is that of a model of the one maker whose key is there.
    const named = (url ?? '') === '' && makers.length === 1 && has(variables, 'THESEUS_MODEL') ? model : usual[provider];
    entries.push({ name: provider, provider, model: named });
  }
  const meanings = embeddingsOf(variables);
  return fromDocument({ models: entries, ...(meanings === undefined ? {} : { embeddings: meanings }) }, variables);
}
function embeddingsOf(variables: Variables): object | undefined {
  if (!has(variables, 'THESEUS_EMBEDDINGS_URL')) return undefined;
  const key = has(variables, 'THESEUS_EMBEDDINGS_KEY') ? { key: { env: 'THESEUS_EMBEDDINGS_KEY' } } : {};
  return { model: variables['THESEUS_EMBEDDINGS_MODEL'] ?? '', url: variables['THESEUS_EMBEDDINGS_URL'], ...key };
}
const has = (variables: Variables, name: string): boolean => (variables[name] ?? '') !== '';

function fromFile(file: string, variables: Variables): ModelsConfiguration | Refusal {
  try {
    return fromDocument(JSON.parse(file), variables);
  } catch (cause) {
    if (cause instanceof SyntaxError) return refuse('malformed', 'models.json is no JSON. An example stands in docs/guides/models.md.');
    throw cause;
  }
}

type Members = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const members = ['models', 'hiddenShare', 'candidates', 'embeddings'];
const entryMembers = ['name', 'provider', 'model', 'url', 'key', 'maxOutputTokens', 'structured', 'totalMs', 'stallMs', 'price'];
const embeddingsMembers = ['model', 'url', 'key', 'totalMs', 'price'];

function fromDocument(document: unknown, variables: Variables): ModelsConfiguration | Refusal {
  const no = (why: string): Refusal => refuse('invalid', `models.json: ${why}`);
  if (!isObject(document)) return no('it is one object, { "models": [ ... ] }.');
  const strange = Object.keys(document).find((name) => !members.includes(name));
  if (strange !== undefined) return no(`it has no member ${JSON.stringify(strange)}; its members are ${members.join(', ')}.`);
  const { models = [], hiddenShare = noModels.hiddenShare, candidates = noModels.candidates } = document;
  if (!Array.isArray(models)) return no('models is a list.');
  if (typeof hiddenShare !== 'number' || !(hiddenShare >= 0 && hiddenShare <= 0.9)) return no('hiddenShare is a number from 0 to 0.9.');
  if (!isWhole(candidates, 1, 8)) return no('candidates is a whole number from 1 to 8.');
  const entries: ModelEntry[] = [];
  for (const entry of models) {
    const read = entryOf(entry, variables);
    if (isRefusal(read)) return read;
    if (entries.some(({ name }) => name === read.name)) return no(`two models are called ${JSON.stringify(read.name)}.`);
    entries.push(read);
  }
  if (document['embeddings'] === undefined) return { models: entries, hiddenShare, candidates };
  const embeddings = embeddingsEntryOf(document['embeddings'], variables);
  return isRefusal(embeddings) ? embeddings : { models: entries, hiddenShare, candidates, embeddings };
}

function entryOf(entry: unknown, variables: Variables): ModelEntry | Refusal {
  const name = isObject(entry) && typeof entry['name'] === 'string' ? entry['name'] : 'a model';
  const no = (why: string): Refusal => refuse('invalid', `models.json, ${name}: ${why}`);
  if (!isObject(entry)) return no('each model is an object.');
  const strange = Object.keys(entry).find((member) => !entryMembers.includes(member));
  if (strange !== undefined)
    return no(`it has no member ${JSON.stringify(strange)}; a key is named by variable: "key": { "env": "NAME" }.`);
  if (!/^[\w.-]{1,60}$/.test(name)) return no('name is a short word.');
  const provider = providers.find((known) => known === entry['provider']);
  if (provider === undefined) return no(`provider is one of ${providers.join(', ')}.`);
  const { model, key, price } = entry;
  if (typeof model !== 'string' || model === '') return no('model is missing: the name by which the provider calls it.');
  const limits = numbersOf(entry, provider === 'openai-compatible' ? patience.own : patience.hosted);
  if (limits === undefined) return no('maxOutputTokens is from 256 to 200000, totalMs and stallMs are milliseconds from 1000 to 86400000.');
  const structured = (['text', 'json', 'schema'] as const).find((known) => known === (entry['structured'] ?? defaults.structured));
  if (structured === undefined) return no('structured is one of text, json, schema.');
  const env = keyOf(key, keyNames[provider], variables);
  if (isRefusal(env)) return no(env.why);
  const money = price === undefined ? undefined : priceOf(price);
  if (money === null)
    return no('price is { "input": 3, "cached": 0.3, "output": 15 }: US dollars for a million tokens, cached may be left out.');
  const url = urlOf(entry['url'], provider, env !== undefined);
  if (isRefusal(url)) return no(url.why);
  return {
    name,
    provider,
    model,
    ...limits,
    structured,
    ...(url === undefined ? {} : { url }),
    ...(env === undefined ? {} : { key: { env } }),
    ...(money === undefined ? {} : { price: money }),
  };
}

function embeddingsEntryOf(entry: unknown, variables: Variables): EmbeddingsEntry | Refusal {
  const no = (why: string): Refusal => refuse('invalid', `models.json, embeddings: ${why}`);
  if (!isObject(entry)) return no('it is one object, { "model": "...", "url": "..." }.');
  const strange = Object.keys(entry).find((member) => !embeddingsMembers.includes(member));
  if (strange !== undefined) return no(`it has no member ${JSON.stringify(strange)}; its members are ${embeddingsMembers.join(', ')}.`);
  const { model, totalMs = 10_000, price } = entry;
  if (typeof model !== 'string' || model === '') return no('model is missing: the name by which the provider calls it.');
  if (!isWhole(totalMs, 100, 600_000)) return no('totalMs is milliseconds from 100 to 600000.');
  const env = keyOf(entry['key'], undefined, variables);
  if (isRefusal(env)) return no(env.why);
  const money = price === undefined ? undefined : isObject(price) ? priceOf({ output: 0, ...price }) : null;
  if (money === null || money?.cached !== undefined || (money?.output ?? 0) !== 0)
    return no('price is { "input": 0.02 }: US dollars for a million tokens.');
  const url = urlOf(entry['url'], 'openai-compatible', env !== undefined);
  if (isRefusal(url)) return no(url.why);
  return {
    model,
    url: url ?? '',
    totalMs,
    ...(env === undefined ? {} : { key: { env } }),
    ...(money === undefined ? {} : { price: { input: money.input } }),
  };
}
/** The name of the variable that holds a key. */
function keyOf(key: unknown, usualName: string | undefined, variables: Variables): string | undefined | Refusal {
  const env = key === undefined ? usualName : isObject(key) ? key['env'] : null;
  if (env === undefined) return undefined;
  if (typeof env !== 'string' || !/^[A-Z_][A-Z0-9_]*$/i.test(env))
    return refuse('invalid', '"key": { "env": "NAME" } names the variable that holds the key; the key itself never stands here.');
  return has(variables, env) ? env : refuse('invalid', `the variable ${env}, which holds its key, is not set.`);
}

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

function numbersOf(
  entry: Members,
  usualPatience: { readonly totalMs: number; readonly stallMs: number },
): Pick<ModelEntry, 'maxOutputTokens' | 'totalMs' | 'stallMs'> | undefined {
  const { maxOutputTokens = defaults.maxOutputTokens, totalMs = usualPatience.totalMs, stallMs = usualPatience.stallMs } = entry;
  return isWhole(maxOutputTokens, 256, 200_000) && isWhole(totalMs, 1_000, 86_400_000) && isWhole(stallMs, 1_000, 86_400_000)
    ? { maxOutputTokens, totalMs, stallMs }
    : undefined;
}

function priceOf(given: unknown): Price | null {
  if (!isObject(given) || Object.keys(given).some((name) => !['input', 'cached', 'output'].includes(name))) return null;
  const { input, cached, output } = given;
  const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && Number.isFinite(value);
  if (!isAmount(input) || !isAmount(output) || (cached !== undefined && !isAmount(cached))) return null;
  return { input, output, ...(cached === undefined ? {} : { cached }) };
}

function urlOf(given: unknown, provider: Provider, withKey: boolean): string | undefined | Refusal {
  if (given === undefined)
    return provider === 'openai-compatible' ? refuse('invalid', 'url is missing, such as "http://127.0.0.1:11434/v1".') : undefined;
  if (typeof given !== 'string' || !URL.canParse(given))
    return refuse('invalid', 'url is no address, such as "http://127.0.0.1:11434/v1".');
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('invalid', 'url begins with https:// or http://.');
  if (url.username !== '' || url.password !== '') return refuse('invalid', 'url holds no name and password; a key is named by variable.');
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && withKey && !here)
    return refuse('invalid', 'a key would travel in the open: use https, or an address of this machine.');
  return given.replace(/\/+$/, '');
}
