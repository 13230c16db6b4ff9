/** How many rows are generated: as many as the live system has, and enough of them that what grows with rows is seen; what stands around them in the live proportion. */
import type { PermanentId } from '#kernel';
import type { SystemModel } from '#model';

/** More take long to make. */
const MOST = 100_000;
const FEW = 100;
const STEPS = 2;

export async function rowNumbers(
  model: SystemModel,
  entity: PermanentId,
  least: number,
  count: (entity: PermanentId) => Promise<number>,
): Promise<{ readonly live: number; readonly rows: ReadonlyMap<PermanentId, number> }> {
  const live = await count(entity);
  const own = Math.min(MOST, Math.max(least, live));
  const rows = new Map([[entity, own]]);
  for (const near of around(model, entity)) {
    const there = live === 0 ? 0 : await count(near);
    const inProportion = live === 0 ? own / 10 : (there / live) * own;
    rows.set(near, Math.round(Math.min(own, Math.max(FEW, inProportion))));
  }
  return { live, rows };
}

/** What refers to it and what it refers to, lists included, so many steps far. */
function around(model: SystemModel, from: PermanentId): readonly PermanentId[] {
  const pairs = model.entities.flatMap((entity) =>
    entity.fields
      .flatMap((field) => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field]))
      .flatMap(({ type }) => (type.kind === 'reference' ? [[entity.id, type.to] as const] : [])),
  );
  const found = new Set([from]);
  for (let step = 0; step < STEPS; step++)
    for (const [one, other] of pairs.filter(([a, b]) => found.has(a) !== found.has(b))) found.add(found.has(one) ? other : one);
  found.delete(from);
  return [...found];
}
