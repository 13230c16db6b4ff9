/**
 * The invariants of an entity as CHECK constraints over its table: those that read the stored values of the row itself and nothing
 * else. Promises: a check says of every row what the rule says; each is named by the digest of its text, so that generations which
 * promise the same share it, whatever their fields are called. Never: a check that a row on its way into the table does not meet,
 * though it will in the end.
 */
import type { EntityContract, Expression, Field, Invariant, PermanentId } from '#kernel';
import { digestOf, entityById, type SystemModel } from '#model';
import { askedOfCaller, nodesOf, partsOf, withParts } from '#rules';
import { formulaOnTables } from './formula.ts';
import { quoted } from './names.ts';

export interface Check {
  readonly name: string;
  /** What the constraint says. */
  readonly text: string;
  readonly invariant: Invariant;
}
/** What the names of checks have between the id of the entity and their digest. */
export const CHECK = '_k_';
/** With all that is derived written out; a longer formula is asked by the rules alone. */
const MOST_NODES = 400;

/** Of the rows of an entity; none of what is no entity. */
export function checksOf(model: SystemModel, id: PermanentId): readonly Check[] {
  const entity = entityById(model, id);
  if (entity === undefined || entity.invariants.length === 0) return [];
  const filled = filledLater(entity);
  return entity.invariants.flatMap((invariant) => {
    const own = writtenOut(entity, invariant.holds, filled);
    if (own === undefined) return [];
    const text = `(${formulaOnTables(model, own, quoted(id))}) is not false`;
    return [{ name: `${id}${CHECK}${digestOf(text).slice(7, 19)}`, text, invariant }];
  });
}

/** Whether some default of a row or of an item is worked out by the database once the row is there: it stands there without it first. */
const filledLater = ({ fields }: EntityContract): boolean =>
  fields
    .flatMap((field) => [field, ...(field.type.kind === 'list' ? field.type.fields : [])])
    .some(
      ({ default: given }) =>
        given !== undefined &&
        'formula' in given &&
        askedOfCaller(given.formula) === undefined &&
        [...nodesOf(given.formula)].some(({ node }) => node === 'follow' || node === 'related' || node === 'aggregate'),
    );

/** The same over stored values alone, without names for values; undefined where it reads more, or is rounded by what a constraint cannot say. */
function writtenOut({ id, fields }: EntityContract, holds: Expression, filled: boolean): Expression | undefined {
  const byId = new Map<string, Field>(fields.map((field) => [field.id, field]));
  let left = MOST_NODES;
  let beyond = false;
  const write = (at: Expression, named: ReadonlyMap<string, Expression>): Expression => {
    left -= 1;
    beyond ||= left < 0;
    if (beyond) return at;
    switch (at.node) {
      case 'let':
        return write(at.body, new Map(named).set(at.name, write(at.value, named)));
      case 'input': {
        const meant = named.get(at.name);
        if (meant !== undefined) left -= sizeOf(meant);
        else beyond ||= at.name !== 'row';
        return meant ?? at;
      }
      case 'field': {
        const of = write(at.of, named);
        const field = of.node === 'input' && of.type.kind === 'row' && of.type.of === id ? byId.get(at.id) : undefined;
        if (field?.derived?.mode === 'live') return write(field.derived.formula, new Map());
        beyond ||= field === undefined || field.derived !== undefined || field.type.kind === 'list';
        beyond ||= filled && field?.default !== undefined && 'formula' in field.default;
        return { ...at, of };
      }
      case 'follow':
      case 'related':
      case 'aggregate':
      case 'today':
        beyond = true;
        return at;
      case 'divide':
      case 'round':
        // these two are queries of their own in SQL
        beyond ||= at.rounding === 'up' || at.rounding === 'half-even';
        break;
      default:
    }
    return withParts(at, (part) => write(part, named));
  };
  const written = write(holds, new Map());
  return beyond || sizeOf(written) > MOST_NODES ? undefined : written;
}
const sizeOf = (at: Expression): number => partsOf(at).reduce((size, part) => size + sizeOf(part), 1);
