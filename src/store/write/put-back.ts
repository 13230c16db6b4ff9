/**
 * One row is put back where it stood before writes that are to be undone. It keeps what the generation that serves promises now (values in
 * bounds, required, unique, references, invariants, also those of other rows), and nothing that is about how a row gets somewhere: no
 * workflow and no approval bars the way back to where it was. Never: a row that was written since its history was read, a value that is
 * another than the one which the undone write left there.
 */
import { type PermanentId, type Refusal, refuse, isRefusal } from '#kernel';
import { invalid } from '../invalid.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { PlainValues } from '../row.ts';
import { type Complete, complete } from './complete.ts';
import { brokenElsewhere, type Elsewhere, keptElsewhere } from './elsewhere.ts';
import { ofImage, sameAsImage } from './image.ts';
import { demandsOf, outcomeFault, staleRefusal } from './outcome.ts';
import type { RowImage } from './rows.ts';

/** Values by permanent ids of fields, as the journal keeps them. */
export type Image = { readonly [field: string]: unknown };
export interface PutBack {
  readonly entity: PermanentId;
  readonly row: string;
  /** Where its history ends; null: with its deletion. */
  readonly version: number | null;
  /** What it is to hold: all of a row that is made again, else the fields that go back. Null: it is not to be. */
  readonly to: Image | null;
  /** What those fields hold, as its history says. */
  readonly from: Image;
  /** The version of a row that is made again. */
  readonly next: number;
}
export interface PutBackDone {
  readonly deed: 'deleted' | 'made-again' | 'put-back' | 'none';
  /** Fields that hold another value than the history says, and stay. */
  readonly otherwise: readonly PermanentId[];
}

export interface PutBackParts {
  readonly prepared: Elsewhere['prepared'];
  readonly rows: Elsewhere['rows'];
  readonly elsewhere: Elsewhere;
  readonly newId: () => string;
  readonly image: (plan: EntityPlan, id: string) => Promise<RowImage | Refusal>;
  readonly wrote: (plan: EntityPlan, id: string, after: RowImage | null) => void;
  readonly record: (
    plan: EntityPlan,
    action: 'create' | 'update' | 'delete',
    id: string,
    before: RowImage | null,
    after: RowImage | null,
  ) => void;
  readonly recordDues: (plan: EntityPlan, made: Complete, after: RowImage) => void;
}

export async function putRowBack(parts: PutBackParts, deed: PutBack): Promise<PutBackDone | Refusal> {
  const plan = parts.prepared.entity(deed.entity);
  const before = await parts.image(plan, deed.row);
  if (deed.version === null) return isRefusal(before) ? madeAgain(parts, plan, deed) : moved(plan);
  if (isRefusal(before)) return before;
  const stale = staleRefusal(plan, before.row, deed.version);
  if (stale !== undefined) return stale;
  return deed.to === null ? removed(parts, plan, before) : altered(parts, plan, before, deed, deed.to);
}

const moved = (plan: EntityPlan): Refusal => refuse('stale', `This ${plan.contract.name} is there again.`);

async function removed(
  { rows, elsewhere, wrote, record }: PutBackParts,
  plan: EntityPlan,
  before: RowImage,
): Promise<PutBackDone | Refusal> {
  const { id } = before.row;
  const promised = await keptElsewhere(elsewhere, plan, { id, before: before.row, after: null }, 'whole row');
  return rows.undoable(async () => {
    const users = await rows.remove(plan, before);
    if (users.length > 0)
      return refuse('in-use', `This ${plan.contract.name} is used by ${users.join(', ')} meanwhile.`, { by: [...users] });
    const fault = await brokenElsewhere(elsewhere, promised);
    if (fault !== undefined) return fault;
    wrote(plan, id, null);
    record(plan, 'delete', id, before, null);
    return { deed: 'deleted', otherwise: [] };
  });
}

