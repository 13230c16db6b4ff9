/**
 * Events of the outbox to deliveries: one for each reaction of the generation that serves and hears it, and for what the clock will
 * have to do of it. Promises: in the order in
 * which transactions were decided, none passed by, each once (the key). A chain of reactions that made one another run ends as a
 * dead letter that says so.
 */
import type { PoolClient } from 'pg';
import { deepestChain, type Digest, type Json } from '#kernel';
import { componentKey } from '#model';
import { addDeliveries, decidedEnd, eventsAfter, moreAfter, moveTo, type NewDelivery, type Place, type WrittenEvent } from '#store/records';
import type { Running } from '../running.ts';
import { callOf } from './call-of.ts';
import { dueOf } from './hand-out-dues.ts';
import { hearing, type Names } from './reactions-of.ts';
import { timedIn } from './timed.ts';

/** Events handed out in one turn: others get theirs between. */
const AT_A_TIME = 500;

/** Answers whether there is more, now or when transactions that are open have ended. */
export async function handOutEvents(
  client: PoolClient,
  place: Place,
  { model }: Running,
  namesIn: (generation: Digest) => Promise<Names>,
  now: number,
): Promise<boolean> {
  const timed = timedIn(model);
  if (model.reactions.length + timed.length === 0) {
    const end = await decidedEnd(client, place);
    if (end !== undefined) await moveTo(client, end);
    return false;
  }
  const events = await eventsAfter(client, place, AT_A_TIME);
  const made: NewDelivery[] = [];
  for (const event of events) {
    made.push(...dueOf(event, timed));
    for (const reaction of hearing(model.reactions, event, await namesIn(event.generation))) made.push(deliveryOf(event, reaction));
  }
  await addDeliveries(client, made, now);
  const last = events.at(-1);
  if (last !== undefined) await moveTo(client, last);
  return moreAfter(client, last ?? place);
}

function deliveryOf(event: WrittenEvent, { id, name, kind }: Running['model']['reactions'][number]): NewDelivery {
  const component = componentKey(kind, name);
  const key = `${event.id} ${id}`;
  const trail = [...event.trail, component];
  const looped = trail.length > deepestChain;
  const about: { [name: string]: Json } = event.subject === null ? { data: event.data } : { row: event.subject, ...versionIn(event.data) };
  return {
    key,
    contract: id,
    component,
    lane: event.subject === null ? null : `${id} ${event.subject}`,
    call: callOf(key),
    given: { id: event.id, at: event.at, ...about },
    trail,
    state: looped ? 'dead' : 'waiting',
    code: looped ? 'loop' : null,
    why: looped
      ? `Reactions made one another run more than ${deepestChain} times: ${trail.join(', then ')}. It was not run; change one of them so that it ends, then try again.`
      : null,
  };
}

/** By row and version the journal tells what a change found and left. */
const versionIn = (data: Json): { readonly version?: Json } =>
  typeof data === 'object' && data !== null && !Array.isArray(data) && 'version' in data ? { version: data['version'] } : {};
