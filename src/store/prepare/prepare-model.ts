/**
 * A generation's model made ready to read and write with. Promises: nothing is worked out before it is used, and what two
 * generations have in common is worked out once: a change costs what it changed, not what there is.
 */
import { digest, Fault, type Digest, type EntityContract, type PermanentId } from '#kernel';
import { digestOf, digestOfValue, entityById, rowShape, type RowShape, type SystemModel } from '#model';
import { type Statement, statement } from '../connection/statement.ts';
import { dependenciesOf } from '../physical/formula.ts';
import { type RowPlan, rowPlan } from '../physical/row-plan.ts';
import { type EntityPlan, entityPlan, type Referrer, referrersOf } from './entity-plan.ts';

/** Row plans by what they follow from; the oldest go when there are too many. */
const shared = new Map<string, RowPlan>();
const MOST_SHARED = 20_000;

export class Prepared {
  readonly generation: Digest;
  readonly model: SystemModel;
  readonly #rows = new Map<PermanentId, RowPlan>();
  readonly #entities = new Map<PermanentId, EntityPlan>();
  readonly #referrers = new Map<PermanentId, readonly Referrer[]>();
  readonly #made = new Map<string, unknown>();

  constructor(model: SystemModel, generation: Digest) {
    this.model = model;
    this.generation = generation;
  }

  /** The rows of an entity or the items of a list. Throws where the generation has no such thing. */
  row(id: PermanentId): RowPlan {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const shape = rowShape(this.model, id);
    if (shape === undefined) throw new Fault('bug', `No rows of ${id} in this generation.`);
    const key = planKey(this.model, shape);
    const plan = shared.get(key) ?? rowPlan(this.model, shape);
    if (!shared.has(key)) {
      if (shared.size >= MOST_SHARED) for (const old of [...shared.keys()].slice(0, MOST_SHARED / 2)) shared.delete(old);
      shared.set(key, plan);
    }
    this.#rows.set(id, plan);
    return plan;
  }

  entity(id: PermanentId): EntityPlan {
    let known = this.#entities.get(id);
    if (known === undefined) {
      const contract = entityById(this.model, id);
      if (contract === undefined) throw new Fault('bug', `No entity ${id} in this generation.`);
      known = entityPlan(this.model, contract, (row) => this.row(row));
      this.#entities.set(id, known);
    }
    return known;
  }

  referrers(to: PermanentId): readonly Referrer[] {
    let known = this.#referrers.get(to);
    if (known === undefined) {
      known = referrersOf(this.model, to, (row) => this.row(row));
      this.#referrers.set(to, known);
    }
    return known;
  }

  /** Something that follows from the model alone, worked out once. `key` names it and all that it depends on. */
  once<Made>(key: string, make: () => Made): Made {
    if (this.#made.has(key)) return this.#made.get(key) as Made;
    const made = make();
    this.#made.set(key, made);
    return made;
  }

  /** A prepared statement whose text follows from the model alone. */
  statement(key: string, text: () => string): Statement {
    return this.once(`statement ${key}`, () => statement(text()));
  }
}

/** `generation` is its digest where it has one; trials may go without. */
export function prepareModel(model: SystemModel, generation: Digest = digest(`sha256:${'0'.repeat(64)}`)): Prepared {
  return new Prepared(model, generation);
}

function planKey(model: SystemModel, shape: RowShape): string {
  const own = shape.parent?.entity ?? entityById(model, shape.id);
  if (own === undefined) throw new Fault('bug', `No entity of ${shape.id}.`);
  const digests = [own, ...dependenciesOf(model, own)].map((entity: EntityContract) => digestOfValue(entity));
  return digestOf(
    [shape.id, ...digests, model.settings.currency.code, String(model.settings.currency.digits), model.settings.timeZone].join('\n'),
  );
}
