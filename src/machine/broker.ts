/**
 * The only way out of a component: each ask of a call is held against the contract's capabilities and counted against its
 * caps before it reaches the transaction. Values only; no text of a component ever becomes SQL. What a component does not
 * hold is denied with what would have to stand in its contract. Sensitive values that it does not hold never reach it.
 */
import {
  type BodyTerms,
  boundedCaps,
  accessOf,
  type DataAccess,
  type EntityContract,
  isRefusal,
  type Json,
  type OperationContract,
  type PermanentId,
  refuse,
  type Refusal,
} from '#kernel';
import { entityById, entityNamed, operationNamed, type SystemModel } from '#model';
import { type ListQuery, mostRows, type PlainRow, type PlainValues, shownRow, type WriteTransaction } from '#store';
import { askedList, meetingNobody } from './broker/asked-list.ts';
import type { Denial } from './broker/denials.ts';
import { grantsOf, hiddenNamed, hiddenWritten } from './broker/grants.ts';
import { type IdentityParts, signing, withHashes } from './broker/identity.ts';

export interface Broker {
  perform(capability: string, input: Json): Promise<Json | Refusal>;
  /** The last image of a row that this call saw, whole, so that an answered row need not be read again. */
  seen(entity: PermanentId, id: string): PlainRow | undefined;
  /** The row that an operation acts on, as its component may see it. */
  shown(entity: PermanentId, row: PlainRow): PlainRow;
  readonly counts: Counts;
}
export interface Counts {
  asks: number;
  rows: number;
  denied: number;
}
/** Another operation, asked for from inside: its answer, whole. */
export type Operate = (
  operation: OperationContract,
  row: string | null,
  input: PlainValues,
  from: Broker,
) => Promise<PlainRow | PlainValues | null | Refusal>;

export interface BrokerParts {
  readonly model: SystemModel;
  readonly contract: BodyTerms;
  /** `operation/placeOrder`. */
  readonly component: string;
  readonly tx: WriteTransaction;
  readonly log: (message: Json) => void;
  readonly denied?: (denial: Denial) => void;
  /** What was asked from inside another call counts against that one as well. */
  readonly outer?: Broker;
  readonly operate?: Operate;
  readonly identity?: Omit<IdentityParts, 'model' | 'tx' | 'by'>;
  readonly fetch?: (request: Json, deny: (asked: string, why: string, write: string | null) => Refusal) => Promise<Json | Refusal>;
}

