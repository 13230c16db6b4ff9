/**
 * The calls that a generation answers: rows, operations, approvals, views; and the runs of reactions and jobs, which nobody
 * calls. Each gets its envelope here; each write is one transaction of the store; a body runs in a host and reaches that
 * transaction through the broker alone.
 */
import { randomUUIDv7 } from 'node:crypto';
import {
  type BodyContract,
  type Call,
  type Caller,
  type EntityContract,
  Fault,
  type Field,
  instant,
  isRefusal,
  type Json,
  type OperationContract,
  refuse,
  type Refusal,
  systemCaller,
  type WorkflowContract,
} from '#kernel';
import { chosenStrategies, type ComponentKey, componentKey, entityById } from '#model';
import {
  askedOfRows,
  coveredRows,
  hiddenFrom,
  isFencedOut,
  mostRows,
  type PlainRow,
  type PlainValues,
  shownRow,
  type Store,
  type WriteTransaction,
} from '#store';
import { deedIn, deeds, HostDied, type Hosts } from '#hosts';
import { actionsNow } from './actions-now.ts';
import { actsOn, movedOn } from './acts-on.ts';
import type { Broker } from './broker.ts';
import { mayCall } from './broker/may-call.ts';
import type { Recording } from './broker/recording.ts';
import { type BodyCall, type BodyParts, runBody } from './broker/run-body.ts';
import { sourceOf, toldOfFailure } from './told-of-failure.ts';
import { promisedValues } from './broker/promised.ts';
import { filledIn } from './filled-in.ts';
import { holdsSpentToken, openVault } from './broker/vault.ts';
import type { Loaded } from './loaded.ts';
import type { Answer, CallOptions, Calls, Running, UnaskedCalls, UnaskedRun } from './running.ts';
import { stateIn } from './unasked/timed.ts';

export { noGuilt } from './guilt.ts';

export interface CallParts extends BodyParts {
  readonly store: Store;
  readonly hosts: Hosts;
  /** The loaded generation behind a reference, and the one that is routed now. */
  readonly loaded: (running: Running) => Loaded;
  readonly routed: () => Promise<Loaded>;
  /** In trials: every caller is told all of a component's failure. */
  readonly failuresInFull?: boolean;
  /** Something was written. */
  readonly wrote?: () => void;
}
const longestCallMs = 10_000;
/** Admissions wait for it, one after the other; what takes longer is not told. */
const longestCountMs = 1_500;
/** What a run that nobody waits for may take beside the time of its own body. */
const spareMs = 5_000;
/** `call`: the id that a run keeps over all its tries. `longestMs`: another limit than that of calls. */
interface WriteCall extends CallOptions {
  readonly call?: UnaskedRun['call'];
  readonly longestMs?: number;
}
/** Times that a call may lose its host to somebody outside before it is told to come again. */
const mostKilled = 5;

