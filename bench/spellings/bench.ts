/**
 * Whether rules mean what JavaScript makes of their sources: rules drawn by seed as people and models write them (`--sample`, 20,000), each for thirty rows
 * by the evaluator and the emitted JavaScript, one of twenty by SQL too, and the rules of `prove`. `different` must be 0; what is refused is counted.
 */
import type { BenchOptions } from '../options.ts';
import { agreedRows, agreementOver } from '../../src/language/rules/conformance/agreement.ts';
import { drawn } from '../../src/language/rules/conformance/drawn.ts';
import { writtenRule } from '../../src/language/rules/conformance/written-rules.ts';
import { bySqlAlike } from './by-sql.ts';
import { publishedAgree } from './published.ts';

const EACH = 1_000;

export async function run({ seed, sample = 20_000, say }: BenchOptions): Promise<unknown> {
  const counts = { taken: 0, refused: 0, rows: 0, overflows: 0 };
  const different: string[] = [];
  const why = new Map<string, number>();
  const forSql: { readonly source: string; readonly number: number; readonly seed: number }[] = [];
  for (let begun = 0; begun < sample; begun += EACH) {
    // other rows for each thousand
    const own = seed + begun;
    const agree = agreementOver(agreedRows(own));
    for (let number = 0; number < Math.min(EACH, sample - begun); number += 1) {
      const rule = writtenRule(drawn(own, number));
      const agreement = agree(rule);
      if (agreement.is === 'agreed') {
        counts.taken += 1;
        counts.rows += agreement.rows;
        counts.overflows += agreement.overflows;
        if (number % 20 === 0) forSql.push({ source: rule.source, number, seed: own });
      } else if (agreement.is === 'refused') {
        counts.refused += 1;
        why.set(agreement.why, (why.get(agreement.why) ?? 0) + 1);
      } else {
        different.push(rule.source);
        say(
          `DIFFERENT by ${agreement.by}: ${rule.source}\n  ${String(agreement.said)} became ${String(agreement.meant)} for ${JSON.stringify(agreement.row)}`,
        );
      }
    }
    say(`${begun + EACH} of ${sample}: ${counts.taken} taken, ${different.length} different`);
  }
  for (const [each, times] of [...why].sort(([, a], [, b]) => b - a).slice(0, 10)) say(`refused ${times}: ${each}`);
  const sql = await bySqlAlike(seed, forSql);
  for (const each of sql.different) say(`DIFFERENT by SQL: ${each}`);
  const published = publishedAgree(seed, 400);
  for (const each of published.different) say(`DIFFERENT published: ${each}`);
  return {
    seed,
    rules: sample,
    ...counts,
    different: different.length,
    sql: { ...sql, different: sql.different.length },
    published: { ...published, different: published.different.length },
    differentRules: [...different, ...sql.different, ...published.different].slice(0, 5),
  };
}
