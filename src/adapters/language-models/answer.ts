/** From what a model wrote to a value that is valid by the schema of the call, or a refusal that tells the model what was wrong with it. */
import type { ValidateFunction } from 'ajv';
import { type Json, type Refusal, refuse } from '#kernel';

/** Braces in prose at which an object may begin: a text made of braces is not looked through for ever. */
const MOST_LOOKS = 50;
const compiled = new WeakMap<object, ValidateFunction>();

export async function answerOf(text: string, schema: Json): Promise<{ readonly value: Json } | Refusal> {
  const found = jsonIn(text);
  if (found === undefined)
    return refuse(
      'malformed',
      text.trim() === '' ? 'The model answered nothing.' : 'The model did not answer with one JSON object.',
      text.slice(0, 200),
    );
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

/** The object of the answer: alone, in a fence, or in prose; thoughts before it are left out. */
export function jsonIn(text: string): Json | undefined {
  const said = text.replace(/^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/, '').trim();
  const whole = parsed(said);
  if (whole !== undefined) return whole;
  for (const [, fenced = ''] of said.matchAll(/```[a-z]*\s*\n([\s\S]*?)\n\s*```/gi)) {
    const value = parsed(fenced.trim());
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