export function openCalls(parts: CallParts): Calls & UnaskedCalls {
  const { store, clock } = parts;
  const envelope = (loaded: Loaded, component: ComponentKey, { caller, deadlineMs, call }: WriteCall, deadline?: number): Call => {
    const now = clock();
    return {
      call: call ?? randomUUIDv7(),
      caller,
      generation: loaded.generation,
      activation: loaded.activation,
      component,
      change: loaded.changes.get(component) ?? null,
      now: instant(now),
      deadline: instant(deadline ?? now + Math.min(deadlineMs ?? longestCallMs, longestCallMs)),
    };
  };

  /** One write; a call that was fenced out runs again on the routed generation, since its caller has seen no answer. */
  async function write<Value>(
    running: Running,
    component: ComponentKey,
    operation: string,
    options: WriteCall,
    body: (tx: WriteTransaction, loaded: Loaded, call: Call) => Promise<Value | Refusal>,
    how: { readonly single?: boolean; readonly undone?: boolean } = {},
  ): Promise<Answer<Value>> {
    let loaded = parts.loaded(running);
    const longest = options.longestMs ?? longestCallMs;
    const deadline = clock() + Math.min(options.deadlineMs ?? longest, longest);
    for (;;) {
      const at = loaded;
      const call = envelope(at, component, options, deadline);
      const manner = {
        ...how,
        ...(options.idempotency === undefined
          ? {}
          : { idempotency: { operation, key: options.idempotency.key, body: options.idempotency.body } }),
        ...(options.files === undefined ? {} : { files: options.files }),
      };
      try {
        const written = await store.write(call, at.prepared, manner, (tx) => body(tx, at, call));
        if (isRefusal(written)) return { value: written, generation: at.generation, replayed: false };
        if (how.undone !== true) parts.wrote?.();
        return { value: written.value, generation: at.generation, replayed: written.replayed };
      } catch (error) {
        if (!isFencedOut(error) || clock() > deadline) throw error;
        loaded = await parts.routed();
      }
    }
  }
  const read = async <Value>(
    running: Running,
    component: ComponentKey,
    options: CallOptions,
    body: (loaded: Loaded, call: Call) => Promise<Value | Refusal>,
  ): Promise<Answer<Value>> => {
    const loaded = parts.loaded(running);
    return { value: await body(loaded, envelope(loaded, component, options)), generation: loaded.generation, replayed: false };
  };
  const entityKey = (name: string): ComponentKey => componentKey('entity', name);

  /** A run that lost its host runs again alone within its deadline; dying alone proves guilt. What failed by its own deed is struck. */
  async function outlivingHosts<Value>(
    running: Running,
    { id, name }: BodyContract,
    caller: Caller,
    run: (alone: boolean) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const code = parts.loaded(running).code.get(id);
    let alone = code !== undefined && parts.guilt.suspect(code);
    let killed = 0;
    for (;;) {
      try {
        const answer = await run(alone);
        return { ...answer, value: await blamed(parts, running, answer.value, caller) };
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'host-died') throw error;
        // A host that somebody outside killed says nothing about what ran in it.
        const guilty = alone && error instanceof HostDied && error.explained;
        if (alone && !guilty && (killed += 1) >= mostKilled) throw error;
        if (guilty) {
          const died = refuse('component-failed', `${name} was stopped: ${error.message} Nothing was changed.`, {
            component: error.key,
            deed: 'died',
          });
          return { value: await blamed(parts, running, died, caller), generation: running.generation, replayed: false };
        }
        alone = true;
      }
    }
  }

  return {
    get: (running, entity, id, options) =>
      read(running, entityKey(entity.name), options, ({ prepared }, call) => store.read.get(call, prepared, entity.id, id)),
    list: (running, entity, query, options) =>
      read(running, entityKey(entity.name), options, ({ prepared }, call) => store.read.list(call, prepared, entity.id, query)),
    show: (running, view, page, options) =>
      read(running, componentKey('view', view.name), options, ({ prepared }, call) => store.read.view(call, prepared, view, page)),
    create: async (running, entity, values, options) =>
      secretWritten(running, entity, values) ??
      write(running, entityKey(entity.name), `create ${entity.id}`, options, (tx) => tx.create(entity.id, values), { single: true }),
    update: async (running, entity, id, patch, options) =>
      secretWritten(running, entity, patch) ??
      write(running, entityKey(entity.name), `update ${entity.id} ${id}`, options, (tx) =>
        tx.update(entity.id, id, patch, options.version === undefined ? {} : { version: options.version }),
      ),
    remove: (running, entity, id, options) =>
      write<null>(running, entityKey(entity.name), `delete ${entity.id} ${id}`, options, async (tx) => {
        const removed = await tx.delete(entity.id, id, options.version === undefined ? {} : { version: options.version });
        return isRefusal(removed) ? removed : null;
      }),
    approve: (running, rule, row, options) =>
      write(running, componentKey('rule', rule.name), `approve ${rule.id} ${row}`, options, async (tx) => {
        const seen = options.version !== undefined && options.caller.roles.includes(rule.role) ? await tx.get(rule.on, row) : undefined;
        const stale = seen === undefined || isRefusal(seen) ? undefined : movedOn(seen, options.version);
        return stale ?? tx.approve(rule, row);
      }),
    move: (running, workflow, name, row, options) =>
      write(running, componentKey('workflow', workflow.name), `move ${workflow.id} ${row} ${name}`, options, (tx) =>
        tx.move(workflow.id, row, { name }, options.version === undefined ? {} : { version: options.version }),
      ),
    actions: async (running, entity, id, options) => {
      const seen = await read(running, entityKey(entity.name), options, ({ prepared }, call) =>
        store.read.get(call, prepared, entity.id, id),
      );
      return isRefusal(seen.value)
        ? { ...seen, value: seen.value }
        : actionsNow(running, entity, id, options.caller, (component, judge) =>
            write(running, component, '', { caller: options.caller }, judge, { undone: true }),
          );
    },
    operate: async (running, operation, row, input, options) => {
      const forbidden = mayCall(operation, options.caller, parts.loaded(running));
      if (forbidden !== null) return { value: forbidden, generation: running.generation, replayed: false };
      const component = componentKey('operation', operation.name);
      const deadline = clock() + Math.min(options.deadlineMs ?? longestCallMs, longestCallMs);
      const recordings: Recording[] = [];
      const vault = openVault();
      const taken = vault.hidden(operation.input, input);
      // What tells this request from others is kept: not as a hash of a secret that could be guessed at fast.
      const { idempotency } = options;
      const kept =
        idempotency === undefined || !vault.holds || parts.tokens === undefined
          ? options
          : { ...options, idempotency: { ...idempotency, body: parts.tokens.digest(idempotency.body) } };
      const answer = await outlivingHosts<PlainRow | PlainValues | null>(running, operation, options.caller, (alone) =>
        write<PlainRow | PlainValues | null>(
          running,
          component,
          `call ${operation.id} ${row ?? ''}`,
          { ...kept, deadlineMs: deadline - clock() },
          async (tx, loaded, call) => {
            // A try that is run again leaves nothing, recordings included.
            recordings.length = 0;
            const at = {
              loaded,
              call,
              tx,
              alone,
              vault,
              around: [],
              record: options.record && ((made: Recording) => void recordings.push(made)),
            };
            return toCaller(loaded, operation, call, await operateIn(parts, at, operation, row, taken, options.version));
          },
        ),
      );
      options.record?.(recordings);
      if (answer.replayed && holdsSpentToken(answer.value))
        return {
          ...answer,
          value: refuse('conflict', 'This was done already, and the token that it answered is kept nowhere. Sign in again.'),
        };
      return { ...answer, value: vault.filled(answer.value) };
    },
    file: (id) => store.file(id),
    moveUnasked: (running, workflow, { transition, state, row, version }, run) => {
      const component = componentKey('workflow', workflow.name);
      const caller = unaskedCaller(component);
      const options = { caller, call: run.call, idempotency: { key: run.key, body: '' } };
      return write<null>(running, component, `clock ${transition}`, options, async (tx) => {
        const moved = await tx.move(workflow.id, row, { clock: transition, state }, { version });
        return isRefusal(moved) ? moved : null;
      });
    },
    standing: async (running, workflow, states, cursor) => {
      const { field, named } = fieldOf(running, workflow);
      if (field === undefined) return { rows: [], next: null };
      const filters = [{ field: field.name, op: 'in' as const, value: states.map((state) => named.get(state)).join(',') }];
      const component = componentKey('workflow', workflow.name);
      const { value } = await read(running, component, { caller: unaskedCaller(component) }, ({ prepared }, call) =>
        store.read.list(call, prepared, workflow.on, { filters, limit: mostRows, ...(cursor === undefined ? {} : { cursor }) }),
      );
      if (isRefusal(value)) throw new Fault('bug', value.why);
      const rows = value.items.map((row) => ({
        row: String(row['id']),
        state: stateIn(running.model, workflow, row[field.name]) ?? '',
        version: Number(row['version']),
      }));
      return { rows, next: value.next };
    },
    barring: (running, next) => {
      const component = entityKey(next.name);
      const loaded = parts.loaded(running);
      const call = envelope(loaded, component, { caller: unaskedCaller(component) });
      return askedOfRows(store.read, call, loaded.prepared, next, { seesAll: true, barringAlone: true });
    },
    covered: (running, entity, holds) => {
      const component = entityKey(entityById(running.model, entity)?.name ?? '');
      const loaded = parts.loaded(running);
      const call = envelope(loaded, component, { caller: unaskedCaller(component), deadlineMs: longestCountMs });
      return coveredRows(store.read, call, loaded.prepared, entity, holds);
    },
    stands: async (running, workflow, id) => {
      const component = componentKey('workflow', workflow.name);
      const { value } = await read(running, component, { caller: unaskedCaller(component) }, ({ prepared }, call) =>
        store.read.get(call, prepared, workflow.on, id),
      );
      return isRefusal(value) ? value : { state: value[fieldOf(running, workflow).field?.name ?? ''], version: Number(value.version) };
    },
    runUnasked: (running, contract, given, run) => {
      const component = componentKey(contract.kind, contract.name);
      const caller = unaskedCaller(component);
      // Who reads what became of it steers the system, and is told of a failure in full.
      const longestMs = Math.max(longestCallMs, contract.caps.wallMs + spareMs);
      const deadline = clock() + longestMs;
      return outlivingHosts<null>(running, contract, { ...caller, roles: ['owner'] }, (alone) =>
        write<null>(
          running,
          component,
          `${contract.kind} ${contract.id}`,
          { caller, call: run.call, idempotency: { key: run.key, body: '' }, longestMs, deadlineMs: deadline - clock() },
          async (tx, loaded, call) => {
            const served = [...loaded.model.reactions, ...loaded.model.jobs].find((known) => known.id === contract.id);
            if (served === undefined) return refuse('not-found', `${component} is not in the generation that serves now.`);
            const ran = await runBody(
              parts,
              { loaded, call, tx, alone, vault: openVault(), around: [] },
              served,
              () => given,
              (inner, ...asked) => operateIn(parts, inner, ...asked),
            );
            return isRefusal(ran) ? ran : null;
          },
        ),
      );
    },
  };
}

