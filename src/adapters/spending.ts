/**
 * Budgets (port Spending) in PostgreSQL, with the workshop's login. One lock a reservation, so that two calls never both take what is
 * left; what was reserved and never settled (a process died in between) counts as spent.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Spent, Tokens } from '#change';
import type { Budgets } from '#kernel';
import { type Amount, energyOf, withinBudgets } from '#ledger';
import type { PriceList, Spending } from '#ports';

export interface SpendingOptions {
  readonly databaseUrl: string;
  readonly prices: PriceList;
  /** Of the generation that serves. */
  readonly policy: () => Promise<{ readonly budgets: Budgets; readonly timeZone: string }>;
}

export async function openSpending({ databaseUrl, prices, policy }: SpendingOptions): Promise<Spending & { close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'theseus spending' });
  pool.on('error', () => {});
  return {
    reserve: async ({ change, phase, name, provider, model, tokens }) => {
      const { budgets, timeZone } = await policy();
      const usd = prices.usd(tokens, provider, model);
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('select pg_advisory_xact_lock(7406)');
        const used = await usedBy(client, change, timeZone);
        const refused = withinBudgets(budgets, used, { usd, tokens: tokens.input + tokens.output });
        const id = randomUUID();
        if (refused === null)
          await client.query(
            'insert into theseus.spending (id, change, phase, name, provider, model, most_tokens, most_usd, prices) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
            [id, change, phase, name, provider, model, JSON.stringify(tokens), usd, prices.name],
          );
        await client.query('commit');
        return refused ?? { id };
      } catch (cause) {
        await client.query('rollback').catch(() => undefined);
        throw cause;
      } finally {
        client.release();
      }
    },
    settle: async ({ id }, tokens, wallMs) => {
      const found = await pool.query<Row>('select * from theseus.spending where id = $1', [id]);
      const row = found.rows[0];
      if (row === undefined) throw new TypeError(`nothing was reserved as ${id}`);
      const usd = tokens === null ? null : prices.usd(tokens, row.provider, row.model);
      const spent: Spent = {
        phase: row.phase,
        provider: row.provider,
        model: row.model,
        tokens,
        usd,
        prices: prices.name,
        energyWh: energyOf(tokens, row.model, wallMs),
        wallMs: Math.round(wallMs),
      };
      await pool.query(
        'update theseus.spending set settled_at = now(), tokens = $2, usd = $3, prices = $4, energy = $5, wall_ms = $6 where id = $1 and settled_at is null',
        [id, tokens === null ? null : JSON.stringify(tokens), usd, prices.name, JSON.stringify(spent.energyWh), spent.wallMs],
      );
      return spent;
    },
    close: () => pool.end(),
  };
}

interface Row {
  readonly phase: Spent['phase'];
  readonly provider: string;
  readonly model: string;
  readonly most_tokens: Tokens;
}

async function usedBy(
  client: pg.PoolClient,
  change: string,
  timeZone: string,
): Promise<{ readonly change: Amount; readonly day: Amount; readonly month: Amount }> {
  // What was settled without figures counts as what was held back for it.
  const sums = `coalesce(sum(coalesce(usd, case when tokens is null then most_usd end)), 0) as usd,
    coalesce(sum(case when tokens is null then (most_tokens->>'input')::bigint + (most_tokens->>'output')::bigint else (tokens->>'input')::bigint + (tokens->>'output')::bigint end), 0) as tokens`;
  const since = (unit: string): string => `at >= date_trunc('${unit}', now() at time zone $1) at time zone $1`;
  const one = async (where: string, value: string): Promise<Amount> => {
    const found = await client.query<{ usd: number; tokens: string }>(`select ${sums} from theseus.spending where ${where}`, [value]);
    return { usd: Number(found.rows[0]?.usd ?? 0), tokens: Number(found.rows[0]?.tokens ?? 0) };
  };
  return { change: await one('change = $1', change), day: await one(since('day'), timeZone), month: await one(since('month'), timeZone) };
}
