/**
 * What is told to who is not known, in words that suit where they knocked: at the doors of those who run the system the command that lets
 * them in; at the system's own interface the operation that signs its people in and the header that their token goes into, and never a
 * command of the operator's. Pure.
 */
import { anyone, type OperationContract, refuse, type Refusal } from '#kernel';
import type { SystemModel } from '#model';

/** What came as a proof: nothing, a key or token that nobody has, a session that is over. */
export type Proof = 'none' | 'key' | 'session';

export const unknownToOperators = (proof: Proof): Refusal =>
  refuse(
    'unauthenticated',
    {
      none: 'Sign in with a one-time link (theseus link), or send a key as "Authorization: Bearer KEY".',
      key: 'This key is not known here, or it was ended. Send a key as "Authorization: Bearer KEY".',
      session: 'This session has ended. Sign in again with a one-time link (theseus link).',
    }[proof],
  );

/** `called`: the operation whose address it is. Where it states a path of its own, keys and pages of the system's are not spoken of. */
export function unknownToSystem(proof: Proof, model: SystemModel | undefined, called: OperationContract | undefined): Refusal {
  const told = proof === 'none' ? undefined : { proof: 'unknown' };
  const ways = model === undefined ? [] : signInOperations(model).map(({ http }) => `${http.method} ${http.path}`);
  const before = { none: '', key: 'This token is not known here, or it has ended. ', session: 'This session has ended. ' }[proof];
  if (ways.length === 0) {
    const send = 'Send a key as "Authorization: Bearer KEY"; those who run the system give one.';
    return refuse(
      'unauthenticated',
      proof === 'key' ? `${before}${send}` : `${before}Sign in at /console with a link that you were given. ${send}`,
      told,
    );
  }
  const signIn = `Sign in${proof === 'none' ? '' : ' again'} with ${ways.join(' or ')}, and send the token that it answers as "Authorization: Bearer TOKEN".`;
  const own = called !== undefined && !called.http.path.startsWith('/api/');
  return refuse('unauthenticated', `${before}${signIn}${own ? '' : ' Programs that were given a key send that in its place.'}`, told);
}

/** Open to all, and sign somebody in without making them: where there is none, those that sign people up. */
export function signInOperations({ operations }: SystemModel): readonly OperationContract[] {
  const signing = operations.filter(
    ({ roles, capabilities, http, input }) =>
      roles.includes(anyone) &&
      // Some published interfaces sign in by GET, with the secret in the query.
      (http.method === 'POST' || input.some(({ type }) => type.kind === 'text' && type.secret === true)) &&
      capabilities.some(({ kind }) => kind === 'identity'),
  );
  const makes = ({ capabilities }: OperationContract): boolean => {
    const people = capabilities.flatMap((one) => (one.kind === 'identity' ? [one.entity] : []));
    return capabilities.some((one) => one.kind === 'data' && people.includes(one.entity) && one.access.includes('create'));
  };
  const known = signing.filter((operation) => !makes(operation));
  return known.length > 0 ? known : signing;
}
