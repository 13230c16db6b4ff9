/**
 * The only way out of a component: each ask of a call is held against the contract's capabilities and counted against its
 * caps before it reaches the transaction. Values only; no text of a component ever becomes SQL.
 */
import { type BodyContract, type DataAccess, isRefusal, type Json, type PermanentId, refuse, type Refusal } from '#kernel';
import { entityNamed, type SystemModel } from '#model';
import type { ListQuery, PlainRow, PlainValues, WriteTransaction } from '#store';

export interface Broker {
  perform(capability: string, input: Json): Promise<Json | Refusal>;
  /** The last image of a row that this call saw, so that an answered row need not be read again. */
  seen(id: string): PlainRow | undefined;
  readonly counts: { asks: number; rows: number; denied: number };
}
const accessOf: { readonly [verb: string]: DataAccess } = {
  get: 'read',
  list: 'read',
  create: 'create',
  update: 'update',
  delete: 'delete',
};

export function openBroker(model: SystemModel, contract: BodyContract, tx: WriteTransaction, log: (message: Json) => void): Broker {
  const granted = new Map<PermanentId, ReadonlySet<DataAccess>>();
  for (const capability of contract.capabilities)
    if (capability.kind === 'data') granted.set(capability.entity, new Set(capability.access));
  const rows = new Map<string, PlainRow>();
  const counts = { asks: 0, rows: 0, denied: 0 };
  const denied = (why: string): Refusal => {
    counts.denied += 1;
    return refuse('forbidden', why);
  };
  const note = (row: PlainRow | Refusal | null): Json | Refusal => {
    if (row === null || isRefusal(row)) return row;
    counts.rows += 1;
    rows.set(row.id, row);
    return row as unknown as Json;
  };
  const perform = async (capability: string, input: Json): Promise<Json | Refusal> => {
    counts.asks += 1;
    if (counts.asks > contract.caps.capabilityCalls)
      return refuse('too-large', `${contract.name} asked more than ${contract.caps.capabilityCalls} times in one call.`);
    if (counts.rows > contract.caps.rows)
      return refuse('too-large', `${contract.name} read or wrote more than ${contract.caps.rows} rows in one call.`);
    if (capability === 'log') {
      log(input);
      return null;
    }
    const dot = capability.indexOf('.');
    const [name, verb] = [capability.slice(0, Math.max(0, dot)), capability.slice(dot + 1)];
    if (name === 'emit') {
      if (!contract.capabilities.some((held) => held.kind === 'emit' && held.event === verb))
        return denied(`${contract.name} may not emit ${verb}: its contract does not say so.`);
      await tx.emit(verb, input);
      return null;
    }
    const entity = entityNamed(model, name);
    const access = Object.hasOwn(accessOf, verb) ? accessOf[verb] : undefined;
    if (entity === undefined || access === undefined) return denied(`There is no capability ${capability.slice(0, 80)}.`);
    if (granted.get(entity.id)?.has(access) !== true)
      return denied(`${contract.name} may not ${verb} ${entity.plural}: its contract does not say so.`);
    switch (verb) {
      case 'get':
        return typeof input === 'string' ? note(await tx.get(entity.id, input)) : malformed(capability);
      case 'list': {
        const page = await tx.list(entity.id, (isObject(input) ? input : {}) as ListQuery);
        if (isRefusal(page)) return page;
        for (const row of page.items) note(row as PlainRow);
        return page as unknown as Json;
      }
      case 'create':
        return isObject(input) ? note(await tx.create(entity.id, input as PlainValues)) : malformed(capability);
      case 'update':
        if (!isObject(input)) return malformed(capability);
        return updates(input) ? note(await tx.update(entity.id, input.id, input.patch, { by: contract.id })) : malformed(capability);
      default: {
        if (typeof input !== 'string') return malformed(capability);
        const removed = await tx.delete(entity.id, input);
        return isRefusal(removed) ? removed : null;
      }
    }
  };
  return { perform, seen: (id) => rows.get(id), counts };
}

const updates = (input: {
  readonly [key: string]: Json;
}): input is { readonly id: string; readonly patch: { readonly [key: string]: Json } } =>
  typeof input['id'] === 'string' && input['patch'] !== undefined && isObject(input['patch']);
const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const malformed = (capability: string): Refusal => refuse('malformed', `${capability} was asked with a value of the wrong shape.`);
