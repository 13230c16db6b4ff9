/**
 * The change log (port ChangeLog) in PostgreSQL, with the login `theseus_workshop`: it reads what serves, inserts candidates,
 * certificates and events, and can activate nothing. Every insert may be made twice and is there once.
 */
import pg from 'pg';
import type { Candidate, ChangeEvent } from '#change';
import { type ChangeId, changeId, type Digest, Fault, type Json, type JsonObject } from '#kernel';
import { testPathOf } from '#model';
import type { ChangeLog, Ending, NewChangeEvent } from '#ports';
import { loadChangeEvents, loadGeneration, loadRequest, loadSources, openRequests } from '#store/records';

export interface ChangeRecords extends ChangeLog {
  /** Calls `listener` for each new request and event, and once a second for what was missed. */
  onChange(listener: (change: ChangeId | null) => void): void;
  close(): Promise<void>;
}

const POLL_MS = 1_000;
type SignedCertificate = Parameters<ChangeLog['insertCertificate']>[0];

export async function changeRecords(databaseUrl: string): Promise<ChangeRecords> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'theseus workshop' });
  pool.on('error', () => {});
  const listeners = new Set<(change: ChangeId | null) => void>();
  const tell = (change: ChangeId | null): void => {
    for (const listener of listeners) listener(change);
  };
  const ear = await listen(databaseUrl, tell);
  const poll = setInterval(() => tell(null), POLL_MS);
  poll.unref();

  /** With a certificate: it is there if its event is, and the other way round. */
  const append = async (event: NewChangeEvent, key: string, certificate: SignedCertificate | null = null): Promise<void> => {
    for (;;) {
      const added = await pool.query<{ there: boolean }>(
        `with known as (select 1 from theseus.change_events where change = $1 and event->>'key' = $3),
              next as (select coalesce(max(seq), -1) + 1 as seq from theseus.change_events where change = $1),
              made as (insert into theseus.change_events (change, seq, at, event)
                       select $1, seq, to_timestamp($2 / 1000.0), $4::jsonb || jsonb_build_object('seq', seq) from next where not exists (select from known) on conflict do nothing returning 1),
              there as (select exists (select from known) or exists (select from made) as there),
              certified as (insert into theseus.certificates (digest, generation, change, envelope)
                            select $5, $6, $1, $7::jsonb from there where there and $5::text is not null on conflict do nothing)
         select there, case when there then pg_notify('change', $1) end, case when there and $5::text is not null then pg_notify('certificate', $5) end from there`,
        [
          event.change,
          event.at,
          key,
          JSON.stringify({ ...event, key }),
          certificate?.digest ?? null,
          certificate?.predicate.generation ?? null,
          certificate === null ? null : JSON.stringify(certificate.envelope),
        ],
      );
      if (added.rows[0]?.there === true) break;
    }
  };

  const events = (change: ChangeId): Promise<readonly ChangeEvent[]> => loadChangeEvents(pool, change);

  return {
    append: (event, key) => append(event, key),
    events,
    request: (change) => loadRequest(pool, change),
    open: async () => (await openRequests(pool)).map(changeId),
    serving: async () => (await pool.query<{ stable: Digest | null }>('select stable from theseus.routing')).rows[0]?.stable ?? null,
    sources: async (id) => {
      const generation = await loadGeneration(pool, id);
      if (generation === null) throw new Fault('tampered', `Generation ${id} serves, and its content is not in the database.`);
      const paths = new Map<string, Digest>([['theseus.json', generation.settings]]);
      for (const component of generation.components) {
        paths.set(component.path, component.source);
        if (component.tests !== undefined) paths.set(testPathOf(component.path), component.tests);
      }
      const texts = await loadSources(pool, [...new Set(paths.values())]);
      return Object.fromEntries(
        [...paths].map(([path, digest]) => {
          const text = texts.get(digest);
          if (text === undefined) throw new Fault('tampered', `The source ${digest} of ${path} is not in the database.`);
          return [path, text];
        }),
      );
    },
    insertCandidate: async (candidate, generation) => {
      await pool.query(
        `with made as (insert into theseus.candidates (id, change, base, generator, files, scope, notes, generation) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing)
         select pg_notify('candidate', $1)`,
        [
          candidate.id,
          candidate.change,
          candidate.base,
          candidate.generator,
          JSON.stringify(candidate.files),
          JSON.stringify(candidate.scope),
          JSON.stringify(candidate.notes),
          generation,
        ],
      );
    },
    candidate: async (id) => {
      const found = await pool.query<Candidate>(
        'select id, change, base, generator, files, scope, notes from theseus.candidates where id = $1',
        [id],
      );
      return found.rows[0] ?? null;
    },
    insertCertificate: (certificate, key) => {
      const { change, generation, issued } = certificate.predicate;
      return append({ change, at: issued, kind: 'certified', certificate: certificate.digest, generation }, key, certificate);
    },
    insertLedger: async ({ change, phase, cpuMs, wallMs }) => {
      await pool.query(
        'insert into theseus.ledger (change, phase, cpu_ms, wall_ms) select $1, $2, $3, $4 where not exists (select from theseus.ledger where change = $1 and phase = $2)',
        [change, phase, cpuMs, wallMs],
      );
    },
    lineage: async (generation) => {
      const found = await pool.query<{ change: ChangeId; text: string; by: string; certificate: Digest; at: Date }>(
        `select certificates.change, changes.text, changes.asked_by as by, certificates.digest as certificate, certificates.at from theseus.certificates
         join theseus.changes on changes.id = certificates.change where certificates.generation = $1 order by certificates.at desc limit 1`,
        [generation],
      );
      const row = found.rows[0];
      return row === undefined ? null : { ...row, at: row.at.getTime() };
    },
    awaitEnding: async (change, certificate, timeoutMs) => {
      const until = Date.now() + timeoutMs;
      let told = Promise.withResolvers<void>();
      const listener = (of: ChangeId | null): void => void ((of === null || of === change) && told.resolve());
      listeners.add(listener);
      try {
        for (;;) {
          const ending = endingAfter(await events(change), certificate);
          if (ending !== null || Date.now() >= until) return ending;
          const timer = setTimeout(told.resolve, until - Date.now());
          await told.promise;
          clearTimeout(timer);
          told = Promise.withResolvers<void>();
        }
      } finally {
        listeners.delete(listener);
      }
    },
    watch: (change, listener) => {
      const heard = (of: ChangeId | null): void => void ((of === null || of === change) && listener());
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    onChange: (listener) => void listeners.add(listener),
    close: async () => {
      clearInterval(poll);
      listeners.clear();
      await ear.close();
      await pool.end();
    },
  };
}

