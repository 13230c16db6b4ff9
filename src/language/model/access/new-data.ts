/**
 * What of the stored rows bodies may read and write now and could not before, as a scope names it: `order update`, and of a sensitive field
 * `order.salary read`. Pure.
 */
import { type Contract, type EntityContract, hasBody, type PermanentId } from '#kernel';

export function newData(was: readonly Contract[], now: readonly Contract[]): readonly string[] {
  const before = new Map(was.map((contract) => [contract.id, contract]));
  const entities = new Map(now.flatMap((contract) => (contract.kind === 'entity' ? [[contract.id, contract] as const] : [])));
  const found = now.flatMap((contract) => {
    const old = before.get(contract.id);
    if (old === contract) return [];
    const known = new Set(touchedBy(old).map(({ key }) => key));
    return touchedBy(contract).flatMap((touched) => (known.has(touched.key) ? [] : [named(touched, entities)]));
  });
  return [...new Set(found)];
}

interface Touched {
  readonly key: string;
  readonly entity: PermanentId;
  readonly field?: PermanentId;
  readonly access: string;
}
const touchedBy = (contract: Contract | undefined): readonly Touched[] =>
  contract === undefined || !hasBody(contract)
    ? []
    : contract.capabilities.flatMap((held): readonly Touched[] => {
        if (held.kind !== 'data') return [];
        const { entity } = held;
        return [
          ...held.access.map((access) => ({ key: `${entity} ${access}`, entity, access })),
          ...held.sensitive.map((field) => ({ key: `${entity}.${field} read`, entity, field, access: 'read' })),
        ];
      });

function named({ entity, field, access }: Touched, entities: ReadonlyMap<PermanentId, EntityContract>): string {
  const of = entities.get(entity);
  const shown = of?.fields.flatMap((one) => (one.type.kind === 'list' ? [one, ...one.type.fields] : [one])).find(({ id }) => id === field);
  return `${of?.name ?? entity}${field === undefined ? '' : `.${shown?.name ?? field}`} ${access}`;
}