async function madeAgain(parts: PutBackParts, plan: EntityPlan, { row: id, to, next }: PutBack): Promise<PutBackDone | Refusal> {
  const { rows, elsewhere, wrote, record, recordDues } = parts;
  if (to === null) return { deed: 'none', otherwise: [] };
  const made = completed(parts, plan, to, null);
  if (isRefusal(made)) return made;
  const promised = await keptElsewhere(elsewhere, plan, { id, before: null, after: made.values }, 'whole row');
  return rows.undoable(async () => {
    const { faults } = await rows.insert(plan, id, made, demandsOf(plan, made, null), next);
    await rows.keep(plan, id, fixedIn(plan, to));
    const image = await loaded(parts, plan, id);
    if (isRefusal(image)) return image;
    const fault = outcomeFault(plan, made, { faults, image }, null) ?? (await brokenElsewhere(elsewhere, promised));
    if (fault !== undefined) return fault;
    wrote(plan, id, image);
    record(plan, 'create', id, null, image);
    recordDues(plan, made, image);
    return { deed: 'made-again', otherwise: [] };
  });
}

async function altered(
  parts: PutBackParts,
  plan: EntityPlan,
  before: RowImage,
  { from }: PutBack,
  to: Image,
): Promise<PutBackDone | Refusal> {
  const { rows, elsewhere, wrote, record, recordDues } = parts;
  const { id } = before.row;
  const fields = plan.contract.fields.filter((field) => field.derived === undefined && Object.hasOwn(to, field.id));
  const otherwise = fields.filter((field) => !sameAsImage(field, from[field.id], before.row[field.name])).map((field) => field.id);
  const going = Object.fromEntries(Object.entries(to).filter(([field]) => !otherwise.some((other) => other === field)));
  const made = completed(parts, plan, going, before);
  if (isRefusal(made)) return made;
  if (made.changed.size === 0) return { deed: 'none', otherwise };
  const demands = demandsOf(plan, made, before);
  const promised = await keptElsewhere(elsewhere, plan, { id, before: before.row, after: made.values }, made.changed);
  return rows.undoable(async () => {
    const written = await rows.update(plan, before, made, demands);
    // Where all goes back, what was kept of derived fields does too; else the rules say what follows from what is there.
    const kept = otherwise.length > 0 ? {} : fixedIn(plan, to);
    if (Object.keys(kept).length > 0) await rows.keep(plan, id, kept);
    const image = Object.keys(kept).length > 0 ? await loaded(parts, plan, id) : written.image;
    if (isRefusal(image)) return image;
    const fault =
      outcomeFault(plan, made, { faults: written.faults, image }, before, { approvals: false }) ??
      (await brokenElsewhere(elsewhere, promised));
    if (fault !== undefined) return fault;
    wrote(plan, id, image);
    record(plan, 'update', id, before, image);
    recordDues(plan, made, image);
    return { deed: 'put-back', otherwise };
  });
}

/** Fields that this generation has not are left where they are, unseen. */
function completed({ prepared, newId }: PutBackParts, plan: EntityPlan, to: Image, before: RowImage | null): Complete | Refusal {
  const { fields } = plan.contract;
  const values: PlainValues = ofImage(fields, to);
  const made = complete({ settings: prepared.model.settings, fields, newId, again: true }, values, before?.row ?? null);
  return Object.keys(made.faults).length > 0 ? invalid(made.faults) : made;
}
const fixedIn = (plan: EntityPlan, image: Image): PlainValues =>
  Object.fromEntries(
    plan.row.fixed.flatMap(({ field }) => (Object.hasOwn(image, field.id) ? [[field.id, ofImage([field], image, true)[field.name]]] : [])),
  );

async function loaded({ rows }: PutBackParts, plan: EntityPlan, id: string): Promise<RowImage | Refusal> {
  return (await rows.load(plan, id)) ?? refuse('not-found', `This ${plan.contract.name} is not there.`);
}
