/** Whether a formula means what JavaScript makes of its source: evaluator and emitted JavaScript against the source itself, row by row. */
import type { Expression } from '#kernel';
import { Fault } from '#kernel';
import { evaluate } from '../evaluate.ts';
import { compileJavaScript } from '../javascript.ts';
import type { ParsedExpression } from '../parse.ts';
import { javaScriptFunctions, realJavaScript, type Meaning } from './real-javascript.ts';
import { contextOf, specimenRows, type SpecimenRow, type SpecimenRows } from './rows.ts';
import { customerId, orderId, parseSource, productId, specimenNames } from './specimens.ts';
import type { WrittenRule } from './written-rules.ts';

const today = 20_100;
/** Numbers with at most three binary digits, which JavaScript computes exactly. */
const inEighths = (row: SpecimenRow): SpecimenRow => ({
  ...row,
  weight: Math.trunc(Number(row['weight']) / 5) * 5,
  rate: typeof row['rate'] === 'number' ? Math.trunc(row['rate'] / 125) * 125 : null,
});
export const agreedRows = (seed: number): SpecimenRows => {
  const rows = specimenRows(seed);
  return { ...rows, [orderId]: (rows[orderId] ?? []).map(inEighths) };
};

/** The row as plain JavaScript has it: by name, with what it leads to. */
function plainRow(rows: SpecimenRows, of: string, row: SpecimenRow): object {
  const plain: Record<string, unknown> = {};
  for (const member of specimenNames.members(of as typeof orderId)) {
    if (member.kind !== 'field') continue;
    const value = row[member.name] ?? undefined;
    const { type } = member;
    if (type.kind === 'list')
      plain[member.name] = (Array.isArray(value) ? (value as readonly SpecimenRow[]) : []).map((item) => plainRow(rows, type.of, item));
    else if (typeof value === 'number' && type.kind === 'number' && !type.money) plain[member.name] = value / 10 ** type.scale;
    else if (type.kind === 'choice') plain[member.name] = typeof value === 'string' ? value.replace(/^c_/, '') : undefined;
    else if (type.kind === 'reference') {
      const to = rows[type.to]?.find((one) => one.id === value);
      plain[member.name] = to === undefined || of === customerId || of === productId ? undefined : plainRow(rows, type.to, to);
    } else plain[member.name] = value;
  }
  return plain;
}

export type Agreement =
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'agreed'; readonly rows: number; readonly overflows: number; readonly expression: Expression }
  | { readonly is: 'different'; readonly row: SpecimenRow; readonly said: unknown; readonly meant: unknown; readonly by: string };

/** Functions of the SDK that the source calls by a name of its own, for those whose result is an amount. */
export const aliases: { readonly [name: string]: string } = { divideMoney: 'divide', roundMoney: 'round', averageMoney: 'average' };
export const parseWritten = ({ source, gives }: WrittenRule): ParsedExpression =>
  parseSource(source, {
    aliases,
    ...(gives === 'choice' ? { expected: { kind: 'choice', field: 'f_stat' as typeof orderId, optional: true } as const } : {}),
  });

/** What compares rules over these rows. */
export function agreementOver(rows: SpecimenRows): (rule: WrittenRule) => Agreement {
  const context = contextOf(rows, today);
  const compile = realJavaScript(javaScriptFunctions(today));
  const asked = (rows[orderId] ?? []).map((row) => ({ row, plain: plainRow(rows, orderId, row) }));
  return (rule) => {
    const parsed = parseWritten(rule);
    if (!parsed.ok) return { is: 'refused', why: parsed.problems[0]?.message ?? '' };
    const { expression } = parsed;
    const meaning = compiled(compile, rule.source);
    // as two constants of one name, behind what always returns
    if (meaning === undefined) return { is: 'refused', why: 'it is no JavaScript' };
    const emitted = compileJavaScript(expression);
    let overflows = 0;
    for (const { row, plain } of asked) {
      const meant = asValue(expression, () => evaluate(expression, { row }, context));
      if (meant === overflowed) {
        overflows += 1;
        continue;
      }
      const said = saidBy(meaning, plain);
      if (!same(said, meant, expression)) return { is: 'different', row, said, meant, by: 'evaluator' };
      const quick = asValue(expression, () => emitted({ row }, context));
      if (!same(said, quick, expression)) return { is: 'different', row, said, meant: quick, by: 'JavaScript' };
    }
    return { is: 'agreed', rows: asked.length - overflows, overflows, expression };
  };
}

export const overflowed: unique symbol = Symbol('overflowed');
/** Absent is absent, but for the answer of a question, where it counts as no; a zero has no sign. */
const same = (said: unknown, meant: unknown, { type }: Expression): boolean =>
  said === meant || (said === 0 && meant === 0) || (said === undefined && meant === false && type.kind === 'boolean' && !type.optional);

function compiled(compile: (source: string) => Meaning, source: string): Meaning | undefined {
  try {
    return compile(source);
  } catch {
    return undefined;
  }
}
export function saidBy(meaning: Meaning, row: object): unknown {
  try {
    return meaning(row);
  } catch (problem) {
    return problem instanceof Error || typeof problem === 'object' ? `throws ${String(problem)}` : problem;
  }
}
export function asValue({ type }: Expression, compute: () => unknown): unknown {
  try {
    const value = compute() ?? undefined;
    if (typeof value === 'number' && type.kind === 'number') return value / 10 ** (type.scale - (type.money ? 2 : 0));
    return typeof value === 'string' && type.kind === 'choice' ? value.replace(/^c_/, '') : value;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'overflow') return overflowed;
    throw fault;
  }
}
