/**
 * What a contract promises. Fields of its own that a body answers are checked as those of a row are; what
 * was not promised is left out. Pure.
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
  return isRefusal(checked) || (output.whole === true && !answersPlainly(checked)) ? undefined : checked;
}

/** Beside a body that is the whole answer: a status of success, and what a header can hold in one line. */
const answersPlainly = (values: PlainValues): boolean =>
  Object.entries(values).every(([name, value]) =>
    name === 'status'
      ? typeof value === 'number' && value >= 200 && value <= 299
      : name === 'body' || typeof value !== 'string' || /^[\x20-\x7e]{0,4000}$/.test(value),
  );
