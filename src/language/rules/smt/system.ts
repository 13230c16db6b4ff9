/** What proofs are about: the rows of a system as its entities state them, in one or two versions of it. */
import type { EntityContract, Field, PermanentId } from '#kernel';

export interface ProofSystem {
  readonly entities: readonly EntityContract[];
  readonly currencyDigits: number;
  /** A list of a row has no more items. */
  readonly mostItems: number;
}
/** The fields of an entity, or of the items of a list. */
export interface Shape {
  readonly id: PermanentId;
  readonly name: string;
  readonly fields: readonly Field[];
  /** Items belong to their row: no other row is one of them. */
  readonly owned: boolean;
}
export class Version {
  readonly #shapes = new Map<PermanentId, Shape>();
  readonly currencyDigits: number;
  readonly mostItems: number;
  /** Tells versions apart. */
  readonly name: string;

  constructor(system: ProofSystem, name: string) {
    this.name = name;
    this.currencyDigits = system.currencyDigits;
    this.mostItems = system.mostItems;
    for (const entity of system.entities) {
      this.#shapes.set(entity.id, { id: entity.id, name: entity.name, fields: entity.fields, owned: false });
      for (const { type } of entity.fields)
        if (type.kind === 'list') this.#shapes.set(type.itemId, { id: type.itemId, name: type.item, fields: type.fields, owned: true });
    }
  }
  /** Ids of the choices of a field. */
  choices(field: PermanentId): readonly PermanentId[] {
    for (const shape of this.#shapes.values())
      for (const { id, type } of shape.fields) if (id === field && type.kind === 'choice') return type.choices.map((choice) => choice.id);
    return [];
  }
  shape(id: PermanentId): Shape | undefined {
    return this.#shapes.get(id);
  }
}

/** Why a formula cannot be given to a solver. What was to be shown is unknown then, and this says why. */
export class NotProvable extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotProvable';
  }
}
