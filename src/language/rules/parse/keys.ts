/** Records read by a key, `{ gold: 20, basic: 0 }[member.tier]`, and tables read by a place, `[0, 5, 10][member.level]`. */
import type { Expression } from '#kernel';
import { booleanType } from '../value-type.ts';
import { nodesOf } from '../walk.ts';
import type { Data, Parsing, Place, Written } from './parsing.ts';
import { needPresent } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { stop } from './syntax.ts';
import { membersIn, rowsIn } from './written.ts';

/** What of a record or a table has the key; `meant` gives what stands at a member. Where none may have it, it may be absent. */
export function atKey(parsing: Parsing, record: Written, keyAt: Syntax, place: Place, meant: (at: Syntax) => Data): Data {
  if (record.at.type === 'ArrayExpression') return atPlace(parsing, rowsIn(record.at), keyAt, place, meant);
  if (record.at.type !== 'ObjectExpression')
    return stop(keyAt, 'Rows of a table are found by what they hold: write `table.find((row) => ...)`.');
  const members = [...membersIn(record.at)];
  const key = needPresent(parsing.parse(keyAt, place), keyAt);
  if (key.type.kind === 'text') {
    if (key.node === 'constant') return atText(members, key.value, meant);
    parsing.spend(keyAt, members.length * [...nodesOf(key)].length);
    return firstEqual(
      key,
      members.map(([name, value]) => [name, meant(value)] as const),
    );
  }
  if (key.type.kind !== 'choice')
    return stop(keyAt, 'A record is read by a choice: write a table and `table.find((row) => ...)` for all else.');
  const choices = parsing.scope.choices(key.type.field);
  const ids = members.map(([name, value]) => {
    const choice = choices.find((one) => one.name === name);
    if (choice === undefined) return stop(value, `'${name}' is none of its choices: ${choices.map((one) => `'${one.name}'`).join(', ')}.`);
    return [choice.id, meant(value)] as const;
  });
  parsing.spend(keyAt, members.length * [...nodesOf(key)].length);
  const last = ids.at(-1);
  const whole = choices.every((choice) => members.some(([name]) => name === choice.name));
  return whole && last !== undefined ? firstEqual(key, ids.slice(0, -1), last[1]) : firstEqual(key, ids);
}

/** Of a record by a text that stands in the formula. */
export function atText(members: readonly (readonly [string, Syntax])[], text: unknown, meant: (at: Syntax) => Data): Data {
  const found = members.find(([name]) => name === text);
  return found === undefined ? null : meant(found[1]);
}

/** The first has place 0; none where there are not so many. */
function atPlace(parsing: Parsing, rows: readonly Syntax[], keyAt: Syntax, place: Place, meant: (at: Syntax) => Data): Data {
  const key = needPresent(parsing.parse(keyAt, place), keyAt);
  if (key.type.kind !== 'number' || key.type.scale !== 0 || key.type.money)
    return stop(
      keyAt,
      'Rows of a table are found by their place, a whole number from 0, or by what they hold: write `table.find((row) => ...)`.',
    );
  if (key.node === 'constant') {
    const row = rows[Number(key.value)];
    return row === undefined ? null : meant(row);
  }
  parsing.spend(keyAt, rows.length * [...nodesOf(key)].length);
  return firstEqual(
    key,
    rows.map((row, number) => [number, meant(row)] as const),
  );
}

function firstEqual(key: Expression, found: readonly (readonly [string | number, Data])[], otherwise: Data = null): Data {
  const type = { ...key.type, optional: false };
  return found.reduceRight<Data>((no, [value, yes]) => {
    const right: Expression = { node: 'constant', type, value };
    return { when: { node: 'binary', op: 'equal', left: key, right, type: booleanType }, yes, no };
  }, otherwise);
}
