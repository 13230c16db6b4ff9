/** What changes cost: phases from the ledger, calls of models from what was reserved and settled for them. A call that was never settled has unknown figures. */
import type { Pool } from 'pg';
import type { Outcome, StepName, Tokens } from '#change';

export interface CostRow {
  readonly change: string;
  readonly request: string;
  readonly at: string;
  readonly outcome: Outcome | null;
  readonly generator: string | null;
  readonly phases: readonly { readonly phase: string; readonly cpuMs: number; readonly wallMs: number }[];
  readonly calls: readonly {
    readonly phase: StepName;
    readonly provider: string;
    readonly model: string;
    readonly tokens: Tokens | null;
    readonly usd: number | null;
    readonly prices: string;
    readonly energyWh: { readonly from: number; readonly to: number; readonly method: string } | null;
    readonly wallMs: number;
  }[];
}

/** Of changes asked from `since` on and before `until` (ISO 8601; null: without bound), newest first; `change`: of this one alone. */
export async function loadCosts(
  pool: Pool,
  wanted: { readonly since: string | null; readonly until: string | null; readonly change: string | null; readonly limit: number },
): Promise<readonly CostRow[]> {
  const found = await pool.query<CostRow>(
    `select changes.id as change, changes.text as request, to_char(changes.asked_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
       (select event->>'outcome' from theseus.change_events where change = changes.id and event->>'kind' = 'ended' order by seq desc limit 1) as outcome,
       (select generator from theseus.candidates where change = changes.id order by at desc limit 1) as generator,
       coalesce((select jsonb_agg(jsonb_build_object('phase', phase, 'cpuMs', cpu_ms, 'wallMs', wall_ms) order by id) from theseus.ledger where change = changes.id), '[]') as phases,
       coalesce((select jsonb_agg(jsonb_build_object('phase', phase, 'provider', provider, 'model', model, 'tokens', tokens, 'usd', usd, 'prices', prices, 'energyWh', energy,
         'wallMs', coalesce(wall_ms, 0)) order by at) from theseus.spending where change = changes.id), '[]') as calls
     from theseus.changes
     where ($1::timestamptz is null or asked_at >= $1) and ($2::timestamptz is null or asked_at < $2) and ($3::text is null or id = $3)
     order by asked_at desc, id desc limit $4`,
    [wanted.since, wanted.until, wanted.change, wanted.limit],
  );
  return found.rows;
}
