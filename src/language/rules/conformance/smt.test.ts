/**
 * The translation for solvers against the running JavaScript: random expressions, random rows. Twice: by the value that the terms have
 * at a point, and by what the solver itself says of the printed script. A translation that errs here would prove falsehoods.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z3Solver } from '#adapters/z3-solver';
import type { Expression, Field } from '#kernel';
import fc from 'fast-check';
import { printFunction } from '../print.ts';
import { partsOfTerm } from '../smt/term.ts';
import { agrees, type Encoded, encodeQuestion, NotProvable, type Question, sampler, scriptOf, type Term, worldAt } from '../smt.ts';
import { anyExpression } from './generated.ts';
import { liveFormulas } from './live.ts';
import { customerId, orderId, specimenEntities, specimenNames } from './specimens.ts';

const seed = Number(process.env['RULES_SEED'] ?? 7);
const numRuns = Number(process.env['RULES_RUNS'] ?? 250);
/** Of a script that needs longer nothing is learnt here: calendars within calendars do. */
const milliseconds = Number(process.env['RULES_MS'] ?? 1_500);
const UNROLLED = 3;
const solver = z3Solver({ threads: 1 });
after(() => solver.close());

const stored = { entities: specimenEntities, currencyDigits: 2, mostItems: 1_000 };
/** The same rows, some fields computed. */
const computed = {
  ...stored,
  entities: specimenEntities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => {
      const formula = liveFormulas.get(field.id);
      if (formula === undefined) return field;
      const otherwise: Expression = { node: 'constant', type: { ...formula.type, optional: true }, value: null };
      const open: Expression = { node: 'constant', type: { kind: 'boolean', optional: false }, value: field.name === 'rate' };
      return {
        ...field,
        derived: field.name === 'rate' ? { mode: 'live' as const, formula } : { mode: 'fixed' as const, while: open, formula, otherwise },
      };
    }),
  })),
};
/** The same rows, numbers and dates held to bounds: then much is decided before a solver is asked. */
const bounded = {
  ...stored,
  entities: specimenEntities.map((entity) => ({ ...entity, fields: entity.fields.map(withBounds) })),
};
function withBounds(field: Field, at: number): Field {
  const { type } = field;
  switch (type.kind) {
    case 'integer':
      return { ...field, type: { ...type, min: at % 2, max: 500 } };
    case 'money':
      return { ...field, type: { ...type, min: at % 2 === 0 ? '0.00' : '-5.00', max: '2000.00' } };
    case 'decimal':
    case 'quantity':
      return { ...field, type: { ...type, min: '0.1' } };
    case 'date':
      return { ...field, type: { ...type, min: '2020-01-01', max: '2030-12-31' } };
    case 'list':
      return { ...field, required: true, type: { ...type, fields: type.fields.map(withBounds) } };
    default:
      return field;
  }
}
const shown = (expression: Expression): string =>
  printFunction(expression, specimenNames, { inputs: { row: 'row' }, parameters: () => '(row)' });
const about = fc
  .constantFrom(orderId, customerId)
  .chain((of) => fc.tuple(fc.constant(of), anyExpression(of, 3), fc.constantFrom(stored, computed, bounded)));

function encoded(question: Question): Encoded | undefined {
  try {
    return encodeQuestion(question, UNROLLED);
  } catch (cause) {
    if (cause instanceof NotProvable) return undefined;
    throw cause;
  }
}

test('a translated expression has the value that JavaScript gives it, absent and out of range alike', () => {
  let compared = 0;
  let refused = 0;
  fc.assert(
    fc.property(about, fc.integer(), ([of, expression, system], points) => {
      const made = encoded({ system, about: of, given: [], claim: { kind: 'exact', of: expression } });
      if (made === undefined) return void (refused += 1);
      const samples = sampler(made, [expression], UNROLLED, points);
      for (let at = 0; at < 12; at++) {
        const world = worldAt(made, samples.next(), UNROLLED);
        if (!made.encoder.rows.facts().every((fact) => world.numbers.truth(fact))) continue;
        for (const root of made.roots) assert.ok(agrees(made, world, root), `${shown(root.of)} ${JSON.stringify(world.rowOf(made.row))}`);
        compared += 1;
      }
    }),
    { seed, numRuns: numRuns * 4, endOnFailure: process.env['RULES_SHRINK'] === undefined },
  );
  assert.ok(compared > numRuns * 20 && refused < numRuns, `${compared} rows compared, ${refused} expressions refused`);
});

