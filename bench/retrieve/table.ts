/**
 * The tables of `domains/`: one component a line, written by hand. This file reads a line into its parts and knows nothing of
 * TypeScript. A line that it does not understand is thrown: a table is part of the repository.
 */

export interface FieldCell {
  readonly name: string;
  readonly type: string;
  readonly choices: readonly string[];
  readonly items: readonly FieldCell[];
  readonly required: boolean;
  readonly unique: boolean;
  readonly sensitive: boolean;
  /** Name of the rule, or the formula. */
  live?: { readonly rule: string } | { readonly formula: string };
}
export interface EntityLine {
  readonly name: string;
  readonly plural: string;
  readonly what: string;
  readonly why: string;
  readonly fields: FieldCell[];
  readonly invariants: { readonly name: string; readonly message: string; readonly holds: string }[];
}
export interface OtherLine {
  readonly kind: 'R' | 'A' | 'O' | 'V' | 'N' | 'J';
  readonly name: string;
  /** Entity, entity.field, event or schedule. */
  readonly on: string;
  readonly more: string;
  readonly what: string;
  readonly why: string;
  readonly cells: readonly string[];
}
export interface Domain {
  readonly entities: ReadonlyMap<string, EntityLine>;
  readonly others: readonly OtherLine[];
}

export function readTable(text: string): Domain {
  const entities = new Map<string, EntityLine>();
  const others: OtherLine[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [first = '', ...cells] = line.split(' | ').map((cell) => cell.trim());
    const [kind, name = '', on = '', ...more] = first.split(' ');
    const [what = '', why = '', ...rest] = cells;
    if (kind === 'E') entities.set(name, { name, plural: on, what, why, fields: fieldCells(rest[0] ?? '', ' '), invariants: [] });
    else if (kind === 'D') addLive(entities, name, on, { formula: what });
    else if (kind === 'I') {
      const [entity = '', invariant = ''] = name.split('.');
      known(entities, entity).invariants.push({ name: invariant, message: what, holds: why });
    } else if (kind === 'R' || kind === 'A' || kind === 'O' || kind === 'V' || kind === 'N' || kind === 'J') {
      others.push({ kind, name, on, more: more.join(' '), what, why, cells: rest });
      if (kind === 'R') addLive(entities, on, more.join(' '), { rule: name });
    } else throw new Error(`a line of a table begins with a letter of a kind: ${line}`);
    if (kind !== 'D' && kind !== 'I' && why === '') throw new Error(`a component says what it is and why: ${line}`);
  }
  return { entities, others };
}

const known = (entities: ReadonlyMap<string, EntityLine>, name: string): EntityLine => {
  const found = entities.get(name);
  if (found === undefined) throw new Error(`the table has no entity ${name}`);
  return found;
};
function addLive(entities: ReadonlyMap<string, EntityLine>, place: string, type: string, live: NonNullable<FieldCell['live']>): void {
  const [entity = '', field = ''] = place.split('.');
  known(entities, entity).fields.push({ ...fieldCell(`${field}:${type}`), live });
}

/** `name:t!`, `visit>visit!`, `state:c(open,done)`, `lines[line;product>product!;count:i!]`. */
export function fieldCells(text: string, separator: string): FieldCell[] {
  return text
    .split(separator)
    .filter((cell) => cell !== '' && cell !== '-')
    .map(fieldCell);
}
function fieldCell(cell: string): FieldCell {
  const listed = /^(\w+)\[(\w+);(.+)\]$/.exec(cell);
  const flags = { required: false, unique: false, sensitive: false, choices: [], items: [] };
  if (listed !== null) return { ...flags, name: listed[1] ?? '', type: `list ${listed[2] ?? ''}`, items: fieldCells(listed[3] ?? '', ';') };
  const found = /^(\w+)(?::([a-z$]+)(?:\(([^)]*)\))?|>(\w+))([!^*]*)$/.exec(cell);
  if (found === null) throw new Error(`no field: ${cell}`);
  const [, name = '', type, inside = '', to, marks = ''] = found;
  return {
    name,
    type: to === undefined ? (type === 'q' ? `q ${inside}` : (type ?? '')) : `>${to}`,
    choices: type === 'c' ? inside.split(',') : [],
    items: [],
    required: marks.includes('!'),
    unique: marks.includes('^'),
    sensitive: marks.includes('*'),
  };
}
