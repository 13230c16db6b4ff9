/**
 * Formulas over the specimen orders as people and models write them, drawn by seed: `let` with `+=`, loops over tables, `switch` with `break`,
 * early returns, destructuring, tables by key and by place, `reduce`, `Math.max`. Names are few, so that they hide one another. Each is well typed;
 * what the language refuses of them is refused, and everything else must mean what JavaScript makes of it.
 */
import { type Kind, type Known, withRow, withTable, withValue } from './written-names.ts';
import { written } from './written-values.ts';

export interface WrittenRule {
  readonly source: string;
  readonly gives: Kind;
}
export function writtenRule(random: () => number): WrittenRule {
  const write = written(random);
  const { pick, chance, value, condition, fresh } = write;
  const gives = pick<Kind>(['integer', 'number', 'money', 'boolean', 'date', 'choice']);

  const returned = (known: Known): string => {
    write.begin();
    return `return ${value(gives, known, 2)};`;
  };
  /** Statements that end with `return`. */
  const body = (known: Known, left: number): string => {
    if (left <= 0) return returned(known);
    const [text, after] = statement(known, left, true);
    return `${text} ${body(after, left - 1)}`;
  };
  const block = (known: Known, left: number, returns: boolean): string => {
    let [text, inside] = ['', known];
    for (let count = 0; count < 1 + Math.floor(random() * 2); count += 1) {
      const [one, after] = statement(inside, left - 1, returns);
      [text, inside] = [`${text}${one} `, after];
    }
    return returns && chance(0.3) ? `{ ${text}${returned(inside)} }` : `{ ${text}}`;
  };
  const assignment = (known: Known): string => {
    const changing = known.values.filter((one) => one.changes);
    const one = changing.length === 0 ? undefined : pick(changing);
    if (one === undefined) return ';';
    if (one.kind === 'choice' || one.kind === 'date' || one.kind === 'boolean') return `${one.name} = ${value(one.kind, known, 1)};`;
    if (one.kind === 'integer' && chance(0.2)) return `${one.name}${pick(['++', '--'])};`;
    if (chance(0.2)) return `${one.name} *= ${pick(['2', '3', '-1'])};`;
    return `${one.name} ${pick(['+=', '-=', '+=', '='])} ${value(one.kind, known, 1)};`;
  };
  const statement = (known: Known, left: number, returns: boolean): readonly [string, Known] => {
    write.begin();
    const kind = left <= 0 ? 'assignment' : pick(returns ? statements : [...statements, 'assignment', 'if', 'for']);
    switch (kind) {
      case 'const':
      case 'let': {
        if (kind === 'let' && !returns) return [assignment(known), known];
        const name = fresh(known);
        const of = pick<Kind>(['integer', 'number', 'money', 'boolean', 'date', 'choice']);
        const text = of === 'choice' && kind === 'const' && chance(0.5) ? write.texts(known) : value(of, known, 2);
        return [`${kind} ${name} = ${text};`, withValue(known, { name, kind: of, changes: kind === 'let' })];
      }
      case 'table': {
        const name = fresh(known);
        const [text, table] = write.table(known);
        return [`const ${name} = ${text};`, withTable(known, { ...table, name })];
      }
      case 'found': {
        const name = fresh(known);
        const found = write.found(known);
        if (found === undefined || !returns) return [assignment(known), known];
        const inside = withRow(known, { ...found.row, name });
        return [`const ${name} = ${found.text}; if (${pick([`!${name}`, `${name} === undefined`])}) ${returned(known)}`, inside];
      }
      case 'apart': {
        const [text, inside] = write.apart(known, fresh);
        return [text, inside];
      }
      case 'if': {
        const otherwise = chance(0.5) ? ` else ${chance(0.3) ? statement(known, 0, returns)[0] : block(known, left - 1, returns)}` : '';
        return [`if (${condition(known, 2)}) ${block(known, left - 1, returns)}${otherwise}`, known];
      }
      case 'early':
        return returns ? [`if (${condition(known, 2)}) ${returned(known)}`, known] : [assignment(known), known];
      case 'block':
        return [block(known, left - 1, returns && chance(0.3)), known];
      case 'for': {
        const loop = write.loop(known, fresh);
        const body = block(loop.inside, left - 2, returns && chance(0.4));
        if (chance(0.6)) return [`for (const ${loop.pattern} of ${loop.table}) ${body}`, known];
        const leave = pick(['continue;', 'break;', `{ ${assignment(loop.inside)} break; }`, `{ ${assignment(loop.inside)} continue; }`]);
        const [before, behind] = [
          chance(0.5) ? `${assignment(loop.inside)} ` : '',
          chance(0.2) ? ` if (${condition(loop.inside, 1)}) break;` : '',
        ];
        return [
          `for (const ${loop.pattern} of ${loop.table}) { ${before}if (${condition(loop.inside, 1)}) ${leave} ${body}${behind} }`,
          known,
        ];
      }
      case 'lines': {
        const text = write.lineLoop(known, fresh);
        return [text ?? assignment(known), known];
      }
      case 'switch': {
        const cases = ['open', 'paid', 'shipped'].slice(0, 1 + Math.floor(random() * 3));
        const texts = cases.map((one) => {
          const ends = returns && chance(0.4);
          const labels = chance(0.2) && one === 'open' ? `case 'shipped': case 'open':` : `case '${one}':`;
          return `${labels} ${ends ? returned(known) : `${assignment(known)}${chance(0.9) ? ' break;' : ''}`}`;
        });
        const last = chance(0.5) ? ` default: ${assignment(known)}` : '';
        return [`switch (${value('choice', known, 0)}) { ${texts.join(' ')}${last} }`, known];
      }
      default:
        return [assignment(known), known];
    }
  };
  write.begin();
  const [parameter, known] = write.parameter();
  const text = chance(0.12) ? value(gives, known, 4) : `{ ${body(known, 2 + Math.floor(random() * 5))} }`;
  return { source: `(${parameter}) => ${text.startsWith('{ a:') ? `(${text})` : text}`, gives };
}
const statements = ['const', 'let', 'let', 'table', 'found', 'apart', 'if', 'early', 'block', 'for', 'for', 'lines', 'switch'] as const;
