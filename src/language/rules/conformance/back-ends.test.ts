/** One meaning, three ways to compute it: the plain evaluator, the emitted JavaScript, and SQL in a real PostgreSQL. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Expression, PermanentId } from '#kernel';
import { Fault } from '#kernel';
import type { RunningServer } from '#store/server';
import { startThrowAwayServer } from '#store/server';
import fc from 'fast-check';
import pg from 'pg';
import { evaluate } from '../evaluate.ts';
import { compileJavaScript } from '../javascript.ts';
import { mutantsOf } from '../mutate.ts';
import { printFunction } from '../print.ts';
import type { SqlOptions } from '../sql.ts';
import { quoted, sqlCompiler } from '../sql.ts';
import type { Schema } from './database.ts';
import { fill, sqlNames, table } from './database.ts';
import { parseWritten } from './agreement.ts';
import { drawn } from './drawn.ts';
import { anyCondition, anyExpression } from './generated.ts';
import { computed, stripped } from './live.ts';
import { contextOf, specimenRows, trickyTexts } from './rows.ts';
import { customerId, orderId, productId, specimenNames } from './specimens.ts';
import { writtenRule } from './written-rules.ts';

const seed = Number(process.env['RULES_SEED'] ?? 7);
const numRuns = Number(process.env['RULES_RUNS'] ?? 250);
/** Shrinking takes minutes: RULES_SHRINK asks for it. */
const shrinking = { endOnFailure: process.env['RULES_SHRINK'] === undefined };
const today = 20100;
const worlds = { whole: specimenRows(seed), holed: specimenRows(seed + 1, true), live: computed(specimenRows(seed + 2), today) } as const;
const schemas = ['whole', 'holed', 'live'] as const;
const rows = worlds.whole;
const contexts = {
  whole: contextOf(worlds.whole, today),
  holed: contextOf(worlds.holed, today),
  live: contextOf(worlds.live, today),
} as const;
const context = contexts.whole;
let server: RunningServer;
let client: pg.Client;

before(async () => {
  server = await startThrowAwayServer();
  client = new pg.Client({ connectionString: server.url('superuser', 'postgres') });
  await client.connect();
  for (const schema of schemas) {
    const kept = schema === 'live' ? stripped(worlds.live) : worlds[schema];
    for (const { text, values } of fill(schema, kept, [customerId, productId, orderId])) await client.query(text, [...values]);
  }
  await client.query('ANALYZE');
});
after(async () => {
  await client?.end();
  await server?.stop();
});

const result = (compute: () => unknown): unknown => {
  try {
    return compute();
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'overflow') return 'overflow';
    throw fault;
  }
};
const shown = (expression: Expression): string =>
  printFunction(expression, specimenNames, { inputs: { row: 'row' }, parameters: () => '(row)' });
const expectedOf = (schema: Schema, expression: Expression, of: PermanentId): ReadonlyMap<string, unknown> =>
  new Map((worlds[schema][of] ?? []).map((row) => [row.id, result(() => evaluate(expression, { row }, contexts[schema]))]));

const forms: readonly SqlOptions[] = [{}, { constants: 'literals', references: 'join' }, { aggregates: 'grouped' }];

const read = (expression: Expression, value: unknown): unknown =>
  value === null || expression.type.kind === 'boolean' || expression.type.kind === 'choice' ? value : Number(value);

async function bySql(
  schema: Schema,
  expression: Expression,
  of: PermanentId,
  options: SqlOptions,
): Promise<ReadonlyMap<string, unknown> | 'overflow'> {
  const compiler = sqlCompiler(sqlNames(schema, 'o', today), options);
  const value = compiler.value(expression);
  const asNumber = expression.type.kind === 'date' ? `(${value} - '1970-01-01'::date)` : value;
  const text = `SELECT o.id, ${asNumber} AS value FROM ${table(schema, of)} AS o ${compiler.joins.join(' ')}`;
  return run(text, compiler.params, (found) => new Map(found.map((row) => [String(row['id']), read(expression, row['value'])])));
}