/** In whose name runs what nobody calls. */
const unaskedCaller = (component: ComponentKey): Caller => ({ id: systemCaller, name: component, roles: [] });

/** The choice that a workflow governs, and the names of its states in this generation. */
function fieldOf(
  { model }: Running,
  { on, field: of }: WorkflowContract,
): { readonly field: Field | undefined; readonly named: ReadonlyMap<string, string> } {
  const field = entityById(model, on)?.fields.find(({ id }) => id === of);
  return { field, named: new Map(field?.type.kind === 'choice' ? field.type.choices.map(({ id, name }) => [id, name]) : []) };
}

/** What people sign in with is set where they sign up, never as a plain value. */
function secretWritten(running: Running, { identity, fields }: EntityContract, values: PlainValues): Answer<never> | undefined {
  const secret = identity === undefined ? undefined : fields.find((field) => field.id === identity.secret);
  if (secret === undefined || !Object.hasOwn(values, secret.name)) return undefined;
  const value = refuse('invalid', 'Some values are not allowed.', {
    fields: { [secret.name]: 'is set by an operation that signs people up, and not here' },
  });
  return { value, generation: running.generation, replayed: false };
}

/**
 * Where a component failed: a deed of its own is a strike; who may see code is told the place in its source, others that it failed.
 * The component that did it may be another than the one that was called.
 */
