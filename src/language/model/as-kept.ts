/**
 * A condition of a candidate over the rows that are there, which stand in another generation: what the candidate computes is written out,
 * what only the candidate stores is absent. Who asks rows before a change serves asks them so.
 */
import { canonicalJson, type Expression, type Field, type Json, type PermanentId } from '#kernel';
import { withParts } from '#rules';
import { entityNamed, rowShape, type SystemModel } from './system-model.ts';

export interface KeptModels {
  readonly now: SystemModel;
  /** What the rows stand in. */
  readonly kept: SystemModel;
}
/** The same over what is kept of the rows; undefined where that cannot be said. */
export function asKept(holds: Expression, { now, kept }: KeptModels): Expression | undefined {
  let told = true;
  const fieldOf = (model: SystemModel, of: PermanentId, id: PermanentId) => rowShape(model, of)?.fields.find((field) => field.id === id);
  const write = (at: Expression): Expression => {
    if (!told) return at;
    if (at.node === 'related') told &&= fieldOf(kept, at.entity, at.via) !== undefined;
    if (at.node === 'follow') told &&= rowShape(kept, at.to) !== undefined;
    if (at.node !== 'field' || at.of.type.kind !== 'row') return withParts(at, write);
    const field = fieldOf(now, at.of.type.of, at.id);
    const before = fieldOf(kept, at.of.type.of, at.id);
    const { derived } = field ?? {};
    const ofRow = (body: Expression): Expression => ({ node: 'let', name: 'row', value: write(at.of), body: write(body), type: body.type });
    if (derived?.mode === 'live') return ofRow(derived.formula);
    // Nothing is kept of it yet: rows show what they do that have none.
    if (derived?.mode === 'fixed' && before === undefined)
      return ofRow({
        node: 'condition',
        when: derived.while,
        then: derived.formula,
        otherwise: derived.otherwise,
        type: { ...derived.formula.type, optional: true },
      });
    told &&= derived === undefined || said(derived) === said(before?.derived);
    if (before !== undefined) return withParts({ ...at, field: before.name }, write);
    told &&= at.type.kind !== 'list' && at.type.kind !== 'row';
    return { node: 'constant', type: { ...at.type, optional: true }, value: null };
  };
  const written = write(holds);
  return told ? written : undefined;
}
const said = (derived: Field['derived']): string => canonicalJson((derived ?? null) as unknown as Json);

/** The entity whose rows a formula is about, named as a scope names it (`rule/discount`, `entity/order#field/total`), by the candidate's names. */
export function rowsOfFormula(formula: string, model: SystemModel): PermanentId | undefined {
  const [, rule, entity] = /^(?:rule\/(\w+)|entity\/(\w+)#field\/\w+)$/.exec(formula) ?? [];
  if (entity !== undefined) return entityNamed(model, entity)?.id;
  return model.rules.find(({ name }) => name === rule)?.on;
}
