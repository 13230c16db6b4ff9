/** Which operation an address is of, before anybody is known to call it: what is open to all, and in whose shape a refusal is told. */
import type { OperationContract } from '#kernel';
import type { SystemModel } from '#model';
import { fits } from '../routes.ts';

/** `/articles/feed` before `/articles/{slug}.json`, and that before `/articles/{slug}`: the first that fits wins. */
export const plainFirst = (operations: readonly OperationContract[]): readonly OperationContract[] =>
  operations.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const keyOf = ({ http }: OperationContract): string =>
  http.path.replace(/(?<=\/)\{[^}]*\}(?=\/|$)/g, '\uffff').replace(/\{[^}]*\}/g, '\ufffe');

export type OperationAt = (method: string, path: string) => OperationContract | undefined;

export function operationAt(model: SystemModel): OperationAt {
  const operations = plainFirst(model.operations);
  return (method, path) => {
    const wanted = method === 'HEAD' ? 'GET' : method;
    return operations.find(({ http }) => http.method === wanted && fits(http.path, path));
  };
}