async function blamed<Value>(parts: CallParts, running: Running, value: Value | Refusal, caller: Caller): Promise<Value | Refusal> {
  if (!isRefusal(value) || value.code !== 'component-failed') return value;
  const loaded = parts.loaded(running);
  const done = deedIn(value);
  const source = done === undefined ? undefined : sourceOf(loaded, done.component);
  if (done !== undefined && source !== undefined) await parts.guilt.strike(done.component, source, `${deeds[done.deed]} (${value.why})`);
  return parts.failuresInFull === true ? value : toldOfFailure(value, loaded, caller);
}

/** An operation inside a transaction: of a caller, or of another operation around it. */
async function operateIn(
  parts: CallParts,
  at: BodyCall,
  operation: OperationContract,
  rowId: string | null,
  input: PlainValues,
  version?: number,
): Promise<PlainRow | PlainValues | null | Refusal> {
  const { loaded, tx } = at;
  const acted = await actsOn(loaded, operation, rowId, tx, version);
  if (isRefusal(acted)) return acted;
  const given = (broker: Broker): { readonly [name: string]: Json } => ({
    input: filledIn(operation.input, input, loaded.model.settings) as Json,
    row: (acted === null || operation.on === undefined ? acted : broker.shown(operation.on, acted)) as unknown as Json,
    ...(operation.points === undefined ? {} : { strategy: chosenStrategies(loaded.model.settings, operation) }),
  });
  const ran = await runBody(parts, at, operation, given, (inner, ...asked) => operateIn(parts, inner, ...asked));
  return isRefusal(ran) ? ran : answered(loaded, operation, ran.result, tx, ran.broker);
}

/** What the contract promises: a row that this call saw or that is there, own fields, or nothing. */
async function answered(
  { model }: Loaded,
  operation: OperationContract,
  result: Json,
  tx: WriteTransaction,
  broker: Broker,
): Promise<PlainRow | PlainValues | null | Refusal> {
  if (operation.output === null) return null;
  const { output } = operation;
  if ('fields' in output && output.whole === true && output.fields.length === 1)
    return promisedValues(model.settings, output, { [output.fields[0]?.name ?? '']: result }) ?? brokenPromise(operation);
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return brokenPromise(operation);
  const value = result as { readonly [key: string]: Json };
  if (!('row' in operation.output)) return promisedValues(model.settings, operation.output, value) ?? brokenPromise(operation);
  const id = value['id'];
  if (typeof id !== 'string') return brokenPromise(operation);
  const row = broker.seen(operation.output.row, id) ?? (await tx.get(operation.output.row, id));
  return isRefusal(row) && row.code === 'not-found' ? brokenPromise(operation) : row;
}

/** An operation may see more than who called it. */
function toCaller(
  { model, prepared }: Loaded,
  operation: OperationContract,
  call: Call,
  answer: PlainRow | PlainValues | null | Refusal,
): PlainRow | PlainValues | null | Refusal {
  const { output } = operation;
  if (answer === null || isRefusal(answer) || output === null || !('row' in output)) return answer;
  const fields = entityById(model, output.row)?.fields;
  return fields === undefined ? answer : shownRow(fields, answer as PlainRow, hiddenFrom(prepared, call.caller));
}
const brokenPromise = (operation: OperationContract): Refusal =>
  refuse('component-failed', `${operation.name} answered what its contract does not promise; nothing was changed.`, {
    component: componentKey('operation', operation.name),
    deed: 'contract',
  });

export { type Happened, type Held, jobGiven, reactionGiven, timeZoneOf } from './unasked/given.ts';
export { type DueParts, runDue } from './unasked/run-due.ts';
export { timedIn } from './unasked/timed.ts';
