/**
 * The rule IR as JavaScript. The text is made here, of names made here: nothing of a source ever stands in it but quoted
 * field names, ids and constants. Total and bounded by construction, so it may run inside the kernel process.
 * Throws Fault('overflow') alone, and Fault('bug') where the context lacks what the rule reads.
 */
import type { Expression } from '#kernel';
import type { RuleContext } from './runtime.ts';
import { runtime } from './runtime.ts';
import { scaleOf } from './value-type.ts';

export type { RuleContext } from './runtime.ts';
/** Inputs by name: rows are objects by field name, all values rule values. Answers a rule value. */
export type CompiledRule = (inputs: { readonly [name: string]: unknown }, context: RuleContext) => unknown;

/** The result is a number at the scale of the expression's type, days, a choice id, a row id, or null where it is absent. */
export function compileJavaScript(expression: Expression): CompiledRule {
  const { text, locals } = emit(expression);
  const declared = locals.length === 0 ? '' : `let ${locals.join(', ')};`;
  const made: unknown = new Function('rt', `"use strict"; return (inputs, context) => { ${declared} return ${text}; };`);
  return (made as (rt: typeof runtime) => CompiledRule)(runtime);
}

function emit(expression: Expression): { readonly text: string; readonly locals: readonly string[] } {
  const locals: string[] = [];
  const local = (): string => {
    const name = `v${locals.length}`;
    locals.push(name);
    return name;
  };
  const aligned = (at: Expression, scale: number, names: ReadonlyMap<string, string>): string => {
    const difference = at.type.kind === 'number' ? scale - at.type.scale : 0;
    return difference > 0 ? `rt.scaled(${write(at, names)}, ${10 ** difference})` : write(at, names);
  };
  const write = (at: Expression, names: ReadonlyMap<string, string>): string => {
    switch (at.node) {
      case 'constant':
        return typeof at.value === 'number' ? `(${at.value})` : JSON.stringify(at.value);
      case 'input':
        return names.get(at.name) ?? `rt.field(inputs, ${JSON.stringify(at.name)})`;
      case 'field':
        return `rt.${at.type.kind === 'list' ? 'list' : 'field'}(${write(at.of, names)}, ${JSON.stringify(at.field)})`;
      case 'follow':
        return `rt.follow(context, ${JSON.stringify(at.to)}, ${write(at.of, names)})`;
      case 'related':
        return `rt.related(context, ${JSON.stringify(at.entity)}, ${JSON.stringify(at.via)}, ${write(at.of, names)})`;
      case 'not':
        return `(${write(at.of, names)} !== true)`;
      case 'negate':
        return `rt.negate(${write(at.of, names)})`;
      case 'absent':
        return `(${write(at.of, names)} === null)`;
      case 'today':
        return 'context.today';
      case 'binary':
        return binary(at, names);
      case 'divide':
        return `rt.divide(${write(at.left, names)}, ${write(at.right, names)}, ${at.scale + scaleOf(at.right.type) - scaleOf(at.left.type)}, "${at.rounding}")`;
      case 'round':
        return `rt.divide(${write(at.of, names)}, 1, ${at.scale - scaleOf(at.of.type)}, "${at.rounding}")`;
      case 'condition': {
        const scale = scaleOf(at.type);
        return `(${write(at.when, names)} === true ? ${aligned(at.then, scale, names)} : ${aligned(at.otherwise, scale, names)})`;
      }
      case 'coalesce': {
        const scale = scaleOf(at.type);
        return `(${aligned(at.of, scale, names)} ?? ${aligned(at.otherwise, scale, names)})`;
      }
      case 'addToDate':
        return `rt.${at.unit === 'days' ? 'addDays' : 'addMonths'}(${write(at.of, names)}, ${write(at.amount, names)})`;
      case 'daysBetween':
        return `rt.subtract(${write(at.right, names)}, ${write(at.left, names)})`;
      case 'partOfDate':
        return `rt.partOfDate(${write(at.of, names)}, "${at.part}")`;
      case 'edgeOfPeriod':
        return `rt.edgeOfPeriod(${write(at.of, names)}, "${at.edge}", "${at.period}")`;
      case 'periodsBetween':
        return `rt.${at.unit}Between(${write(at.left, names)}, ${write(at.right, names)})`;
      case 'let': {
        const name = local();
        return `(${name} = ${write(at.value, names)}, ${write(at.body, new Map(names).set(at.name, name))})`;
      }
      case 'aggregate':
        return aggregate(at, names);
    }
  };
  const binary = (at: Extract<Expression, { node: 'binary' }>, names: ReadonlyMap<string, string>): string => {
    const scale = at.op === 'multiply' ? 0 : Math.max(scaleOf(at.left.type), scaleOf(at.right.type));
    const [left, right] = [aligned(at.left, scale, names), aligned(at.right, scale, names)];
    switch (at.op) {
      case 'and':
        return `(${left} === true && ${right} === true)`;
      case 'or':
        return `(${left} === true || ${right} === true)`;
      case 'equal':
        return `(${left} === ${right})`;
      case 'notEqual':
        return `(${left} !== ${right})`;
      case 'less':
      case 'lessOrEqual':
        return `rt.${at.op}(${left}, ${right})`;
      case 'greater':
        return `rt.less(${right}, ${left})`;
      case 'greaterOrEqual':
        return `rt.lessOrEqual(${right}, ${left})`;
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'smaller':
      case 'larger':
        return `rt.${at.op}(${left}, ${right})`;
    }
  };
  const aggregate = (at: Extract<Expression, { node: 'aggregate' }>, names: ReadonlyMap<string, string>): string => {
    const item = local();
    const inside = new Map(names).set(at.item, item);
    const reader = (body: string): string => `(i) => { ${item} = i; return ${body}; }`;
    const over =
      at.where === undefined ? write(at.over, names) : `${write(at.over, names)}.filter(${reader(`${write(at.where, inside)} === true`)})`;
    const value = at.value === undefined ? 'null' : write(at.value, inside);
    switch (at.op) {
      case 'count':
        return `${over}.length`;
      case 'some':
      case 'every':
        return `${over}.${at.op}(${reader(`${value} === true`)})`;
      case 'average':
        return `rt.average(${over}, ${reader(value)}, ${scaleOf(at.type) - scaleOf(at.value?.type ?? at.type)}, "${at.rounding ?? 'half-up'}")`;
      case 'sum':
      case 'smallest':
      case 'largest':
        return `rt.${at.op}(${over}, ${reader(value)})`;
    }
  };
  return { text: write(expression, new Map()), locals };
}
