/** Where the schedule of each job stands: the moment up to which its instants were handed out. In a turn alone. */
import type { PoolClient } from 'pg';

export interface JobPlace {
  readonly job: string;
  /** The schedule that the place belongs to; another one begins anew. */
  readonly schedule: string;
  /** Milliseconds since 1970. */
  readonly after: number;
  readonly skipped: number;
}

/** The places of these jobs. One that is new, or has another schedule, begins now; of a job that is not among them nothing is kept. */
export async function placesOf(
  client: PoolClient,
  jobs: readonly { readonly job: string; readonly schedule: string }[],
  now: number,
): Promise<readonly JobPlace[]> {
  const given = JSON.stringify(jobs);
  await client.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as t(job text, schedule text)),
       gone as (delete from theseus.instants where job not in (select job from given))
     insert into theseus.instants as i (job, schedule, after) select job, schedule, to_timestamp($2::float8 / 1000) from given
     on conflict (job) do update set schedule = excluded.schedule, after = excluded.after where i.schedule <> excluded.schedule`,
    [given, now],
  );
  const found = await client.query<JobPlace>(
    `select job, schedule, (extract(epoch from after) * 1000)::float8 as after, skipped::float8 as skipped from theseus.instants order by job`,
  );
  return found.rows;
}

export const moveJobTo = async (client: PoolClient, job: string, after: number, skipped: number): Promise<void> =>
  void (await client.query('update theseus.instants set after = to_timestamp($2::float8 / 1000), skipped = skipped + $3 where job = $1', [
    job,
    after,
    skipped,
  ]));
