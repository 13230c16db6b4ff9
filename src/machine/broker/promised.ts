/**
 * What a contract promises, and what follows from it. Fields of its own that a body answers are checked as those of a row are; what
 * was not promised is left out. An operation only reads where it holds nothing else, whatever its method says. Pure.
 */
import { isRefusal, type Json, type OperationContract, type Settings } from '#kernel';
import { inputValues, type PlainValues } from '#store';

/** Undefined where the promise is broken. */
export function promisedValues(
  settings: Settings,
  output: Extract<OperationContract['output'], { readonly fields: unknown }>,
  result: { readonly [name: string]: Json },
): PlainValues | undefined {
  const named = output.fields.filter(({ name }) => Object.hasOwn(result, name)).map(({ name }) => [name, result[name] ?? null] as const);
  const checked = inputValues(settings, output.fields, Object.fromEntries(named) as PlainValues);
  return isRefusal(checked) ? undefined : checked;
}

/** Operations that it calls are held against the caller's rights themselves. */
export const onlyReads = ({ http, capabilities }: OperationContract): boolean =>
  http.method === 'GET' &&
  capabilities.every((held) =>
    held.kind === 'data' ? held.access.every((access) => access === 'read') : held.kind === 'call' || (held.kind === 'fetch' && held.read),
  );
