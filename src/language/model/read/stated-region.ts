/**
 * The region that a scope states of a formula, from its text: a condition over the row that the formula is about, in the words of rules
 * (`order.total > money('500.00')`), or an arrow function over it. Read against the files that were read last; never throws on any text.
 */
import { parseSync } from 'oxc-parser';
import { pathOf } from '../paths.ts';
import type { RegionRead } from '../reading.ts';
import { sdkNames } from '../sdk-names.ts';
import type { Declared, Formula } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';
import type { Linker } from './linker.ts';
import { collector } from './reporter.ts';
import { withinCaps } from './text-caps.ts';

const memberForm = /^(?:rule\/(?<rule>[a-z][A-Za-z0-9]*)|entity\/(?<entity>[a-z][A-Za-z0-9]*)#field\/[a-z][A-Za-z0-9]*)$/;

/** `member`: `rule/discount` or `entity/order#field/total`. */
export function statedRegion(member: string, text: string, linker: Linker): RegionRead {
  const { report, found } = collector();
  const refused = (why: string): RegionRead => ({ ok: false, why });
  const on = rowOf(member, linker);
  if (on === undefined) return refused(`${member} is no rule that decides and no field of an entity, so it has no region`);
  if (!withinCaps(text, report)) return refused(found[0]?.message ?? 'it is too large');
  try {
    const formula = formulaOf(text, on);
    if (formula === undefined) return refused(`it is no condition: write one such as ${on}.total > money('500.00')`);
    const file = fileFor(text, linker);
    const named = linker.entity(file, { name: on, start: 0 });
    const expression =
      named === undefined ? undefined : linker.formula(file, 'region', formula, named.declaration.id, { kind: 'boolean', optional: false });
    return expression === undefined ? refused(file.found[0]?.message ?? 'it cannot be read') : { ok: true, expression };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused('it is nested too deeply');
  }
}

/** The entity that the formula is about. */
function rowOf(member: string, linker: Linker): string | undefined {
  const { rule, entity } = memberForm.exec(member)?.groups ?? {};
  if (rule === undefined) return entity;
  const declaration = linker.file(pathOf('rule', rule))?.declared.declaration;
  return declaration?.kind === 'rule' && declaration.form !== 'access' ? declaration.on.name : undefined;
}

/** The one expression that the text is; undefined where it is none, or more. */
function formulaOf(text: string, on: string): Formula | undefined {
  const alone = expressionIn(`(${text}\n)`);
  return alone?.type === 'ArrowFunctionExpression' ? alone : expressionIn(`(${on}) => (${text}\n)`);
}
function expressionIn(text: string): Formula | undefined {
  const { program, errors } = parseSync('region.ts', text, { lang: 'ts', sourceType: 'module', astType: 'ts', preserveParens: false });
  const [only, second] = program.body;
  return errors.length === 0 && second === undefined && only?.type === 'ExpressionStatement' ? only.expression : undefined;
}

/** It stands in no file: all of the SDK and every rule is at hand. */
function fileFor(text: string, linker: Linker): LinkedFile {
  const { report, found } = collector();
  const names = new Set(text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []);
  const rules = [...names].flatMap((name) => {
    const path = pathOf('rule', name);
    return linker.file(path)?.declared.declaration?.kind === 'rule' ? [[name, { path, start: 0 }] as const] : [];
  });
  const declared: Declared = {
    path: 'region.ts',
    head: { what: '', why: '', change: '', generator: '', date: '' },
    outline: {},
    ids: [],
    sdk: new Map([...sdkNames].map((name) => [name, name])),
    imports: new Map(rules),
    found,
  };
  return { path: declared.path, declared, needs: new Set(), found, report, formulas: new Map() };
}
