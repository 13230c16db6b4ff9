/**
 * What is written beside the rows, in one statement: the journal, with the images before and after; the outbox, in the shape
 * of CloudEvents 1.0; and the answer of an idempotency key. Times are the call's own.
 */
import type { Call, Json } from '#kernel';
import { randomUUIDv7 } from 'node:crypto';
import { type Statement, statement } from '../connection/statement.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Records } from './transaction.ts';

/** $1 time, $2 call, $3 caller, $4 generation, $5 component, $6 change, $7 journal, $8 source, $9 events; $10 operation, $11 key, $12 body, $13 answer. */
const recording = `j as (insert into theseus.journal (at, call, caller, generation, component, change, entity, row, action, before, after)
   select $1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, t.entity, t.row, t.action, t.before, t.after
   from jsonb_to_recordset($7::jsonb) as t(entity text, row uuid, action text, before jsonb, after jsonb))`;
const sending = `insert into theseus.outbox (id, type, source, subject, time, data, call, generation)
   select t.id, t.type, $8::text, t.subject, $1::timestamptz, t.data, $2::text, $4::text
   from jsonb_to_recordset($9::jsonb) as t(id text, type text, subject text, data jsonb)`;
const plain = statement(`with ${recording} ${sending}`);
const keyed = statement(`with ${recording}, o as (${sending})
   insert into theseus.idempotency (caller, operation, key, body, status, answer, at) values ($3::text, $10::text, $11::text, $12::text, 200, $13::jsonb, $1::timestamptz)`);

export const recordStatement = (withKey: boolean): Statement => (withKey ? keyed : plain);

export function recordValues(
  call: Call,
  prepared: Prepared,
  records: Records,
  key: { readonly operation: string; readonly key: string; readonly body: string; readonly answer: Json } | undefined,
): readonly unknown[] {
  const events = records.events.map(({ type, subject, data }) => ({ id: randomUUIDv7(), type, subject, data }));
  const values: unknown[] = [
    new Date(call.now).toISOString(),
    call.call,
    call.caller.id,
    call.generation,
    call.component,
    call.change,
    JSON.stringify(records.journal),
    `/${prepared.model.settings.name}`,
    JSON.stringify(events),
  ];
  if (key !== undefined) values.push(key.operation, key.key, key.body, JSON.stringify(key.answer ?? null));
  return values;
}
