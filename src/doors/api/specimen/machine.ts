/** A machine over rows in memory, for tests of routes and shapes alone: it stores what it is given and refuses by role. What rows may be is tested on the real one. */
import { type Caller, digest, type Digest, type EntityContract, isRefusal, refuse, type Refusal } from '#kernel';
import type { ActionsNow, Answer, CallOptions, Machine, Running } from '#machine';
import { specimenModel } from './model.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}
export const firstGeneration: Digest = digest(`sha256:${'1'.repeat(64)}`);
export const specimenRunning: Running = { generation: firstGeneration, activation: 1, model: specimenModel };

export interface SpecimenMachine extends Machine {
  /** Makes another generation serve. */
  activate(running: Running): void;
  frozen: boolean;
}

export function specimenMachine(running: Running = specimenRunning): SpecimenMachine {
  const tables = new Map<string, Map<string, Row>>();
  const seen = new Map<string, { readonly body: string; readonly value: unknown }>();
  const listeners: ((running: Running) => void)[] = [];
  let current = running;
  let made = 0;
  const tableOf = (entity: string): Map<string, Row> => {
    const table = tables.get(entity) ?? new Map<string, Row>();
    tables.set(entity, table);
    return table;
  };
  const nextId = (): string => `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`;
  const answer = <Value>(entered: Running, value: Value | Refusal, replayed = false): Answer<Value> => ({
    value,
    generation: entered.generation,
    replayed,
  });
  const may = (caller: Caller, right: 'read' | 'write'): Refusal | null =>
    current.model.settings.roles.some((role) => caller.roles.includes(role.name) && role[right])
      ? null
      : refuse('forbidden', `None of your roles may ${right}.`);
  const once = <Value>(entered: Running, options: CallOptions, act: () => Value | Refusal): Answer<Value> => {
    const { idempotency } = options;
    const before = idempotency === undefined ? undefined : seen.get(idempotency.key);
    if (before !== undefined && before.body !== idempotency?.body)
      return answer<Value>(entered, refuse('idempotency-mismatch', 'This key came with another body before.'));
    if (before !== undefined) return answer(entered, before.value as Value, true);
    const value = act();
    if (idempotency !== undefined && !isRefusal(value)) seen.set(idempotency.key, { body: idempotency.body, value });
    return answer(entered, value);
  };
  const found = (entity: string, id: string): Row | Refusal => tableOf(entity).get(id) ?? refuse('not-found', `There is no row ${id}.`);
  const put = (entity: string, id: string, values: { readonly [field: string]: unknown }): Row => {
    const row = { ...values, id, version: (tableOf(entity).get(id)?.version ?? 0) + 1 };
    tableOf(entity).set(id, row);
    return row;
  };
  const steer = (caller: Caller): Refusal | null =>
    caller.roles.includes('owner') ? null : refuse('forbidden', 'Only owner may do this.');

  return {
    frozen: false,
    activate(next) {
      current = next;
      for (const listener of listeners) listener(next);
    },
    current: () => current,
    byToken: async () => null,
    onSwap: (listener) => void listeners.push(listener),
    get: async (entered, entity, id, { caller }) => answer(entered, may(caller, 'read') ?? found(entity.id, id)),
    list: async (entered, entity, query, { caller }) =>
      answer(entered, may(caller, 'read') ?? { items: [...tableOf(entity.id).values()].slice(0, query.limit ?? 50), next: null }),
    create: async (entered, entity, values, options) =>
      once(
        entered,
        options,
        () => may(options.caller, 'write') ?? put(entity.id, nextId(), { ...noItems(entity), ...withItems(entity, values, nextId) }),
      ),
    update: async (entered, entity, id, patch, options) =>
      once(entered, options, () => {
        const row = may(options.caller, 'write') ?? found(entity.id, id);
        if (isRefusal(row)) return row;
        if (options.version !== undefined && options.version !== row.version)
          return refuse('stale', `This row is at version ${row.version}.`);
        return put(entity.id, id, { ...row, ...withItems(entity, patch, nextId) });
      }),
    remove: async (entered, entity, id, options) =>
      once<null>(entered, options, () => {
        const row = may(options.caller, 'write') ?? found(entity.id, id);
        if (isRefusal(row)) return row;
        tableOf(entity.id).delete(id);
        return null;
      }),
    actions: async (entered, entity, id, { caller }) => {
      const row = may(caller, 'read') ?? found(entity.id, id);
      if (isRefusal(row)) return answer<ActionsNow>(entered, row);
      const operations = current.model.operations.filter(({ on }) => on === entity.id);
      const refusal = may(caller, 'write');
      return answer<ActionsNow>(entered, {
        version: row.version,
        actions: operations.map((operation) => ({ of: { operation }, refusal })),
      });
    },
    operate: async (entered, operation, row, input, options) =>
      once(entered, options, () => {
        if (operation.roles.length > 0 && !operation.roles.some((role) => options.caller.roles.includes(role)))
          return refuse('forbidden', `Only ${operation.roles.join(' or ')} may call this.`);
        if (operation.on !== undefined && row !== null) return found(operation.on, row);
        if (operation.output === null) return null;
        return 'row' in operation.output
          ? put(operation.output.row, nextId(), { ...input, status: 'open', lines: [] })
          : { price: 1250, days: 3 };
      }),
    file: async () => null,
    move: async (entered, { on, transitions }, name, row, options) =>
      once(entered, options, () => {
        const roles = transitions.find((each) => each.name === name)?.roles ?? [];
        return roles.length === 0 || roles.some((role) => options.caller.roles.includes(role))
          ? found(on, row)
          : refuse('forbidden', `Only ${roles.join(' or ')} may do this.`);
      }),
    approve: async (entered, rule, row, { caller }) =>
      answer(entered, caller.roles.includes(rule.role) ? found(rule.on, row) : refuse('forbidden', `Only ${rule.role} may approve this.`)),
    show: async (entered, _view, _page, { caller }) =>
      answer(entered, may(caller, 'read') ?? { items: [{ customer: nextId(), count: 2, total: 123_450 }], next: null }),
    rollBack: async (by) => steer(by) ?? { generation: current.generation, changes: ['ch_1'], stranded: [], undo: null },
    wouldRollBack: async (by) =>
      steer(by) ?? {
        generation: current.generation,
        changes: ['ch_1'],
        already: false,
        rows: { components: [], entities: [], others: 0, outside: { sent: 0, waiting: 0, first: [] } },
      },
    approveChange: async (by) => steer(by) ?? { approved: true },
    rejectChange: async (by) => steer(by) ?? { rejected: true },
    async freeze(by) {
      const no = steer(by);
      this.frozen = no === null;
      return no ?? { frozen: true };
    },
    async unfreeze(by) {
      const no = steer(by);
      if (no === null) this.frozen = false;
      return no ?? { frozen: false };
    },
    denials: (component) => ({ component, count: 0, last: [] }),
    retryDelivery: async (by) => steer(by) ?? { waiting: true },
    stopDelivery: async (by) => steer(by) ?? { stopped: true },
    retrySending: async (by) => steer(by) ?? { waiting: true },
    stopSending: async (by) => steer(by) ?? { stopped: true },
    held: () => [],
    release: async (by) => steer(by) ?? refuse('not-found', 'Nothing is held against it.'),
    times: () => [],
    async health() {
      return {
        status: 'ok',
        database: 'ok',
        generation: current.generation,
        activation: current.activation,
        frozen: this.frozen,
        hosts: { running: 1, isolation: 'own user', containment: [] },
        quarantined: 0,
        deadLetters: 1,
        timesBroken: 0,
        notes: [],
      };
    },
    close: async () => {},
  };
}

const noItems = (entity: EntityContract): { readonly [field: string]: unknown } =>
  Object.fromEntries(entity.fields.flatMap((field) => (field.type.kind === 'list' ? [[field.name, []]] : [])));

/** Items of lists get ids. */
function withItems(
  entity: EntityContract,
  values: { readonly [field: string]: unknown },
  nextId: () => string,
): { readonly [field: string]: unknown } {
  const lists = entity.fields.filter((field) => field.type.kind === 'list' && Array.isArray(values[field.name]));
  return {
    ...values,
    ...Object.fromEntries(
      lists.map((field) => [field.name, (values[field.name] as readonly object[]).map((item) => ({ id: nextId(), ...item }))]),
    ),
  };
}