export function openBroker(parts: BrokerParts): Broker {
  const { model, contract, component, tx, outer } = parts;
  const me = contract.name;
  const caps = boundedCaps(contract.caps);
  const grants = grantsOf(model, contract);
  const { hiding } = grants;
  const rows = new Map<string, PlainRow>();
  const own: Counts = { asks: 0, rows: 0, denied: 0 };
  const counts: Counts = outer === undefined ? own : counted(own, outer.counts);
  const deny = (asked: string, why: string, write: string | null): Refusal => {
    counts.denied += 1;
    const denial = { component, asked, why, write };
    parts.denied?.(denial);
    return refuse('forbidden', write === null ? why : `${why} Its contract would have to say ${write}.`, denial);
  };
  const note = (entity: EntityContract, row: PlainRow | Refusal): Json | Refusal => {
    if (isRefusal(row)) return row;
    counts.rows += 1;
    rows.set(`${entity.id} ${row.id}`, row);
    return shownRow(entity.fields, row, hiding.hidden) as unknown as Json;
  };
  const hiddenField = (entity: EntityContract, field: string, deed: string, access: DataAccess): Refusal =>
    deny(
      `${entity.name}.${field} ${deed}`,
      `${me} may not ${deed} ${field} of ${entity.plural}: it is sensitive, or computed from what is.`,
      `${entity.name}: { access: ['${access}'], sensitive: ['${field}'] }`,
    );

  const hiddenIn = (entity: EntityContract, query: ListQuery): Refusal | undefined => {
    const sorted = (query.sort ?? '').split(',').map((part) => part.trim().replace(/^-/, ''));
    for (const name of [...(query.filters ?? []).map((filter) => filter.field), ...sorted]) {
      const hidden = hiddenNamed(entity, name, hiding.hidden);
      if (hidden !== undefined) return hiddenField(entity, hidden.name, sorted.includes(name) ? 'sort by' : 'filter by', 'read');
    }
    return undefined;
  };
  const count = async (entity: EntityContract, capability: string, input: Json): Promise<Json | Refusal> => {
    const asked = askedList(input, capability);
    if (isRefusal(asked)) return asked;
    const query = meetingNobody(asked, entity);
    const more = Object.keys(query).filter((name) => name !== 'filters' && name !== 'q');
    if (more.length > 0)
      return refuse('malformed', `${capability} was asked with ${more.join(' and ')}; a count takes filters and q alone.`);
    return hiddenIn(entity, query) ?? tx.count(entity.id, query, hiding);
  };
  const list = async (entity: EntityContract, capability: string, input: Json): Promise<Json | Refusal> => {
    const asked = askedList(input, capability);
    if (isRefusal(asked)) return asked;
    const query = meetingNobody(asked, entity);
    const named = hiddenIn(entity, query);
    if (named !== undefined) return named;
    const page = await tx.list(entity.id, query, hiding);
    if (isRefusal(page)) return page;
    counts.rows += page.items.length;
    if (hiding.hidden.size === 0) for (const row of page.items) rows.set(`${entity.id} ${row.id}`, row);
    return page as unknown as Json;
  };
  /** Every row of a query, page by page, until the cap of the call. */
  const all = async (entity: EntityContract, capability: string, input: Json): Promise<Json | Refusal> => {
    if (!isObject(input) || 'limit' in input || 'cursor' in input)
      return refuse('malformed', `${capability} takes { filters, sort, q }; with limit and cursor it is ${entity.name}.list.`);
    const items: Json[] = [];
    for (let cursor: Json = null; ;) {
      const page = await list(entity, capability, { ...input, cursor, limit: mostRows });
      if (isRefusal(page)) return page;
      const { items: more, next } = page as unknown as { readonly items: readonly Json[]; readonly next: string | null };
      for (const row of more) items.push(row);
      if (next === null) return items;
      if (own.rows > caps.rows) return tooManyRows();
      cursor = next;
    }
  };
  const data = async (capability: string, input: Json): Promise<Json | Refusal> => {
    const dot = capability.indexOf('.');
    const [name, verb] = [capability.slice(0, Math.max(0, dot)), capability.slice(dot + 1)];
    const entity = entityNamed(model, name);
    const access = Object.hasOwn(accessOf, verb) ? accessOf[verb] : undefined;
    if (entity === undefined || access === undefined)
      return deny(capability.slice(0, 80), `There is no capability ${capability.slice(0, 80)}.`, null);
    if (!grants.access(entity.id, access))
      return deny(`${entity.name} ${access}`, `${me} may not ${verb} ${entity.plural}.`, `${entity.name}: ['${access}']`);
    const written = async (values: { readonly [name: string]: Json }): Promise<{ readonly [name: string]: Json } | Refusal> => {
      if (grants.signsIn === entity.id && parts.identity !== undefined) {
        const hashed = await withHashes(entity, values, { model, ...parts.identity });
        if (isRefusal(hashed)) return hashed;
        const { [secretNamed(entity) ?? '']: _hash, ...open } = hashed;
        return unwritten(open) ?? hashed;
      }
      return unwritten(values) ?? values;
    };
    const unwritten = (values: { readonly [name: string]: Json }): Refusal | undefined => {
      const hidden = hiddenWritten(entity.fields, values, hiding.hidden);
      return hidden === undefined ? undefined : hiddenField(entity, hidden, 'write', access);
    };
    switch (verb) {
      case 'get':
        return typeof input === 'string' ? note(entity, await tx.get(entity.id, input)) : malformed(capability);
      case 'list':
        return list(entity, capability, input);
      case 'count':
        return count(entity, capability, input);
      case 'all':
        return all(entity, capability, input);
      case 'create':
        if (!isObject(input)) return malformed(capability);
        return withValues(await written(input), async (values) => note(entity, await tx.create(entity.id, values as PlainValues)));
      case 'update':
        if (!isObject(input) || !updates(input)) return malformed(capability);
        return withValues(await written(input.patch), async (patch) =>
          note(entity, await tx.update(entity.id, input.id, patch as PlainValues, { by: contract.id })),
        );
      case 'delete': {
        if (typeof input !== 'string') return malformed(capability);
        const removed = await tx.delete(entity.id, input);
        rows.delete(`${entity.id} ${input}`);
        if (isRefusal(removed)) return removed;
        counts.rows += 1;
        return null;
      }
      default:
        return malformed(capability);
    }
  };
  const call = async (name: string, input: Json): Promise<Json | Refusal> => {
    const operation = operationNamed(model, name);
    if (operation === undefined || parts.operate === undefined || !grants.calls(operation.id))
      return deny(`call ${name.slice(0, 80)}`, `${me} may not call ${name.slice(0, 80)}.`, `calls: ['${name.slice(0, 80)}']`);
    const given = isObject(input) ? input : {};
    const [row, values] = [given['on'] ?? null, given['with'] ?? {}];
    if ((row !== null && typeof row !== 'string') || !isObject(values)) return malformed(`call ${name}`);
    const answer = await parts.operate(operation, row, values as PlainValues, broker);
    if (answer === null || isRefusal(answer) || operation.output === null) return answer as Refusal | null;
    if (!('row' in operation.output)) {
      // What `run` answers there: of a body that is the whole answer, that body.
      const { fields, whole } = operation.output;
      const body = whole === true && fields.length === 1 ? fields[0] : undefined;
      return body === undefined ? (answer as Json) : ((answer as { readonly [name: string]: Json })[body.name] ?? null);
    }
    const entity = entityById(model, operation.output.row);
    return entity === undefined ? null : note(entity, answer as PlainRow);
  };
  const tooManyRows = (): Refusal => refuse('too-large', `${me} read or wrote more than ${caps.rows} rows in one call.`);
  const perform = async (capability: string, input: Json): Promise<Json | Refusal> => {
    counts.asks += 1;
    if (own.asks > caps.capabilityCalls) return refuse('too-large', `${me} asked more than ${caps.capabilityCalls} times in one call.`);
    if (own.rows > caps.rows) return tooManyRows();
    const over = outer === undefined ? null : overspent(outer);
    if (over !== null) return over;
    if (capability === 'log') {
      parts.log(input);
      return null;
    }
    if (capability === 'fetch' && parts.fetch !== undefined) return parts.fetch(input, deny);
    if (capability.startsWith('identity.')) {
      const entity = grants.signsIn === undefined ? undefined : entityById(model, grants.signsIn);
      if (entity === undefined || parts.identity === undefined)
        return deny('identity', `${me} may not sign anybody in.`, "identity: 'person'");
      counts.rows += 1;
      const mask = (row: PlainRow): Json => note(entity, row) as Json;
      return signing(capability.slice('identity.'.length), input, entity, { ...parts.identity, model, tx, by: contract.id }, mask);
    }
    if (capability.startsWith('call/')) return call(capability.slice('call/'.length), input);
    if (!capability.startsWith('emit.')) {
      // Before it is done, so that a component that goes on all the same has not written one row too many.
      if (own.rows >= caps.rows) return tooManyRows();
      const answer = await data(capability, input);
      return own.rows > caps.rows ? tooManyRows() : answer;
    }
    const event = capability.slice('emit.'.length);
    if (!grants.emits(event)) return deny(`emit ${event}`, `${me} may not emit ${event}.`, `emits: ['${event}']`);
    await tx.emit(event, input);
    return null;
  };
  const overspent = (from: Broker): Refusal | null => spent.get(from)?.() ?? null;
  const broker: Broker = {
    perform,
    counts,
    seen: (entity, id) => rows.get(`${entity} ${id}`),
    shown: (entity, row) => {
      const fields = entityById(model, entity)?.fields;
      return fields === undefined ? row : shownRow(fields, row, hiding.hidden);
    },
  };
  spent.set(broker, () => {
    if (own.asks > caps.capabilityCalls)
      return refuse('too-large', `${me} and what it calls asked more than ${caps.capabilityCalls} times in one call.`);
    if (own.rows > caps.rows) return refuse('too-large', `${me} and what it calls read or wrote more than ${caps.rows} rows in one call.`);
    return outer === undefined ? null : overspent(outer);
  });
  return broker;
}
const withValues = async (
  values: { readonly [name: string]: Json } | Refusal,
  write: (values: { readonly [name: string]: Json }) => Promise<Json | Refusal>,
): Promise<Json | Refusal> => (isRefusal(values) ? values : write(values as { readonly [name: string]: Json }));
const secretNamed = (entity: EntityContract): string | undefined =>
  entity.fields.find((field) => field.id === entity.identity?.secret)?.name;

/** Whether a broker's own caps are spent, by what was asked inside it included. */
const spent = new WeakMap<Broker, () => Refusal | null>();

/** Counts that are counted outside as well. */
const counted = (own: Counts, outer: Counts): Counts => ({
  get asks() {
    return own.asks;
  },
  set asks(to) {
    outer.asks += to - own.asks;
    own.asks = to;
  },
  get rows() {
    return own.rows;
  },
  set rows(to) {
    outer.rows += to - own.rows;
    own.rows = to;
  },
  get denied() {
    return own.denied;
  },
  set denied(to) {
    outer.denied += to - own.denied;
    own.denied = to;
  },
});

const updates = (input: {
  readonly [key: string]: Json;
}): input is { readonly id: string; readonly patch: { readonly [key: string]: Json } } =>
  typeof input['id'] === 'string' && input['patch'] !== undefined && isObject(input['patch']);
const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const malformed = (capability: string): Refusal => refuse('malformed', `${capability} was asked with a value of the wrong shape.`);
