/**
 * The rules of `prove` as real JavaScript runs their files: what each decides and ensures, for rows drawn by seed. Numbers of JavaScript are not exact, so
 * that only what differs by more than their own error counts; which divisions give an amount is not seen in a source, so that both readings are tried.
 */
import { stripTypeScriptTypes } from 'node:module';
import type { Expression } from '#kernel';
import { readSystem } from '#model/read';
import { compileJavaScript } from '#rules/javascript';
import { asValue, overflowed, saidBy } from '../../src/language/rules/conformance/agreement.ts';
import { javaScriptFunctions, type Meaning, realJavaScript } from '../../src/language/rules/conformance/real-javascript.ts';
import { ruleCases, type RuleCase } from '../prove/rules/every-rule-case.ts';
import { askCase, type RuleRow, todayOf } from '../prove/rules/support/ask-case.ts';
import { constantsOf, sampleRow, seeded } from '../prove/rules/support/sample-rows.ts';

export interface PublishedCounts {
  readonly rules: number;
  readonly formulas: number;
  readonly rows: number;
  readonly different: readonly string[];
}
const today = todayOf(undefined);
const functions = javaScriptFunctions(today);
const definition = (given: unknown): unknown => given;
const names = { ...functions, rule: definition };
/** Divisions give plain numbers in the one, amounts in the other. */
const readings = [
  names,
  { ...names, divide: functions['divideMoney'], round: functions['roundMoney'], average: functions['averageMoney'] },
].map((each) => realJavaScript(each));

export function publishedAgree(seed: number, rowsEach: number): PublishedCounts {
  let [rules, formulas, rows] = [0, 0, 0];
  const different: string[] = [];
  for (const one of ruleCases) {
    const found = formulasOf(one);
    if (found.length === 0) continue;
    rules += 1;
    const asked = askCase(one);
    const random = seeded(seed);
    const constants = constantsOf(one);
    const drawn = Array.from({ length: rowsEach }, () => asked.rowOf(sampleRow(asked.model, asked.entity, constants, random), today));
    for (const { name, expression, meanings } of found) {
      formulas += 1;
      const emitted = compileJavaScript(expression);
      const compared = meanings.map((meaning) => drawn.map((row) => alike(expression, emitted, meaning, row, one)));
      const best = compared.find((each) => !each.includes(false)) ?? compared[0] ?? [];
      rows += best.filter((each) => each === true).length;
      if (best.includes(false)) different.push(`${one.id} ${name}`);
    }
  }
  return { rules, formulas, rows, different };
}

interface Found {
  readonly name: string;
  readonly expression: Expression;
  readonly meanings: readonly Meaning[];
}
function formulasOf({ files }: RuleCase): readonly Found[] {
  const reading = readSystem(files);
  if (!reading.ok) return [];
  const { model } = reading;
  return Object.entries(files).flatMap(([path, text]) => {
    // Rows that others refer to, and rules of other files, are not built here.
    if (!path.startsWith('rules/') || !text.includes('export default rule({') || text.includes("from '../") || text.includes('strategies:'))
      return [];
    const plain = stripTypeScriptTypes(text)
      .replaceAll(/^import .*$/gm, '')
      .replace('export default', 'return');
    const made = readings.map((compile) => compile(`(() => {${plain}})()`) as unknown as Definition);
    const rule = model.rules.find((each) => each.name === made[0]?.name);
    if (rule?.form !== 'decision') return [];
    return [
      { name: 'decide', expression: rule.decide, meanings: made.map((each) => each.decide) },
      ...rule.ensures.map((ensured) => ({
        name: `ensures ${ensured.name}`,
        expression: ensured.holds,
        meanings: made.map((each) => each.ensures?.[ensured.name]?.holds ?? (() => undefined)),
      })),
    ];
  });
}
interface Definition {
  readonly name: string;
  readonly decide: Meaning;
  readonly ensures?: { readonly [name: string]: { readonly holds: Meaning } };
}

/** Undefined where the numbers are too large for both to be exact. */
function alike(
  expression: Expression,
  emitted: ReturnType<typeof compileJavaScript>,
  meaning: Meaning,
  row: RuleRow,
  one: RuleCase,
): boolean | undefined {
  const plain = plainRow(one, row);
  if (plain === undefined) return undefined;
  const meant = asValue(expression, () => emitted({ row }, { today, follow: () => null, related: () => [] }));
  if (meant === overflowed) return undefined;
  const given = saidBy(meaning, plain);
  const said = expression.type.kind === 'choice' ? idOf(one, expression.type.field, given) : given;
  if (typeof said === 'number' && typeof meant === 'number') return Math.abs(said - meant) <= 1e-9 * Math.max(1, Math.abs(meant));
  return said === meant || (said === undefined && meant === false && !expression.type.optional);
}
const LARGEST = 10 ** 11;

/** The row as JavaScript has it, by the fields of its entity; undefined where it has what is not built here. */
function plainRow(one: RuleCase, row: RuleRow): object | undefined {
  const reading = readOf.get(one) ?? readSystem(one.files);
  readOf.set(one, reading);
  if (!reading.ok) return undefined;
  const of = reading.model.rules[0]?.on;
  const entity = reading.model.entities.find((each) => each.id === of);
  return entity === undefined ? undefined : plainOf(entity.fields, row);
}
const readOf = new WeakMap<RuleCase, ReturnType<typeof readSystem>>();

type Fields = readonly { readonly name: string; readonly type: { readonly kind: string } }[];
function plainOf(fields: Fields, row: RuleRow): object | undefined {
  const plain: { [name: string]: unknown } = {};
  for (const { name, type } of fields) {
    let value: unknown;
    try {
      value = row[name] ?? undefined;
    } catch {
      return undefined;
    }
    if (type.kind === 'reference') return undefined;
    if (typeof value === 'number' && Math.abs(value) > LARGEST) return undefined;
    if (type.kind === 'list') {
      const items = (value as readonly RuleRow[]).map((item) => plainOf((type as unknown as { fields: Fields }).fields, item));
      if (items.includes(undefined)) return undefined;
      value = items;
    } else if (type.kind === 'choice') {
      const { choices } = type as unknown as { choices: readonly { id: string; name: string }[] };
      value = choices.find((choice) => choice.id === value)?.name;
    } else if ((type.kind === 'decimal' || type.kind === 'quantity') && typeof value === 'number') {
      value /= 10 ** (type as unknown as { scale: number }).scale;
    }
    plain[name] = value;
  }
  return plain;
}
function idOf(one: RuleCase, field: string, name: unknown): unknown {
  const reading = readOf.get(one);
  if (reading === undefined || !reading.ok) return name;
  for (const entity of reading.model.entities)
    for (const each of entity.fields)
      if (each.id === field && each.type.kind === 'choice')
        return each.type.choices.find((choice) => choice.name === name)?.id.replace(/^c_/, '');
  return name;
}
