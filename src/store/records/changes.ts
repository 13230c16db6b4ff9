/** Requests and what became of them: events of a change in their order. The state of a change is read from its last event. */
import type { Pool } from 'pg';
import type { AcceptanceExample, Attachment, ChangeEvent, ChangeRequest, Proposal } from '#change';
import { type ChangeId, type Digest, type Envelope, instant, type RiskClass, type Scope } from '#kernel';

export async function saveRequest(pool: Pool, request: ChangeRequest): Promise<void> {
  await pool.query(
    `insert into theseus.changes (id, text, asked_by, roles, asked_at, base, kind, proposal, continues, acceptance, attachments, regions)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0), $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
    [
      request.id,
      request.text,
      request.by,
      JSON.stringify(request.roles),
      request.askedAt,
      request.base ?? null,
      request.kind ?? 'change',
      request.proposal === undefined ? null : JSON.stringify(request.proposal),
      request.continues ?? null,
      request.acceptance === undefined ? null : JSON.stringify(request.acceptance),
      request.attachments === undefined ? null : JSON.stringify(request.attachments),
      request.regions === undefined ? null : JSON.stringify(request.regions),
    ],
  );
  await pool.query(`select pg_notify('change', $1)`, [request.id]);
}

interface RequestRow {
  id: ChangeId;
  text: string;
  asked_by: string;
  roles: string[];
  asked_at: Date;
  base: Digest | null;
  kind: 'change' | 'check';
  proposal: Proposal | null;
  continues: ChangeId | null;
  acceptance: readonly AcceptanceExample[] | null;
  attachments: readonly Attachment[] | null;
  regions: { readonly [formula: string]: string } | null;
}
const requestOf = (row: RequestRow): ChangeRequest => ({
  id: row.id,
  text: row.text,
  by: row.asked_by,
  roles: row.roles,
  askedAt: instant(row.asked_at.getTime()),
  ...(row.base === null ? {} : { base: row.base }),
  ...(row.kind === 'change' ? {} : { kind: row.kind }),
  ...(row.proposal === null ? {} : { proposal: row.proposal }),
  ...(row.continues === null ? {} : { continues: row.continues }),
  ...(row.acceptance === null ? {} : { acceptance: row.acceptance }),
  ...(row.attachments === null ? {} : { attachments: row.attachments }),
  ...(row.regions === null ? {} : { regions: row.regions }),
});

export async function loadRequest(pool: Pool, id: string): Promise<ChangeRequest | null> {
  const row = (await pool.query<RequestRow>('select * from theseus.changes where id = $1', [id])).rows[0];
  return row === undefined ? null : requestOf(row);
}

/** Without the files and documents that came with a request: a list need not carry them. Newest first, with the event that says most of each: its last end, else its last event. `before` is the id of the change to go on after; `checks`: with requests for evidence alone. */
export async function listRequests(
  pool: Pool,
  limit: number,
  before: string | null,
  checks: boolean = false,
): Promise<readonly { readonly request: ChangeRequest; readonly last: ChangeEvent | null }[]> {
  const found = await pool.query<RequestRow & { event: ChangeEvent | null }>(
    `select id, text, asked_by, roles, asked_at, base, kind, continues, null as acceptance, null as attachments, null as regions,
       case when proposal is not null then jsonb_build_object('from', proposal->'from', 'files', '{}'::jsonb, 'notes', '[]'::jsonb) end as proposal, (select event from theseus.change_events where change = changes.id order by (event->>'kind' = 'ended') desc, seq desc limit 1) as event from theseus.changes
     where ($3 or kind = 'change') and ($2::text is null or (asked_at, id) < (select asked_at, id from theseus.changes where id = $2)) order by asked_at desc, id desc limit $1`,
    [limit, before, checks],
  );
  return found.rows.map((row) => ({ request: requestOf(row), last: row.event }));
}

/** Requests that no run has taken up or ended, oldest first: what a workshop that starts must look at. */
export async function openRequests(pool: Pool): Promise<readonly string[]> {
  const found = await pool.query<{ id: string }>(
    `select id from theseus.changes where not exists (select 1 from theseus.change_events where change = changes.id and event->>'kind' = 'ended') order by asked_at, id`,
  );
  return found.rows.map((row) => row.id);
}

export async function loadChangeEvents(pool: Pool, change: string, after = -1): Promise<readonly ChangeEvent[]> {
  const found = await pool.query<{ event: ChangeEvent }>(
    'select event from theseus.change_events where change = $1 and seq > $2 order by seq',
    [change, after],
  );
  return found.rows.map((row) => row.event);
}

type Unnumbered = ChangeEvent extends infer Each ? (Each extends ChangeEvent ? Omit<Each, 'seq'> : never) : never;
export type NewChangeEvent = Unnumbered;

/** Appends at the end; the number is given here, and a collision is tried again. */
export async function appendChangeEvent(pool: Pool, event: NewChangeEvent): Promise<void> {
  for (;;) {
    const added = await pool.query(
      `with next as (select coalesce(max(seq), -1) + 1 as seq from theseus.change_events where change = $1),
            made as (insert into theseus.change_events (change, seq, at, event)
                     select $1, seq, to_timestamp($2 / 1000.0), $3::jsonb || jsonb_build_object('seq', seq) from next on conflict do nothing returning 1)
       select pg_notify('change', $1) from made`,
      [event.change, event.at, JSON.stringify(event)],
    );
    if (added.rowCount === 1) break;
  }
}

/** Ends a change, unless it has ended or a certificate of it stands: what is certified is the kernel's to decide. Answers whether it did. */
export async function cancelChange(pool: Pool, event: NewChangeEvent & { readonly kind: 'ended' }): Promise<boolean> {
  for (;;) {
    const added = await pool.query<{ made: boolean; over: boolean }>(
      `with seen as (select count(*) filter (where event->>'kind' = 'ended') as ended, count(*) filter (where event->>'kind' = 'certified') as certified,
                       count(*) filter (where event->>'kind' = 'step' and event->>'step' = 'roll-out' and event->>'state' = 'failed') as moved_on,
                       coalesce(max(seq), -1) + 1 as seq from theseus.change_events where change = $1),
            made as (insert into theseus.change_events (change, seq, at, event)
                     select $1, seq, to_timestamp($2 / 1000.0), $3::jsonb || jsonb_build_object('seq', seq, 'key', 'end') from seen where ended = 0 and certified <= moved_on
                     on conflict do nothing returning 1)
       select exists (select from made) as made, ended > 0 or certified > moved_on as over, case when exists (select from made) then pg_notify('change', $1) end from seen`,
      [event.change, event.at, JSON.stringify(event)],
    );
    const [found] = added.rows;
    if (found?.made === true) return true;
    if (found?.over !== false) return false;
  }
}

export interface StoredCandidate {
  readonly id: string;
  readonly files: { readonly [path: string]: string | null };
  readonly base: Digest;
  readonly generation: Digest | null;
  readonly generator: string;
  /** What whoever wrote it says of it. */
  readonly notes: readonly string[];
}
export async function loadCandidate(pool: Pool, id: string): Promise<StoredCandidate | null> {
  return (
    (await pool.query<StoredCandidate>('select id, files, base, generation, generator, notes from theseus.candidates where id = $1', [id]))
      .rows[0] ?? null
  );
}
/** The newest of a change that is this generation. */
export async function loadCandidateFor(pool: Pool, change: string, generation: string): Promise<StoredCandidate | null> {
  return (
    (
      await pool.query<StoredCandidate>(
        'select id, files, base, generation, generator, notes from theseus.candidates where change = $1 and generation = $2 order by at desc limit 1',
        [change, generation],
      )
    ).rows[0] ?? null
  );
}

/** A candidate with all that is known of its change before it has a certificate. `risk` as it was understood. */
export interface OfferedCandidate extends StoredCandidate {
  readonly change: ChangeId;
  readonly scope: Scope;
  readonly risk: RiskClass | null;
  readonly request: ChangeRequest;
}
export async function loadOfferedCandidate(pool: Pool, id: string): Promise<OfferedCandidate | null> {
  const found = await pool.query<Omit<OfferedCandidate, 'request'> & { request: RequestRow & { asked_at: string } }>(
    `select candidates.id, candidates.files, candidates.base, candidates.generation, candidates.generator, candidates.notes, candidates.change, candidates.scope, to_jsonb(changes) as request,
       (select event->'understanding'->>'risk' from theseus.change_events where change = candidates.change and event->>'kind' = 'understood' order by seq desc limit 1) as risk
     from theseus.candidates join theseus.changes on changes.id = candidates.change where candidates.id = $1`,
    [id],
  );
  const row = found.rows[0];
  return row === undefined ? null : { ...row, request: requestOf({ ...row.request, asked_at: new Date(row.request.asked_at) }) };
}

export interface StoredCertificate {
  readonly digest: Digest;
  readonly generation: Digest;
  readonly change: ChangeId;
  readonly envelope: Envelope;
}
export async function loadCertificate(pool: Pool, digest: string): Promise<StoredCertificate | null> {
  return (
    (
      await pool.query<StoredCertificate>('select digest, generation, change, envelope from theseus.certificates where digest = $1', [
        digest,
      ])
    ).rows[0] ?? null
  );
}
/** A certificate with who asked for the change; null where nobody did. */
export interface WaitingCertificate extends StoredCertificate {
  readonly request: ChangeRequest | null;
}
/** Those that the kernel has not answered yet: neither by the end of their change nor by sending them back. `only`: of this digest. */
export async function waitingCertificates(pool: Pool, only: string | null = null): Promise<readonly WaitingCertificate[]> {
  const found = await pool.query<StoredCertificate & { request: (RequestRow & { asked_at: string }) | null }>(
    `select certificates.digest, certificates.generation, certificates.change, certificates.envelope, to_jsonb(changes) as request
     from theseus.certificates left join theseus.changes on changes.id = certificates.change
     where ($1::text is null or certificates.digest = $1) and not exists (select 1 from theseus.change_events where change_events.change = certificates.change
       and (event->>'kind' = 'ended' or (event->>'state' = 'failed' and event->'detail'->>'certificate' = certificates.digest))) order by certificates.at`,
    [only],
  );
  return found.rows.map(({ request, ...certificate }) => ({
    ...certificate,
    request: request === null ? null : requestOf({ ...request, asked_at: new Date(request.asked_at) }),
  }));
}
export async function loadCertificateOf(pool: Pool, generation: string): Promise<StoredCertificate | null> {
  return (
    (
      await pool.query<StoredCertificate>(
        'select digest, generation, change, envelope from theseus.certificates where generation = $1 order by at desc limit 1',
        [generation],
      )
    ).rows[0] ?? null
  );
}

export interface LedgerRow {
  readonly change: string;
  readonly phase: string;
  readonly at: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}
export async function loadLedger(pool: Pool, change: string | null, limit: number): Promise<readonly LedgerRow[]> {
  const found = await pool.query<LedgerRow>(
    `select change, phase, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, cpu_ms as "cpuMs", wall_ms as "wallMs" from theseus.ledger where $1::text is null or change = $1 order by id desc limit $2`,
    [change, limit],
  );
  return found.rows;
}
