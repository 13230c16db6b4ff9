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
const recording = `j as (insert into theseus.journal (at, call, caller, generation, component, change, entity, row, action, before, after, ran)
   select $1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, t.entity, t.row, t.action, t.before, t.after, t.ran
   from jsonb_to_recordset($7::jsonb) as t(entity text, row uuid, action text, before jsonb, after jsonb, ran text[]))`;
const sending = `insert into theseus.outbox (id, type, source, subject, time, data, call, generation)
   select t.id, t.type, $8::text, t.subject, $1::timestamptz, t.data, $2::text, $4::text
   from jsonb_to_recordset($9::jsonb) as t(id text, type text, subject text, data jsonb)`;
const key = (first: number): string => `insert into theseus.idempotency (caller, operation, key, body, status, answer, at)
   values ($3::text, $${first}::text, $${first + 1}::text, $${first + 2}::text, 200, $${first + 3}::jsonb, $1::timestamptz)`;
const plain = statement(`with ${recording} ${sending}`);
const keyed = statement(`with ${recording}, o as (${sending}) ${key(10)}`);
/** The usual case, a few rows and events, without the way over JSON: $1 to $6 as above, $7 source; of each row five, of each event four; of the key four. */
const FEW = 4;
const few = new Map<string, Statement>();
function fewStatement(rows: number, events: number, withKey: boolean): Statement {
  const shape = `${rows} ${events} ${withKey}`;
  let made = few.get(shape);
  if (made === undefined) {
    let at = 7;
    const next = (type: string): string => `$${(at += 1)}::${type}`;
    const listed = (count: number, one: () => readonly string[]): string =>
      Array.from({ length: count }, () => `(${one().join(', ')})`).join(', ');
    const ofCall = ['$1::timestamptz', '$2::text', '$3::text', '$4::text', '$5::text', '$6::text'];
    const journal = listed(rows, () => ofCall.concat(['text', 'uuid', 'text', 'jsonb', 'jsonb'].map(next)));
    const outbox = listed(events, () => {
      const [id, type, subject] = [next('text'), next('text'), next('text')];
      return [id, type, '$7::text', subject, '$1::timestamptz', next('jsonb'), '$2::text', '$4::text'];
    });
    const recorded = `with j as (insert into theseus.journal (at, call, caller, generation, component, change, entity, row, action, before, after) values ${journal})`;
    const sent = `insert into theseus.outbox (id, type, source, subject, time, data, call, generation) values ${outbox}`;
    made = statement(withKey ? `${recorded}, o as (${sent}) ${key(at + 1)}` : `${recorded} ${sent}`);
    few.set(shape, made);
  }
  return made;
}

export const recordStatement = (withKey: boolean, records: Records): Statement =>
  areFew(records) ? fewStatement(records.journal.length, records.events.length, withKey) : withKey ? keyed : plain;
const areFew = ({ journal, events, ran }: Records): boolean =>
  ran.size === 0 && journal.length > 0 && journal.length <= FEW && events.length > 0 && events.length <= FEW;
const jsonOrNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export function recordValues(
  call: Call,
  prepared: Prepared,
  records: Records,
  used: { readonly operation: string; readonly key: string; readonly body: string; readonly answer: Json } | undefined,
): readonly unknown[] {
  const values: unknown[] = [new Date(call.now).toISOString(), call.call, call.caller.id, call.generation, call.component, call.change];
  const source = `/${prepared.model.settings.name}`;
  if (areFew(records)) {
    values.push(source);
    for (const row of records.journal) values.push(row.entity, row.row, row.action, jsonOrNull(row.before), jsonOrNull(row.after));
    for (const event of records.events) values.push(randomUUIDv7(), event.type, event.subject, JSON.stringify(event.data));
  } else {
    const events = records.events.map(({ type, subject, data }) => ({ id: randomUUIDv7(), type, subject, data }));
    const ran = records.ran.size === 0 ? {} : { ran: [...records.ran] };
    values.push(JSON.stringify(records.journal.map((row) => ({ ...row, ...ran }))), source, JSON.stringify(events));
  }
  if (used !== undefined) values.push(used.operation, used.key, used.body, JSON.stringify(used.answer ?? null));
  return values;
}
