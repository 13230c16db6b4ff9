/**
 * What runs unasked: the outbox in the order in which its transactions were decided, deliveries to reactions and jobs, where the
 * schedules stand, what an hour has cost. Why a transaction id in the outbox: a sequence has gaps that fill later; below the oldest
 * transaction still open there are none, so nothing is ever passed by.
 */
export const unaskedWork: readonly string[] = [
  'alter table theseus.outbox add column xid xid8 not null default pg_current_xact_id()',
  'create index outbox_in_order on theseus.outbox (xid, seq)',
  // Whose turn it is: who holds this row hands out and claims. What was written before this migration is past.
  'create table theseus.unasked (one boolean primary key default true check (one), xid xid8 not null, seq bigint not null)',
  'insert into theseus.unasked (xid, seq) values (pg_current_xact_id(), 9223372036854775807)',
  `create table theseus.deliveries (key text primary key, no bigint generated always as identity unique, contract text not null, component text not null, lane text,
     call text not null unique, given jsonb not null, trail jsonb not null, state text not null check (state in ('waiting', 'running', 'done', 'dead', 'stopped')),
     attempts integer not null default 0, due_at timestamptz not null, held text, leased_by bigint, leased_until timestamptz, code text, why text, evidence jsonb,
     made_at timestamptz not null, ended_at timestamptz, wall_ms double precision not null default 0, generation text)`,
  `create index deliveries_due on theseus.deliveries (due_at, no) where state = 'waiting'`,
  `create index deliveries_leased on theseus.deliveries (leased_until) where state = 'running'`,
  `create index deliveries_lane on theseus.deliveries (lane, no) where lane is not null and state in ('waiting', 'running')`,
  'create index deliveries_state on theseus.deliveries (state, no)',
  `create table theseus.hours (contract text not null, hour timestamptz not null, runs integer not null default 0, wall_ms double precision not null default 0, primary key (contract, hour))`,
  `create table theseus.instants (job text primary key, schedule text not null, after timestamptz not null, skipped bigint not null default 0)`,
  'grant select, update on theseus.unasked to theseus_kernel',
  'grant select, insert, update, delete on theseus.deliveries, theseus.hours, theseus.instants to theseus_kernel',
];

/** A copy put into another server has transaction ids of the old one, which may lie ahead: then what was handed out and what was not get small ones. */
export const mendOrder = `do $$ begin
  if exists (select from theseus.unasked where xid >= pg_snapshot_xmax(pg_current_snapshot()))
    or exists (select from theseus.outbox where xid >= pg_snapshot_xmax(pg_current_snapshot())) then
    update theseus.outbox o set xid = case when (o.xid, o.seq) > (u.xid, u.seq) then '4'::xid8 else '3'::xid8 end from theseus.unasked u;
    update theseus.unasked set xid = '3', seq = 9223372036854775807;
  end if;
end $$`;
