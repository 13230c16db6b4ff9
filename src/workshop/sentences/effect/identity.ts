/** New ids for what a change makes: the same change mints the same ids. */
import type { PermanentId } from '#kernel';
import { contractsOf, type IdPrefix, mintId, type SystemModel } from '#model';

export function takenIds(model: SystemModel): Set<string> {
  const taken = new Set<string>();
  for (const entity of model.entities) {
    taken.add(entity.id);
    for (const retired of entity.retired) taken.add(retired.id);
    for (const field of entity.fields) {
      taken.add(field.id);
      if (field.type.kind === 'choice') for (const choice of field.type.choices) taken.add(choice.id);
      if (field.type.kind !== 'list') continue;
      taken.add(field.type.itemId);
      for (const inner of field.type.fields) {
        taken.add(inner.id);
        if (inner.type.kind === 'choice') for (const choice of inner.type.choices) taken.add(choice.id);
      }
    }
  }
  for (const component of contractsOf(model)) taken.add(component.id);
  for (const workflow of model.workflows) for (const transition of workflow.transitions) taken.add(transition.id);
  for (const operation of model.operations) for (const field of operation.input) taken.add(field.id);
  return taken;
}
/** Mints one id after the other; each is taken from then on. */
export function minter(model: SystemModel, change: string): (prefix: IdPrefix, what: string) => PermanentId {
  const taken = takenIds(model);
  return (prefix, what) => {
    const id = mintId(prefix, `${change} ${what}`, taken);
    taken.add(id);
    return id;
  };
}
