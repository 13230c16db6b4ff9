/**
 * What a model says of acceptance examples that cannot hold. It may speak of those that it is shown, and of no other: a guess at what is
 * hidden tells it nothing. It weakens nothing by it; what becomes of a dispute is decided elsewhere. Pure.
 */
import type { Json } from '#kernel';
import type { Dispute } from '#ports';
import type { Wrong } from './ask.ts';

export function disputesOf(
  said: readonly { readonly example: string; readonly why: string }[],
  shown: readonly Json[],
): readonly Dispute[] | Wrong {
  const known = shown.flatMap(placeOf);
  const strange = said.filter(({ example }) => !known.some(({ name }) => name === example));
  if (strange.length > 0)
    return {
      wrong: strange.map(
        ({ example }) => `disputes names "${example}", and no acceptance example that is shown is called so: name it word by word.`,
      ),
    };
  return said.flatMap(({ example, why }) =>
    known.filter(({ name }) => name === example).map(({ component, name }) => ({ component, name, why })),
  );
}

function placeOf(shown: Json): readonly { readonly component: string; readonly name: string }[] {
  if (!isObject(shown)) return [];
  const { component, example } = shown;
  const name = isObject(example) ? example['name'] : undefined;
  return typeof component === 'string' && typeof name === 'string' ? [{ component, name }] : [];
}
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
