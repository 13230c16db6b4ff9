/** The values and conditions of written rules: see written-rules.ts. A name may hide another of the functions around it, as in JavaScript. */
import { type Kind, type Known, type RowKind, withLine, without, withRow, withValue } from './written-names.ts';

const names = ['a', 'b', 'c', 'row', 'item', 'order', 'total', 'x', 'y', 'z', 'rate', 'line'] as const;
const sample: { readonly [kind in Kind]: readonly string[] } = {
  integer: ['0', '1', '2', '3', '-1', '7', '12', '100'],
  number: ['0.5', '0.25', '2', '0', '1.5', '-3'],
  money: ["money('0.00')", "money('1.00')", "money('12.50')", "money('500.00')"],
  boolean: ['true', 'false'],
  date: ["date('2024-02-29')", "date('2025-01-31')", "date('2025-12-31')", 'today()'],
  choice: ["'open'", "'paid'", "'shipped'"],
};

export interface Writing {
  /** Before each statement. */
  readonly begin: () => void;
  readonly pick: <Of>(from: readonly Of[]) => Of;
  readonly chance: (of: number) => boolean;
  readonly value: (kind: Kind, known: Known, depth: number) => string;
  readonly condition: (known: Known, depth: number) => string;
  /** A name that stands for nothing there, as a rule; now and then one that does. */
  readonly fresh: (known: Known) => string;
  readonly texts: (known: Known) => string;
  readonly table: (known: Known) => readonly [string, RowKind];
  readonly found: (known: Known) => { readonly text: string; readonly row: RowKind } | undefined;
  readonly apart: (known: Known, fresh: (known: Known) => string) => readonly [string, Known];
  readonly loop: (
    known: Known,
    fresh: (known: Known) => string,
  ) => { readonly pattern: string; readonly table: string; readonly inside: Known };
  readonly lineLoop: (known: Known, fresh: (known: Known) => string) => string | undefined;
  readonly parameter: () => readonly [string, Known];
}

