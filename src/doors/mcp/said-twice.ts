/**
 * A message that says a member twice, two regions of one formula for instance: parsers keep the last and say nothing, while whoever reads
 * the message sees the first. As everywhere at the doors it is refused, with the name.
 */
import { memberTwice } from '#api/client';

/** `value` is what was parsed of `text`. Why it is refused, or undefined. */
export function saidTwice(text: string, value: unknown): string | undefined {
  const name = memberTwice(text, value);
  return name === null
    ? undefined
    : `${JSON.stringify(name.slice(0, 60))} stands twice in one object of the message. Send each member once.`;
}

/** Of a message as far as it is one; null: nobody can be told which it was. */
export function idOf(value: unknown): string | number | null {
  const id = typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }).id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
