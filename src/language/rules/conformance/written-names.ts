/** What the names at a place of a written rule stand for; one that is new hides an older one. See written-rules.ts. */
export type Kind = 'integer' | 'number' | 'money' | 'boolean' | 'date' | 'choice';
export interface Value {
  readonly name: string;
  readonly kind: Kind;
  readonly changes: boolean;
}
/** Members by name. */
export interface RowKind {
  readonly members: { readonly [name: string]: Kind };
}
export interface Named extends RowKind {
  readonly name: string;
}
export interface Line {
  readonly name: string;
}
/** What the names at a place stand for. */
export interface Known {
  readonly values: readonly Value[];
  readonly tables: readonly Named[];
  readonly rows: readonly Named[];
  readonly orders: readonly Line[];
  readonly lines: readonly Line[];
}

export const without = (known: Known, name: string): Known => {
  const others = <Of extends { readonly name: string }>(list: readonly Of[]): readonly Of[] => list.filter((one) => one.name !== name);
  return {
    values: others(known.values),
    tables: others(known.tables),
    rows: others(known.rows),
    orders: others(known.orders),
    lines: others(known.lines),
  };
};
export const withValue = (known: Known, value: Value): Known => {
  const rest = without(known, value.name);
  return { ...rest, values: [...rest.values, value] };
};
export const withTable = (known: Known, table: Named): Known => {
  const rest = without(known, table.name);
  return { ...rest, tables: [...rest.tables, table] };
};
export const withRow = (known: Known, row: Named): Known => {
  const rest = without(known, row.name);
  return { ...rest, rows: [...rest.rows, row] };
};
export const withLine = (known: Known, name: string): Known => {
  const rest = without(known, name);
  return { ...rest, lines: [...rest.lines, { name }] };
};