/** The last word of the kernel after this certificate was made. */
function endingAfter(events: readonly ChangeEvent[], certificate: Digest): Ending | null {
  const certified = events.findIndex((event) => event.kind === 'certified' && event.certificate === certificate);
  if (certified < 0) return null;
  // Somebody may have ended it while it was signed: the kernel takes no certificate of such a change.
  const ended = events.findLast((event) => event.kind === 'ended');
  if (ended !== undefined) return { kind: 'ended', outcome: ended.outcome, why: ended.why };
  for (const event of events.slice(certified + 1).reverse()) {
    if (event.kind !== 'step') continue;
    const detail = isObject(event.detail) ? event.detail : {};
    if (detail['certificate'] !== certificate) continue;
    if (event.step === 'roll-out' && event.state === 'failed') return { kind: 'moved-on' };
    if (event.step === 'approve' && event.state === 'started')
      return { kind: 'waiting-for-approval', why: typeof detail['why'] === 'string' ? detail['why'] : 'It needs an approval.' };
  }
  return null;
}
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** LISTEN on a connection of its own, made anew when it is lost; the poll bridges the time between. */
async function listen(databaseUrl: string, heard: (change: ChangeId | null) => void): Promise<{ close(): Promise<void> }> {
  let client: pg.Client | undefined;
  let closed = false;
  const connect = async (): Promise<void> => {
    const made = new pg.Client({ connectionString: databaseUrl, application_name: 'theseus workshop ear', keepAlive: true });
    made.on('notification', (message) =>
      heard(message.channel === 'change' && message.payload !== undefined ? changeId(message.payload) : null),
    );
    made.on('error', () => {});
    made.on('end', () => {
      if (!closed && client === made) setTimeout(() => void connect().catch(() => {}), POLL_MS).unref();
    });
    client = made;
    await made.connect();
    await made.query('listen change; listen routing');
  };
  await connect();
  return {
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}
