/** The drawn rules in a real PostgreSQL, over one set of rows: what SQL gives against what the evaluator gives. */
import pg from 'pg';
import { Fault } from '#kernel';
import { evaluate } from '#rules';
import { sqlCompiler } from '#rules/sql';
import { startThrowAwayServer } from '../../src/store/server/index.ts';
import { parseWritten } from '../../src/language/rules/conformance/agreement.ts';
import { fill, sqlNames, table } from '../../src/language/rules/conformance/database.ts';
import { drawn } from '../../src/language/rules/conformance/drawn.ts';
import { contextOf, specimenRows } from '../../src/language/rules/conformance/rows.ts';
import { customerId, orderId, productId } from '../../src/language/rules/conformance/specimens.ts';
import { writtenRule } from '../../src/language/rules/conformance/written-rules.ts';

const today = 20_100;
interface Drawn {
  readonly number: number;
  readonly seed: number;
}

export async function bySqlAlike(
  seed: number,
  rules: readonly Drawn[],
): Promise<{ readonly rules: number; readonly rows: number; readonly overflows: number; readonly different: readonly string[] }> {
  const server = await startThrowAwayServer();
  const client = new pg.Client({ connectionString: server.url('superuser', 'postgres') });
  const rows = specimenRows(seed);
  const context = contextOf(rows, today);
  let [compared, overflows] = [0, 0];
  const different: string[] = [];
  try {
    await client.connect();
    for (const { text, values } of fill('whole', rows, [customerId, productId, orderId])) await client.query(text, [...values]);
    for (const each of rules) {
      const rule = writtenRule(drawn(each.seed, each.number));
      const parsed = parseWritten(rule);
      if (!parsed.ok) continue;
      const { expression } = parsed;
      const compiler = sqlCompiler(sqlNames('whole', 'o', today), {});
      const value = compiler.value(expression);
      const asNumber = expression.type.kind === 'date' ? `(${value} - '1970-01-01'::date)` : value;
      try {
        const found = await client.query(
          `SELECT o.id, ${asNumber} AS value FROM ${table('whole', orderId)} AS o ${compiler.joins.join(' ')}`,
          [...compiler.params],
        );
        for (const row of rows[orderId] ?? []) {
          const given: unknown = found.rows.find((one: { id: string }) => one.id === row.id)?.value ?? null;
          const meant = evaluate(expression, { row }, context);
          compared += 1;
          if ((typeof meant === 'number' ? Number(given) : given) !== meant) {
            different.push(rule.source);
            break;
          }
        }
      } catch (problem) {
        if (!isOverflow(problem)) throw problem;
        overflows += 1;
      }
    }
  } finally {
    await client.end();
    await server.stop();
  }
  return { rules: rules.length, rows: compared, overflows, different };
}
const isOverflow = (problem: unknown): boolean =>
  (problem instanceof Fault && problem.code === 'overflow') ||
  (problem instanceof Error && 'code' in problem && (problem.code === '22003' || problem.code === '22008'));