test('no number leaves its interval, and every lemma holds, whatever the row', () => {
  fc.assert(
    fc.property(about, fc.integer(), ([of, expression, system], points) => {
      const made = encoded({ system, about: of, given: [], claim: { kind: 'exact', of: expression } });
      if (made === undefined) return;
      const { terms, rows } = made.encoder;
      const samples = sampler(made, [expression], UNROLLED, points);
      const meant = new Set<Term>(made.roots.flatMap((root) => [root.made.absent, root.made.value, root.made.fault]));
      for (const term of meant) {
        for (const part of partsOfTerm(term)) meant.add(part);
        if (term.node === 'opaque') for (const part of [term.opaque.definition(), ...term.opaque.lemmas()]) meant.add(part);
      }
      const opaques = [...meant].filter((term) => term.node === 'opaque');
      const lemmas = opaques.flatMap((term, at) => [
        ...term.opaque.lemmas(),
        ...opaques.slice(0, at).flatMap((other) => terms.orderLemmas(term, other)),
      ]);
      for (let at = 0; at < 6; at++) {
        const { numbers } = worldAt(made, samples.next(), UNROLLED);
        if (!rows.facts().every((fact) => numbers.truth(fact))) continue;
        for (const lemma of lemmas) assert.ok(numbers.truth(lemma), shown(expression));
        for (const term of meant) {
          if (term.sort !== 'Int') continue;
          const value = numbers.number(term);
          assert.ok(
            (term.low === null || term.low <= value) && (term.high === null || value <= term.high),
            `${term.node} of ${shown(expression)}`,
          );
        }
      }
    }),
    { seed, numRuns: numRuns * 2, endOnFailure: process.env['RULES_SHRINK'] === undefined },
  );
});

test('the solver gives a printed script the value that JavaScript gives the expression', async () => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(about, fc.integer(), async ([of, expression, system], points) => {
      const made = encoded({ system, about: of, given: [], claim: { kind: 'exact', of: expression } });
      const root = made?.roots[0];
      if (made === undefined || root === undefined) return;
      const { terms, rows } = made.encoder;
      const point = sampler(made, [expression], UNROLLED, points).next();
      const world = worldAt(made, point, UNROLLED);
      if (!rows.facts().every((fact) => world.numbers.truth(fact))) return;
      const here = [...point].map(([term, value]) =>
        typeof value === 'bigint' ? terms.equal(term, terms.int(value)) : value ? term : terms.not(term),
      );
      const is = (term: Term): Term =>
        term.sort === 'Bool'
          ? world.numbers.truth(term)
            ? term
            : terms.not(term)
          : terms.equal(term, terms.int(world.numbers.number(term)));
      const fault = is(root.made.fault);
      const value = world.numbers.truth(root.made.fault)
        ? fault
        : terms.and(fault, is(root.made.absent), terms.or(root.made.absent, is(root.made.value)));
      // With the point fixed, what was computed is the only possibility, by definitions and lemmas together.
      for (const [claim, verdict] of [
        [value, 'sat'],
        [terms.not(value), 'unsat'],
      ] as const) {
        const script = scriptOf(terms, [...here, claim], { exact: true, known: () => rows.facts() });
        const answer = await solver.solve(script.text, { milliseconds, effort: 20_000_000 });
        if (answer.verdict === 'unknown') continue;
        asserted(answer.verdict, verdict, script.text);
        asked += 1;
      }
      function asserted(found: string, wanted: string, text: string): void {
        assert.equal(found, wanted, `${shown(expression)}\n${text}`);
      }
    }),
    { seed, numRuns, endOnFailure: process.env['RULES_SHRINK'] === undefined },
  );
  assert.ok(asked > numRuns, `${asked} scripts were decided`);
});
