/**
 * One generation's tables in a schema of their own, filled, for reading and writing as its callers would. Its reads are the statements
 * of `read`, over the other schema; the last one can be explained. Writes run in a transaction that is rolled back.
 */
import type pg from 'pg';
import { type Call, Fault, type PermanentId } from '#kernel';
import type { Answer, Link, Values } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';
import { ASKED } from '../physical/asked-indexes.ts';
import { quoted } from '../physical/names.ts';
import type { RowPlan } from '../physical/row-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { cursorsOf } from '../read/cursor.ts';
import { type Reader, readerOver } from '../read/reader.ts';
import { type ExplainedPlan, planOf } from './explained-plan.ts';
import { fillStatement } from './generated-rows.ts';
import { inSchemas, type Schemas } from './other-schemas.ts';
import { type EmptyStore, trialStore } from './trial-store.ts';

export interface Place {
  readonly prepared: Prepared;
  readonly read: Reader;
  /** How the statement of the last read was answered. */
  explain(): Promise<ExplainedPlan>;
  /** Values that a field has in these rows, as stored: the most frequent, a middling and the rarest; the same ones in every place. */
  values(entity: PermanentId, field: PermanentId): Promise<readonly string[]>;
  /** Bytes of the indexes that a definition asks for. */
  indexBytes(entity: PermanentId): Promise<number>;
  /** Milliseconds for adding so many rows; none stays. */
  adding(entity: PermanentId, rows: number): Promise<number>;
  /** A store over these rows in one transaction that is rolled back. */
  begin(clock: () => number): Promise<EmptyStore>;
}
export interface PlaceParts {
  readonly client: pg.Client;
  readonly reading: Link;
  readonly writing: Link;
  readonly prepared: Prepared;
  readonly schemas: Schemas;
  readonly seed: number;
}
/** Rows that are added to measure what an index costs: numbered where no filled table comes to. */
const AFTER_ALL = 100_000_001;

export function measuredPlace({ client, reading, writing, prepared, schemas, seed }: PlaceParts): Place {
  const moved = (sent: Statement): Statement => statement(inSchemas(sent.text, schemas));
  const table = (plan: RowPlan): string => inSchemas(plan.table, schemas);
  let last: { readonly text: string; readonly values: Values } | undefined;
  const run = (_call: Call, sent: Statement, values: Values): Promise<Answer> => {
    const there = moved(sent);
    last = { text: there.text, values };
    return reading.run(there, values);
  };
  return {
    prepared,
    read: readerOver(run, cursorsOf('measuring')),
    explain: async () => {
      if (last === undefined) throw new Fault('bug', 'nothing was read that could be explained');
      const { rows } = await reading.run(statement(`explain (analyze, buffers, timing off, format json) ${last.text}`), last.values);
      const found = rows[0]?.[0];
      return planOf(typeof found === 'string' ? JSON.parse(found) : found);
    },
    values: async (entity, field) => {
      const column = quoted(field);
      const found = await client.query<{ value: string }>(
        `with each as (select ${column}::text as value, count(*) as count from ${table(prepared.row(entity))} where ${column} is not null group by 1),
              ordered as (select value, row_number() over (order by count desc, value) as place, count(*) over () as places from each)
         select distinct value, place from ordered where place in (1, (places + 1) / 2, places) order by place`,
      );
      return found.rows.map(({ value }) => value);
    },
    indexBytes: async (entity) => {
      const found = await client.query<{ bytes: string }>(
        `select coalesce(sum(pg_relation_size(indexrelid)), 0)::text as bytes from pg_index i join pg_class c on c.oid = i.indexrelid
         where i.indrelid = $1::regclass and position($2 in c.relname) > 0`,
        [table(prepared.row(entity)), ASKED],
      );
      return Number(found.rows[0]?.bytes ?? 0);
    },
    adding: async (entity, rows) => {
      const fill = fillStatement({ plan: prepared.row(entity), rows, first: AFTER_ALL, rowsOf: () => 0, seed });
      await client.query('begin');
      try {
        const began = performance.now();
        await client.query(inSchemas(fill, schemas));
        return performance.now() - began;
      } finally {
        await client.query('rollback');
      }
    },
    begin: async (clock) =>
      trialStore(
        {
          run: (sent: Statement, values: Values) => writing.run(moved(sent), values),
          command: (text: string) => writing.command(text),
          end: () => writing.end(),
        },
        clock,
        async () => {
          writing.end();
          await writing.command('rollback').catch(() => undefined);
        },
      ),
  };
}