export function written(random: () => number): Writing {
  /** Questions to tables and lists that one statement may still hold. */
  let left = 0;
  const pick = <Of>(from: readonly Of[]): Of => from[Math.floor(random() * from.length)] as Of;
  const chance = (of: number): boolean => random() < of;
  const used = (known: Known): ReadonlySet<string> =>
    new Set([known.values, known.tables, known.rows, known.orders, known.lines].flat().map((one) => one.name));
  const fresh = (known: Known): string => {
    const free = names.filter((name) => !used(known).has(name));
    return free.length === 0 || chance(0.02) ? pick(names) : pick(free);
  };
  /** A name of a function's own, which may hide any. Values that change are not changed in there. */
  const own = (known: Known): readonly [string, Known] => {
    const inside = { ...known, values: known.values.map((one) => ({ ...one, changes: false })) };
    return [chance(0.5) ? pick(names) : fresh(known), inside];
  };
  const orderOf = (known: Known): string | undefined => (known.orders.length === 0 ? undefined : pick(known.orders).name);

  const members = ['v', 'm', 'k', 'hit', 'name', 'constructor'] as const;
  const memberKinds = { v: 'number', m: 'money', k: 'integer', hit: 'boolean', name: 'choice', constructor: 'integer' } as const;
  const kindOfRow = (): RowKind => {
    const chosen = members.filter((name) => chance(name === 'constructor' ? 0.1 : 0.6));
    return { members: Object.fromEntries((chosen.length === 0 ? (['k'] as const) : chosen).map((name) => [name, memberKinds[name]])) };
  };
  const rowText = ({ members: of }: RowKind, known: Known): string =>
    `{ ${Object.entries(of)
      .map(([name, kind]) => `${name}: ${kind === 'choice' ? pick(sample.choice) : value(kind, known, left > 0 ? 1 : 0)}`)
      .join(', ')} }`;
  const table = (known: Known): readonly [string, RowKind] => {
    const kind = kindOfRow();
    const rows = Array.from({ length: 1 + Math.floor(random() * 3) }, () => rowText(kind, known));
    const text = `[${rows.join(', ')}]`;
    const same = known.tables.filter((one) => JSON.stringify(one.members) === JSON.stringify(kind.members));
    return [same.length > 0 && chance(0.5) ? `${condition(known, 1)} ? ${text} : ${pick(same).name}` : text, kind];
  };
  /** A table that may be asked, by its name or as it stands. */
  const aTable = (known: Known): readonly [string, RowKind] => {
    if (known.tables.length > 0 && chance(0.75)) {
      const one = pick(known.tables);
      return [one.name, one];
    }
    const [text, kind] = table(known);
    return [text.startsWith('[') ? text : `(${text})`, kind];
  };
  /** A function of a row, by a name or taken apart. */
  const ofRow = (kind: RowKind, known: Known, make: (inside: Known) => string): string => {
    const [name, around] = own(known);
    if (chance(0.3)) {
      const [parts, inside] = takenApart(kind, around, () => undefined);
      if (parts !== '') return `({ ${parts} }) => ${make(inside)}`;
    }
    return `(${name}) => ${make(withRow(around, { ...kind, name }))}`;
  };
  const takenApart = (kind: RowKind, known: Known, as: (member: string) => string | undefined): readonly [string, Known] => {
    let inside = known;
    const taken = new Set<string>();
    const parts: string[] = [];
    for (const [member, of] of Object.entries(kind.members)) {
      const name = as(member) ?? (chance(0.5) ? member : pick(names));
      if (taken.has(name) || !chance(0.7) || name === 'constructor') continue;
      taken.add(name);
      parts.push(name === member ? name : `${member}: ${name}`);
      inside = withValue(inside, { name, kind: of, changes: false });
    }
    return [parts.join(', '), inside];
  };
  const found = (known: Known): { readonly text: string; readonly row: RowKind } | undefined => {
    const [text, row] = aTable(known);
    const test = ofRow(row, known, (inside) => condition(inside, 1));
    return { text: chance(0.7) ? `${text}.find(${test})` : `${text}.filter(${test})[0]`, row };
  };
  const memberOf = (kind: Kind, { members: of }: RowKind): string | undefined => {
    const fitting = Object.entries(of).filter(([, one]) => one === kind || (kind === 'number' && one === 'integer'));
    return fitting.length === 0 ? undefined : pick(fitting)[0];
  };

  /** A function of a line of an order. */
  const ofLine = (known: Known, make: (inside: Known) => string): string => {
    const [name, around] = own(known);
    if (chance(0.2)) {
      const inside = withValue(withValue(around, { name: 'quantity', kind: 'integer', changes: false }), {
        name: 'b',
        kind: 'money',
        changes: false,
      });
      return `({ quantity, unitPrice: b }) => ${make(inside)}`;
    }
    return `(${name}) => ${make(withLine(around, name))}`;
  };
  const linesOf = (order: string, known: Known): string =>
    `${order}.lines${chance(0.4) ? `.filter(${ofLine(known, (inside) => condition(inside, 1))})` : ''}`;

  /** Ways to a value of the kind out of tables and lists. */
  const asked = (kind: Kind, known: Known, depth: number): string | undefined => {
    const order = orderOf(known);
    const less = depth - 1;
    const other = value(kind, known, less);
    const number = kind === 'integer' || kind === 'number' || kind === 'money';
    switch (Math.floor(random() * 8)) {
      case 0: {
        const [text, row] = aTable(known);
        const member = memberOf(kind, row);
        if (member === undefined) return undefined;
        const test = ofRow(row, known, (inside) => condition(inside, 1));
        return `(${text}${chance(0.2) ? `.filter(${ofRow(row, known, (inside) => condition(inside, 1))})` : ''}.find(${test})?.${member} ?? ${other})`;
      }
      case 1: {
        const place = value('integer', known, less);
        if (chance(0.5))
          return `([${Array.from({ length: 1 + Math.floor(random() * 3) }, () => value(kind, known, 1)).join(', ')}][${place}] ?? ${other})`;
        const [text, row] = aTable(known);
        const member = memberOf(kind, row);
        return member === undefined ? undefined : `(${text}[${place}]?.${member} ?? ${other})`;
      }
      case 2: {
        const keys = pick([["'open'", 'paid', 'shipped'], ['open', 'paid'], ['paid']]);
        const record = `{ ${keys.map((key) => `${key}: ${value(kind, known, 1)}`).join(', ')} }`;
        return `((${record})[${value('choice', known, 0)}]${keys.length === 3 && chance(0.5) ? '' : ` ?? ${other}`})`;
      }
      case 3:
        return order === undefined
          ? undefined
          : `((${pick([`{ "it's": ${other}, x: ${value(kind, known, 1)} }`, `{ '%': ${other}, '': ${value(kind, known, 1)}, toString: ${other} }`])})[${order}.note ?? ''] ?? ${value(kind, known, 1)})`;
      case 4: {
        if (!number) return undefined;
        const [text, row] = aTable(known);
        const filter = chance(0.6) ? `.filter(${ofRow(row, known, (inside) => condition(inside, 1))})` : '';
        const each = ofRow(row, known, (inside) => value(kind, inside, 1));
        if (chance(0.4)) return `sum(${text}${filter}, ${each})`;
        if (chance(0.5)) return `(${pick(['largest', 'smallest'])}(${text}${filter}, ${each}) ?? ${other})`;
        const [total, around] = own(known);
        const [item, inside] = own(around);
        if (total === item) return undefined;
        return `${text}${filter}.reduce((${total}, ${item}) => ${total} + ${value(kind, withRow(without(inside, total), { ...row, name: item }), 1)}, ${other})`;
      }
      case 5: {
        if (order === undefined || !number) return undefined;
        const list = linesOf(order, known);
        const each = ofLine(known, (inside) => value(kind, inside, 1));
        if (chance(0.4)) return `sum(${list}, ${each})`;
        if (chance(0.3)) return `(${pick(['largest', 'smallest'])}(${list}, ${each}) ?? ${other})`;
        if (chance(0.5)) return `Math.${pick(['max', 'min'])}(${other}, ...${list}.map(${each}))`;
        const [total, around] = own(known);
        const [item, inside] = own(around);
        if (total === item) return undefined;
        const added = value(kind, withLine(without(inside, total), item), 1);
        return `${list}.reduce((${total}, ${item}) => ${pick([`${total} + ${added}`, `Math.max(${total}, ${added})`, `Math.min(${added}, ${total})`])}, ${other})`;
      }
      case 6: {
        if (kind !== 'integer' && kind !== 'number') return undefined;
        const [text, row] = aTable(known);
        const list =
          order !== undefined && chance(0.5)
            ? linesOf(order, known)
            : `${text}${chance(0.7) ? `.filter(${ofRow(row, known, (inside) => condition(inside, 1))})` : ''}`;
        return chance(0.5) ? `count(${list})` : `${list}.length`;
      }
      default: {
        const known2 = known.rows.flatMap((row) => (memberOf(kind, row) === undefined ? [] : [`${row.name}.${memberOf(kind, row)}`]));
        return known2.length === 0 ? undefined : pick(known2);
      }
    }
  };

  const plain = (kind: Kind, known: Known): string => {
    const order = orderOf(known);
    const line = known.lines.length === 0 ? undefined : pick(known.lines).name;
    const found: string[] = [pick(sample[kind])];
    for (const one of known.values) if (one.kind === kind || (kind === 'number' && one.kind === 'integer')) found.push(one.name, one.name);
    for (const row of known.rows) {
      const member = memberOf(kind, row);
      if (member !== undefined) found.push(`${row.name}.${member}`, `${row.name}.${member}`);
    }
    if (line !== undefined && kind === 'integer') found.push(`${line}.quantity`, `${line}.quantity`);
    if (line !== undefined && kind === 'money') found.push(`${line}.unitPrice`, `(${line}.rebate ?? ${pick(sample.money)})`);
    if (order === undefined) return pick(found);
    switch (kind) {
      case 'number':
        return pick([...found, `${order}.weight`, `(${order}.rate ?? ${pick(sample.number)})`]);
      case 'money':
        return pick([...found, `${order}.shipping`]);
      case 'boolean':
        return pick([...found, `${order}.gift`, `(${order}.urgent ?? false)`]);
      case 'date':
        return pick([...found, `${order}.dueOn`, `(${order}.placedOn ?? ${order}.dueOn)`]);
      case 'choice':
        return pick([...found, `${order}.status`, `${order}.status`]);
      case 'integer':
        return pick([...found, `${order}.lines.length`]);
    }
  };

  const value = (kind: Kind, known: Known, depth: number): string => {
    if (depth <= 0 || chance(0.25)) return plain(kind, known);
    const less = depth - 1;
    const again = (of: Kind): string => value(of, known, less);
    if (chance(0.15)) return `(${condition(known, less)} ? ${again(kind)} : ${again(kind)})`;
    if (chance(0.45) && left > 0) {
      left -= 1;
      return asked(kind, known, depth) ?? plain(kind, known);
    }
    const outermost = (of: Kind): string =>
      `${pick(['Math.min', 'Math.max', 'min', 'max'])}(${Array.from({ length: 2 + Math.floor(random() * 2) }, () => again(of)).join(', ')})`;
    const steps = pick(['half-up', 'half-even', 'down', 'up']);
    switch (kind) {
      case 'integer':
        return pick([
          () => `(${again('integer')} ${pick(['+', '-', '*'])} ${again('integer')})`,
          () => `(${again('integer')} % ${pick(['2', '3', '7'])})`,
          () => outermost('integer'),
          () => `divide(${again('integer')}, ${pick(['2', '3', '-4'])}, { scale: 0, rounding: '${steps}' })`,
          () => `(divide(${again('money')}, ${again('money')}, { scale: 0, rounding: '${steps}' }) ?? ${again('integer')})`,
          () => `round(${again('number')}, { scale: 0, rounding: '${steps}' })`,
          () => `${pick(['daysBetween', 'monthsBetween', 'yearsBetween'])}(${again('date')}, ${again('date')})`,
          () => `${pick(['yearOf', 'quarterOf', 'monthOf', 'dayOf', 'weekdayOf'])}(${again('date')})`,
        ])();
      case 'number':
        return pick([
          () => `(${again('number')} ${pick(['+', '-'])} ${again('number')})`,
          () => `(${again('integer')} * ${pick(['0.5', '0.25', '3'])})`,
          () => outermost('number'),
          () => again('integer'),
        ])();
      case 'money':
        return pick([
          () => `(${again('money')} ${pick(['+', '-'])} ${again('money')})`,
          () => `(${again('money')} * ${pick(['2', '3', '-1'])})`,
          () => outermost('money'),
          () => `percentOf(${again('money')}, ${pick(['10', '12.5', '19', '0'])})`,
          () => `divideMoney(${again('money')}, ${pick(['3', '7', '-2'])}, { scale: 2, rounding: '${steps}' })`,
          () => `roundMoney(${again('money')} * ${pick(['0.5', '1.25'])}, { scale: 2, rounding: '${steps}' })`,
        ])();
      case 'boolean':
        return condition(known, depth);
      case 'date':
        return pick([
          () => `addDays(${again('date')}, ${pick(['1', '-30', '365'])})`,
          () => `${pick(['addMonths', 'addYears'])}(${again('date')}, ${pick(['1', '-1', '3', '13'])})`,
          () => `${pick(['startOf', 'endOf'])}${pick(['Month', 'Quarter', 'Year'])}(${again('date')})`,
          () => `${pick(['min', 'max'])}(${again('date')}, ${again('date')})`,
        ])();
      case 'choice':
        return plain('choice', known);
    }
  };

  const condition = (known: Known, depth: number): string => {
    const order = orderOf(known);
    if (depth <= 0 || chance(0.2) || left < 0) return plain('boolean', known);
    left -= 0.5;
    const less = depth - 1;
    const again = (): string => condition(known, less);
    const of = pick<Kind>(['integer', 'number', 'money', 'date']);
    return pick([
      () => `(${again()} ${pick(['&&', '||'])} ${again()})`,
      () => `!${again()}`,
      () => `(${again()} === ${again()})`,
      () => `(${value(of, known, less)} ${pick(['<', '<=', '>', '>=', '===', '!=='])} ${value(of, known, less)})`,
      () => `(${order === undefined ? "'open'" : `${order}.status`} ${pick(['===', '!=='])} ${value('choice', known, 0)})`,
      () =>
        order === undefined ? 'true' : pick([`(${order}.urgent && ${order}.gift)`, `!${order}.urgent`, `(${order}.urgent || ${again()})`]),
      () => (order === undefined ? 'false' : `(${order}.rate !== undefined && ${order}.rate > ${pick(sample.number)})`),
      () =>
        order === undefined
          ? 'true'
          : `${linesOf(order, known)}.${pick(['some', 'every'])}(${ofLine(known, (inside) => condition(inside, less))})`,
      () => {
        const [text, row] = aTable(known);
        return `${text}.${pick(['some', 'every'])}(${ofRow(row, known, (inside) => condition(inside, less))})`;
      },
      () =>
        `[${pick([['open'], ['open', 'paid'], ['shipped']]).map((one) => `'${one}'`)}].includes(${order === undefined ? "'open'" : `${order}.status`})`,
      () => {
        const [name, inside] = own(known);
        const list = Array.from({ length: 2 }, () => value('integer', known, 0)).join(', ');
        return `[${list}].some((${name}) => ${condition(withValue(inside, { name, kind: 'integer', changes: false }), less)})`;
      },
    ])();
  };

  const texts = (known: Known): string => `${condition(known, 1)} ? ${pick(sample.choice)} : ${pick(sample.choice)}`;

  const apart = (known: Known, name: (known: Known) => string): readonly [string, Known] => {
    if (known.rows.length > 0 && chance(0.5)) {
      const row = pick(known.rows);
      let around = known;
      const [parts, inside] = takenApart(row, known, () => {
        const one = name(around);
        around = withValue(around, { name: one, kind: 'integer', changes: false });
        return one;
      });
      return parts === '' ? [';', known] : [`const { ${parts} } = ${row.name};`, inside];
    }
    const order = orderOf(known);
    if (order === undefined) return [';', known];
    const one = name(known);
    return [`const { weight: ${one} } = ${order};`, withValue(known, { name: one, kind: 'number', changes: false })];
  };

  const loop = (
    known: Known,
    name: (known: Known) => string,
  ): { readonly pattern: string; readonly table: string; readonly inside: Known } => {
    if (chance(0.25)) {
      const one = name(known);
      const list = Array.from({ length: 1 + Math.floor(random() * 3) }, () => value('integer', known, 1));
      return { pattern: one, table: `[${list.join(', ')}]`, inside: withValue(known, { name: one, kind: 'integer', changes: false }) };
    }
    const [text, row] = aTable(known);
    if (chance(0.3)) {
      let around = known;
      const [parts, inside] = takenApart(row, known, () => {
        const one = name(around);
        around = withValue(around, { name: one, kind: 'integer', changes: false });
        return one;
      });
      if (parts !== '') return { pattern: `{ ${parts} }`, table: text, inside };
    }
    const one = name(known);
    return { pattern: one, table: text, inside: withRow(known, { ...row, name: one }) };
  };

  /** `for (const line of order.lines) if (...) total += line.unitPrice;` */
  const lineLoop = (known: Known, name: (known: Known) => string): string | undefined => {
    const order = orderOf(known);
    const adding = known.values.filter((one) => one.changes && (one.kind === 'integer' || one.kind === 'number' || one.kind === 'money'));
    if (order === undefined || adding.length === 0) return undefined;
    const line = name(known);
    const inside = withLine({ ...known, values: known.values.filter((one) => !one.changes) }, line);
    const additions = Array.from({ length: 1 + Math.floor(random() * 2) }, () => {
      const to = pick(adding);
      const added =
        to.kind === 'integer' && chance(0.3) ? `${to.name}++;` : `${to.name} ${pick(['+=', '-='])} ${value(to.kind, inside, 1)};`;
      return chance(0.5) ? `if (${condition(inside, 1)}) ${added}` : added;
    });
    return `for (const ${line} of ${order}.lines) { ${additions.join(' ')} }`;
  };

  const parameter = (): readonly [string, Known] => {
    const none: Known = { values: [], tables: [], rows: [], orders: [], lines: [] };
    if (chance(0.1))
      return [
        '{ shipping: a, gift, weight: x }',
        {
          ...none,
          values: [
            { name: 'a', kind: 'money', changes: false },
            { name: 'gift', kind: 'boolean', changes: false },
            { name: 'x', kind: 'number', changes: false },
          ],
        },
      ];
    const name = pick(['order', 'order', 'row', 'a']);
    return [name, { ...none, orders: [{ name }] }];
  };
  const begin = (): void => {
    left = 3;
  };
  return {
    begin,
    pick,
    chance,
    value,
    condition,
    fresh,
    texts,
    table,
    found,
    apart,
    loop,
    lineLoop,
    parameter,
  };
}
