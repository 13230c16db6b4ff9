/** What a contract speaks of: the rows that it leans on, and every expression that the system computes with. */
import { type Contract, type EntityContract, type Expression, type Field, hasBody, type PermanentId } from '#kernel';
import { nodesOf } from '#rules';

const edges = new WeakMap<Contract, ReadonlySet<PermanentId>>();

/** What a contract speaks of, itself aside: rows (entities, lists, choice fields aside), and the operations that its body calls. */
export function leansOn(contract: Contract): ReadonlySet<PermanentId> {
  const known = edges.get(contract);
  if (known !== undefined) return known;
  const found = new Set<PermanentId>();
  const fields = (list: readonly Field[]): void => {
    for (const field of list) {
      if (field.type.kind === 'reference') found.add(field.type.to);
      if (field.type.kind === 'list') fields(field.type.fields);
    }
  };
  if (contract.kind === 'entity') fields(contract.fields);
  else if (contract.kind === 'reaction' || contract.kind === 'job') {
    if (contract.kind === 'reaction' && 'entity' in contract.on) found.add(contract.on.entity);
    for (const capability of contract.capabilities) if (capability.kind === 'data') found.add(capability.entity);
  } else if (contract.kind === 'operation') {
    fields(contract.input);
    if (contract.on !== undefined) found.add(contract.on);
    if (contract.output !== null && 'row' in contract.output) found.add(contract.output.row);
    for (const capability of contract.capabilities) if (capability.kind === 'data') found.add(capability.entity);
  } else found.add(contract.kind === 'view' ? contract.from : contract.on);
  if (hasBody(contract))
    for (const capability of contract.capabilities) {
      if (capability.kind === 'call') found.add(capability.operation);
      if (capability.kind === 'identity') found.add(capability.entity);
    }
  for (const expression of expressionsOf(contract)) {
    for (const node of nodesOf(expression.expression)) {
      if (node.node === 'follow') found.add(node.to);
      if (node.node === 'related') found.add(node.entity);
    }
  }
  if (contract.kind === 'entity') found.delete(contract.id);
  edges.set(contract, found);
  return found;
}

export interface PlacedExpression {
  readonly member: string;
  readonly expression: Expression;
  readonly replaced: (by: Expression) => Contract;
}

/** Every expression of a contract that the system computes with, the member that it stands in, and the contract with another in its place. */
export function expressionsOf(contract: Contract): readonly PlacedExpression[] {
  switch (contract.kind) {
    case 'entity': {
      const put = (at: number, field: Field): EntityContract => ({
        ...contract,
        fields: contract.fields.map((old, index) => (index === at ? field : old)),
      });
      return [
        ...contract.fields.flatMap((field, index): PlacedExpression[] => {
          const { derived } = field;
          const member = `field/${field.name}`;
          const initial = field.default;
          return [
            ...(initial !== undefined && 'formula' in initial
              ? [{ member, expression: initial.formula, replaced: (by: Expression) => put(index, { ...field, default: { formula: by } }) }]
              : []),
            ...(derived === undefined
              ? []
              : [
                  {
                    member,
                    expression: derived.formula,
                    replaced: (by: Expression) => put(index, { ...field, derived: { ...derived, formula: by } }),
                  },
                ]),
            ...(derived?.mode === 'fixed'
              ? [
                  {
                    member,
                    expression: derived.while,
                    replaced: (by: Expression) => put(index, { ...field, derived: { ...derived, while: by } }),
                  },
                  {
                    member,
                    expression: derived.otherwise,
                    replaced: (by: Expression) => put(index, { ...field, derived: { ...derived, otherwise: by } }),
                  },
                ]
              : []),
          ];
        }),
        ...contract.invariants.map((invariant, at): PlacedExpression => ({
          member: `invariant/${invariant.name}`,
          expression: invariant.holds,
          replaced: (by) => ({
            ...contract,
            invariants: contract.invariants.map((old, index) => (index === at ? { ...old, holds: by } : old)),
          }),
        })),
      ];
    }
    case 'rule':
      if (contract.form === 'access')
        return [
          { member: 'rows', expression: contract.rows, replaced: (by) => ({ ...contract, rows: by }) },
          ...(contract.write === undefined
            ? []
            : [{ member: 'write', expression: contract.write, replaced: (by: Expression) => ({ ...contract, write: by }) }]),
        ];
      if (contract.form !== 'approval') return [];
      return [
        { member: 'when', expression: contract.when, replaced: (by) => ({ ...contract, when: by }) },
        ...(contract.amount === undefined
          ? []
          : [{ member: 'amount', expression: contract.amount, replaced: (by: Expression) => ({ ...contract, amount: by }) }]),
      ];
    case 'view':
      return [
        ...(contract.where === undefined
          ? []
          : [{ member: 'where', expression: contract.where, replaced: (by: Expression) => ({ ...contract, where: by }) }]),
        // What a count counts is rows: the value of its column is never computed.
        ...contract.columns.flatMap((column, at): PlacedExpression[] =>
          column.aggregate === 'count'
            ? []
            : [
                {
                  member: `column/${column.name}`,
                  expression: column.value,
                  replaced: (by) => ({
                    ...contract,
                    columns: contract.columns.map((old, index) => (index === at ? { ...old, value: by } : old)),
                  }),
                },
              ],
        ),
      ];
    case 'workflow':
      return contract.transitions.flatMap((transition, at): PlacedExpression[] =>
        transition.when === undefined
          ? []
          : [
              {
                member: `transition/${transition.name}`,
                expression: transition.when,
                replaced: (by) => ({
                  ...contract,
                  transitions: contract.transitions.map((old, index) => (index === at ? { ...old, when: by } : old)),
                }),
              },
            ],
      );
    case 'operation':
    case 'reaction':
    case 'job':
      return [];
  }
}
