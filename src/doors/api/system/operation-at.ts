/** Which operation an address is of, before anybody is known to call it: what is open to all, and in whose shape a refusal is told. */
import type { OperationContract } from '#kernel';
import type { SystemModel } from '#model';

/** `/articles/feed` before `/articles/{slug}`: the first that fits wins. */
export const plainFirst = (operations: readonly OperationContract[]): readonly OperationContract[] =>
  operations.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const keyOf = ({ http }: OperationContract): string => http.path.replace(/\{[^}]*\}/g, '\uffff');

export type OperationAt = (method: string, path: string) => OperationContract | undefined;

export function operationAt(model: SystemModel): OperationAt {
  const addresses = plainFirst(model.operations).map((operation) => ({ operation, fits: patternOf(operation.http.path) }));
  return (method, path) => {
    const wanted = method === 'HEAD' ? 'GET' : method;
    return addresses.find(({ operation, fits }) => operation.http.method === wanted && fits.test(path))?.operation;
  };
}

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split(/\{[^}]*\}/)
      .map(literal)
      .join('[^/]+')}$`,
  );
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