async function run<Value>(
  text: string,
  params: readonly unknown[],
  map: (rows: readonly { readonly [name: string]: unknown }[]) => Value,
): Promise<Value | 'overflow'> {
  try {
    return map((await client.query(text, [...params])).rows);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === '22003' || error.code === '22008')) return 'overflow';
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${text}`, { cause: error });
  }
}

test('JavaScript means what the plain evaluator means, faults included', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(orderId, customerId, productId).chain((of) => fc.tuple(fc.constant(of), anyExpression(of, 4))),
      ([of, expression]) => {
        const compiled = compileJavaScript(expression);
        for (const schema of ['whole', 'holed'] as const) {
          for (const row of worlds[schema][of] ?? []) {
            assert.deepEqual(
              result(() => compiled({ row }, contexts[schema])),
              result(() => evaluate(expression, { row }, contexts[schema])),
              shown(expression),
            );
          }
        }
      },
    ),
    { seed, numRuns: numRuns * 4, ...shrinking },
  );
});

test('SQL in every form gives the values that the plain evaluator gives', async () => {
  let overflows = 0;
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom(orderId, customerId)
        .chain((of) => fc.tuple(fc.constant(of), anyExpression(of, 3), fc.constantFrom<Schema>(...schemas))),
      async ([of, expression, schema]) => {
        const expected = expectedOf(schema, expression, of);
        if ([...expected.values()].includes('overflow')) return void (overflows += 1);
        for (const options of forms) {
          const found = await bySql(schema, expression, of, options);
          if (found === 'overflow') overflows += 1;
          else assert.deepEqual(found, expected, `${shown(expression)} ${JSON.stringify(options)}`);
        }
      },
    ),
    { seed, numRuns, ...shrinking },
  );
  assert.ok(overflows < numRuns / 5, `${overflows} of ${numRuns} expressions left the exact range`);
});

test('SQL gives for rules as people write them what the plain evaluator gives', async () => {
  let asked = 0;
  for (let number = 0; number < numRuns / 3; number += 1) {
    const rule = writtenRule(drawn(seed, number));
    const parsed = parseWritten(rule);
    if (!parsed.ok) continue;
    const expected = expectedOf('whole', parsed.expression, orderId);
    const found = await bySql('whole', parsed.expression, orderId, {});
    if (found === 'overflow' || [...expected.values()].includes('overflow')) continue;
    assert.deepEqual(found, expected, rule.source);
    asked += 1;
  }
  assert.ok(asked > numRuns / 6, `${asked}`);
});

test('a filter keeps the rows for which the condition is true, and no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom(orderId, customerId)
        .chain((of) => fc.tuple(fc.constant(of), anyCondition(of, 3), fc.constantFrom<Schema>(...schemas))),
      async ([of, condition, schema]) => {
        const expected = expectedOf(schema, condition, of);
        if ([...expected.values()].includes('overflow')) return;
        const kept = [...expected]
          .filter(([, value]) => value === true)
          .map(([row]) => row)
          .sort();
        for (const options of forms) {
          const compiler = sqlCompiler(sqlNames(schema, 'o', today), options);
          const where = compiler.filter(condition);
          const found = await run(
            `SELECT o.id FROM ${table(schema, of)} AS o ${compiler.joins.join(' ')} WHERE ${where}`,
            compiler.params,
            (list) => list.map((row) => String(row['id'])).sort(),
          );
          if (found !== 'overflow') assert.deepEqual(found, kept, `${shown(condition)} ${JSON.stringify(options)}`);
        }
      },
    ),
    { seed, numRuns, ...shrinking },
  );
});

test('every mutant is an expression that JavaScript and the evaluator take alike', () => {
  fc.assert(
    fc.property(anyExpression(orderId, 3), (expression) => {
      for (const mutant of mutantsOf(expression, specimenNames).slice(0, 20)) {
        const compiled = compileJavaScript(mutant.expression);
        for (const row of (rows[orderId] ?? []).slice(0, 5)) {
          assert.deepEqual(
            result(() => compiled({ row }, context)),
            result(() => evaluate(mutant.expression, { row }, context)),
            mutant.description,
          );
        }
      }
    }),
    { seed, numRuns: numRuns / 2, ...shrinking },
  );
});

test('a text is read as it was, whatever the server makes of backslashes', async () => {
  for (const setting of ['on', 'off']) {
    await client.query(`SET standard_conforming_strings = ${setting}`);
    for (const text of trickyTexts) assert.equal((await client.query(`SELECT ${quoted(text)}::text AS text`)).rows[0].text, text);
  }
  await client.query('RESET standard_conforming_strings');
});
