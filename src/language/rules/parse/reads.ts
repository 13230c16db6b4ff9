/** Whether names are read anywhere in a piece of syntax, those of functions in it included. Members of the same name are not meant. */
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax } from './syntax.ts';

export function readsAny(at: Syntax, names: ReadonlySet<string>): boolean {
  if (names.has(identifierName(at) ?? '')) return true;
  const named =
    at['computed'] === true ? undefined : at.type === 'MemberExpression' ? 'property' : at.type === 'Property' ? 'key' : undefined;
  return Object.entries(at).some(
    ([part, value]) => part !== named && (Array.isArray(value) ? value : [value]).some((one) => isSyntax(one) && readsAny(one, names)),
  );
}
