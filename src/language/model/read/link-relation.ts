/** A relation, linked: its fields are those of the entity, its formulas are read over a row of it. */
import type { Expression, PermanentId, ValueType } from '#kernel';
import type { Property, Relation } from '../reading.ts';
import type { DeclaredEntity, DeclaredProperty, DeclaredRelation, Formula, Named } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';
import type { Linker } from './linker.ts';

const truth: ValueType = { kind: 'boolean', optional: false };
const more: ReadonlySet<string> = new Set(['integer', 'decimal', 'money', 'quantity', 'date', 'instant', 'duration']);

export function relationIn(
  file: LinkedFile,
  declared: DeclaredProperty,
  relation: DeclaredRelation,
  on: DeclaredEntity,
  linker: Linker,
): Property | undefined {
  const key = `relation ${declared.name}`;
  const formula = (part: string, of: Formula, expected?: ValueType): Expression | undefined =>
    linker.formula(file, `${key} ${part}`, of, on.id, expected);
  const field = (named: Named): PermanentId | undefined => {
    const found = on.fields.find((one) => one.name === named.name);
    if (found === undefined) file.report(named.start, `${declared.on.name} has no field ${named.name}`);
    return found?.id;
  };
  const given = relation.given === undefined ? undefined : formula('given', relation.given, truth);
  if (relation.given !== undefined && given === undefined) return undefined;
  const linked = linkedOf();
  if (linked === undefined) return undefined;
  return {
    name: declared.name,
    ...(declared.change === undefined ? {} : { change: declared.change }),
    on: declared.on.name,
    holds: holdsOf(linked, given),
    relation: { ...linked, ...(given === undefined ? {} : { given }) },
  };

  function linkedOf(): Relation | undefined {
    switch (relation.kind) {
      case 'monotone': {
        const [of, to] = [formula('of', relation.of), field(relation.in)];
        const kind = on.fields.find((one) => one.id === to)?.type.kind;
        if (kind !== undefined && !more.has(kind)) file.report(relation.in.start, `there is no more or less of ${relation.in.name}`);
        return of === undefined || to === undefined ? undefined : { kind: 'monotone', of, in: to, direction: relation.direction };
      }
      case 'idempotent': {
        const [of, into] = [formula('of', relation.of), field(relation.into)];
        return of === undefined || into === undefined ? undefined : { kind: 'idempotent', of, into };
      }
      case 'cases': {
        const cases = relation.cases.flatMap(({ name, holds }) => {
          const read = formula(name, holds, truth);
          return read === undefined ? [] : [{ name, holds: read }];
        });
        const { complete, disjoint } = relation;
        return cases.length < relation.cases.length ? undefined : { kind: 'cases', cases, complete, disjoint };
      }
      case 'kept': {
        const kept = formula('kept', relation.kept, truth);
        return kept === undefined ? undefined : { kind: 'kept', kept };
      }
    }
  }
}

/** What it says of each row alone. */
function holdsOf(relation: Relation, given: Expression | undefined): Expression {
  const yes: Expression = { node: 'constant', type: truth, value: true };
  if (relation.kind !== 'cases') return yes;
  const join = (op: 'and' | 'or', all: readonly Expression[]): Expression =>
    all.length === 0 ? yes : all.reduce((left, right): Expression => ({ node: 'binary', op, left, right, type: truth }));
  const not = (of: Expression): Expression => ({ node: 'not', of, type: truth });
  const cases = relation.cases.map(({ holds }) => holds);
  const pairs = cases.flatMap((one, at) => cases.slice(at + 1).map((other) => not(join('and', [one, other]))));
  const said = join('and', [...(relation.complete ? [join('or', cases)] : []), ...(relation.disjoint ? pairs : [])]);
  return given === undefined ? said : join('or', [not(given), said]);
}
