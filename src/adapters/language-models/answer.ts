/** From what a model wrote to a value that is valid by the schema of the call, or a refusal that tells the model what was wrong with it. */
import type { ValidateFunction } from 'ajv';
import { type Json, type Refusal, refuse } from '#kernel';
import { type Fence, fencesIn } from './fences.ts';

/** Braces in prose at which an object may begin: a text made of braces is not looked through for ever. */
const MOST_LOOKS = 50;
const compiled = new WeakMap<object, ValidateFunction>();

export async function answerOf(text: string, schema: Json): Promise<{ readonly value: Json } | Refusal> {
  const said = text.replace(/^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/, '').trim();
  const { fences, rest } = fencesIn(said);
  const object = jsonIn(rest.trim(), fences) ?? jsonIn(said, []);
  if (object === undefined)
    return refuse(
      'malformed',
      text.trim() === '' ? 'The model answered nothing.' : `The model did not answer with one JSON object.${brokenAt(said)}`,
      text.slice(0, 200),
    );
  const found = withFences(object, fences);
  const validate = await validator(schema);
  if (validate(found)) return { value: found };
  const problems = (validate.errors ?? [])
    .slice(0, 12)
    .map(
      ({ instancePath, message, params }) =>
        `${instancePath === '' ? 'the answer' : instancePath} ${message ?? 'is wrong'}${detail(params)}`,
    );
  return refuse('invalid', `The answer of the model does not have the form that it must have: ${problems.join('; ')}.`, problems);
}

const detail = (params: { readonly [name: string]: unknown }): string => {
  const said = params['additionalProperty'] ?? params['allowedValues'] ?? params['allowedValue'];
  return said === undefined ? '' : ` (${JSON.stringify(said)})`;
};

async function validator(schema: Json): Promise<ValidateFunction> {
  const known = typeof schema === 'object' && schema !== null ? compiled.get(schema) : undefined;
  if (known !== undefined) return known;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const validate = new Ajv2020({ strict: false, allErrors: true, discriminator: true }).compile(schema as object);
  if (typeof schema === 'object' && schema !== null) compiled.set(schema, validate);
  return validate;
}

/** The object of the answer: alone, in a fence, or in prose. */
function jsonIn(said: string, fences: readonly Fence[]): Json | undefined {
  const whole = parsed(said);
  if (whole !== undefined) return whole;
  for (const { text } of fences) {
    const value = parsed(text.trim());
    if (value !== undefined) return value;
  }
  for (let at = said.indexOf('{'), looks = 0; at >= 0 && looks < MOST_LOOKS; at = said.indexOf('{', at + 1), looks++) {
    const end = endOfObject(said, at);
    if (end === undefined) return undefined;
    const value = parsed(said.slice(at, end));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Where the object that it begins with stops being JSON. */
function brokenAt(text: string): string {
  const from = text.indexOf('{');
  if (from < 0) return '';
  const said = text.slice(from).replace(/\n```\s*$/, '');
  try {
    JSON.parse(said);
    return '';
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    const at = Number(/at position (\d+)/.exec(why)?.[1] ?? Number.NaN);
    const near = Number.isNaN(at) ? '' : `, near ${JSON.stringify(said.slice(Math.max(0, at - 40), at + 40))}`;
    return ` It is broken: ${why.slice(0, 160)}${near}.`;
  }
}

/** A file that says nothing but its path has the text of the fence that names it, as it stands there: nothing in it needs an escape. */
function withFences(found: Json, fences: readonly Fence[]): Json {
  if (typeof found !== 'object' || found === null || !('files' in found) || !Array.isArray(found['files'])) return found;
  const named = new Map(fences.map(({ path, text }) => [path, text] as const));
  const files = (found['files'] as readonly Json[]).map((file): Json => {
    if (typeof file !== 'object' || file === null || !('path' in file) || Object.keys(file).length > 1) return file;
    const inside = named.get(String(file['path']));
    return inside === undefined ? file : { path: file['path'] ?? null, text: inside };
  });
  return { ...found, files };
}

function parsed(text: string): Json | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Just after the brace that closes the one at `from`; braces in texts count for nothing. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
