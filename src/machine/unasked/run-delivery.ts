/**
 * One try of a delivery, and what becomes of it: done, tried again later, a dead letter, or stopped since the generation that
 * serves has no such reaction or job. What is not the component's doing (a database that is away, a kernel that is busy, a
 * quarantine) costs it no try.
 */
import { type Field, Fault, isRefusal, type Json, type JsonObject, type Refusal, type UnaskedContract } from '#kernel';
import type { Delivery, Ended, Images } from '#store/records';
import type { Running, UnaskedCalls } from '../running.ts';
import { broke, LATER_MS, triedAgain, untold } from './ended.ts';
import { type Held, jobGiven, reactionGiven } from './given.ts';

export interface TryParts {
  readonly calls: UnaskedCalls;
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** What a row held before and after the change that made it this version; null where nothing is known of it. */
  readonly imagesOf: (row: string, version: number) => Promise<Images | null>;
}
const QUARANTINE_MS = 60_000;

export async function runDelivery(parts: TryParts, running: Running, delivery: Delivery): Promise<Ended> {
  const { clock } = parts;
  const contract = [...running.model.reactions, ...running.model.jobs].find((known) => known.id === delivery.contract);
  const nothing = { ...untold(clock(), running.generation), counts: true };
  if (contract === undefined)
    return { ...nothing, state: 'stopped', why: `The generation that serves has no ${delivery.component}. Bring it back, then try again.` };
  const began = performance.now();
  const spent = (): number => performance.now() - began;
  try {
    const given = await givenOf(parts, contract, running, delivery.given);
    const { value, generation } = await parts.calls.runUnasked(running, contract, given, { call: delivery.call, key: delivery.key });
    const ended = { ...nothing, generation, wallMs: spent() };
    return isRefusal(value) ? { ...ended, ...failed(parts, contract, delivery, value) } : { ...ended, state: 'done' };
  } catch (cause) {
    const ended = { ...nothing, ...broke(cause), wallMs: spent() };
    if (cause instanceof Fault && blameless.has(cause.code))
      return { ...ended, state: 'waiting', counts: false, dueAt: clock() + LATER_MS };
    return { ...ended, ...again(parts, contract, delivery) };
  }
}

const blameless: ReadonlySet<string> = new Set(['database-unavailable', 'host-died', 'disk-full']);

function failed(parts: TryParts, contract: UnaskedContract, delivery: Delivery, refusal: Refusal): Partial<Ended> & Pick<Ended, 'state'> {
  const told = { code: refusal.code, why: refusal.why, evidence: refusal.evidence ?? null };
  if (refusal.code === 'busy') return { ...told, state: 'waiting', counts: false, dueAt: parts.clock() + LATER_MS };
  // Words of the machine alone: a component that says them is heard as something else (`run-body.ts`, hosts).
  if (refusal.code === 'component-failed' && member(refusal.evidence, 'quarantined') === true)
    return { ...told, state: 'waiting', counts: false, held: 'quarantine', dueAt: parts.clock() + QUARANTINE_MS };
  return { ...told, ...again(parts, contract, delivery) };
}

const again = ({ clock, chance }: TryParts, { retries }: UnaskedContract, { attempts }: Delivery): Pick<Ended, 'state' | 'dueAt'> =>
  triedAgain(retries, attempts, chance(), clock());

async function givenOf(
  parts: TryParts,
  contract: UnaskedContract,
  { model }: Running,
  given: JsonObject,
): Promise<{ readonly [name: string]: Json }> {
  if (contract.kind === 'job') return jobGiven(contract, model, Number(given['due']));
  const { id, at, row, version, data } = given;
  const changed = 'entity' in contract.on && contract.on.happens === 'updated' ? contract.on.entity : undefined;
  const fields = model.entities.find((entity) => entity.id === changed)?.fields;
  const images = fields === undefined || typeof row !== 'string' || typeof version !== 'number' ? null : await parts.imagesOf(row, version);
  return reactionGiven(contract, model, {
    id: String(id),
    at: Number(at),
    ...(typeof row === 'string' ? { row } : {}),
    ...(data === undefined ? {} : { data }),
    ...(images === null || fields === undefined ? {} : { before: byName(fields, images.before), after: byName(fields, images.after) }),
  });
}
/** The journal keeps rows by permanent ids; the generation that runs has names for them. */
function byName(fields: readonly Field[], image: JsonObject): Held {
  return Object.fromEntries(
    fields.flatMap(({ id, name, type }) => {
      const value = image[id];
      if (value === undefined) return [];
      const choice = type.kind === 'choice' ? type.choices.find((known) => known.id === value)?.name : undefined;
      return [[name, type.kind === 'choice' ? (choice ?? null) : value] as const];
    }),
  );
}

const member = (json: Json | undefined, name: string): Json | undefined =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject)[name] : undefined;
