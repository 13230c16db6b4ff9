/**
 * A path that names a row by an id that no row can have leads nowhere, as one with the id of a row that is gone: not found, and never a value
 * that is not allowed. The same for callers and for examples.
 */
import { type OperationContract, refuse, type Refusal } from '#kernel';

/** `messages`: what is wrong with the inputs, by name. */
export function nowhere({ http, input }: OperationContract, messages: { readonly [name: string]: string }): Refusal | undefined {
  const row = input.find(({ name, type }) => type.kind === 'reference' && Object.hasOwn(messages, name) && http.path.includes(`{${name}}`));
  return row === undefined ? undefined : refuse('not-found', `There is nothing at this address: ${row.name} is the id of no row.`);
}
