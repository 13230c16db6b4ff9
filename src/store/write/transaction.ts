/**
 * The rules of writing, written once over any place that keeps rows: what must hold of a row before it may be committed,
 * and what is recorded of each change. An expected "no" is a Refusal that says by field what to do.
 */
import {
  type ApprovalRule,
  type Call,
  isRefusal,
  type Json,
  type PermanentId,
  type Refusal,
  refuse,
  isRowId,
  type ViewContract,
  type WorkflowTransition,
} from '#kernel';
import { accessOn } from '#model';
import { invalid } from '../invalid.ts';
import type { ListQuery, Page, RowsAsked } from '../list-query.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { RowPage } from '../read/reader.ts';
import { notFound } from '../read/running.ts';
import { mayRead, mayWrite, writeForbidden } from '../rights.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import { hiddenFrom, shownRow, sightOf } from '../sight.ts';
import { approvalRefusal } from './approvals.ts';
import { type Complete, complete } from './complete.ts';
import { storedImage } from './image.ts';
import { brokenElsewhere, keptElsewhere } from './elsewhere.ts';
import { demandsOf, outcomeFault, staleRefusal, stateChanges } from './outcome.ts';
import { type PutBack, type PutBackDone, putRowBack } from './put-back.ts';
import type { Demands, RowImage, Rows } from './rows.ts';
import { transitionFaults } from './transitions.ts';
import { beginningFaults, begun, chosenWay, duesOf, moveRefusal, type Moving, neverTheirs, stateName, type Way } from './workflow.ts';

export interface UpdateOptions {
  /** The version that the caller saw; another one is `stale`. */
  readonly version?: number;
  /** The operation that acts: it may make the state change that it governs. */
  readonly by?: PermanentId;
}
export type MoveOptions = Pick<UpdateOptions, 'version'>;
/** Fields that an asker does not see; `key` names them within a generation. */
export interface Hiding {
  readonly key: string;
  readonly hidden: ReadonlySet<PermanentId>;
}
export interface WriteTransaction {
  get(entity: PermanentId, id: string): Promise<PlainRow | Refusal>;
  /** `hiding`: fields that are neither answered, nor searched, sorted or filtered by. */
  list(entity: PermanentId, query: ListQuery, hiding?: Hiding): Promise<RowPage | Refusal>;
  /** How many rows such a list would have in all. */
  count(entity: PermanentId, asked: RowsAsked, hiding?: Hiding): Promise<number | Refusal>;
  view(view: ViewContract, page?: { readonly cursor?: string; readonly limit?: number }): Promise<Page | Refusal>;
  create(entity: PermanentId, values: PlainValues, id?: string): Promise<PlainRow | Refusal>;
  update(entity: PermanentId, id: string, patch: PlainValues, options?: UpdateOptions): Promise<PlainRow | Refusal>;
  /** Moves a row along its workflow: by the transition of this name that is open to the caller, or by the clock. */
  move(workflow: PermanentId, id: string, way: Way, options?: MoveOptions): Promise<PlainRow | Refusal>;
  /** What such a move would answer; nothing of it stays. */
  wouldMove(workflow: PermanentId, id: string, way: Way): Promise<PlainRow | Refusal>;
  /** Answers the row as it was. */
  delete(entity: PermanentId, id: string, options?: { readonly version?: number }): Promise<PlainRow | Refusal>;
  /** Approves a row by a rule, for the caller, who must hold the rule's role. */
  approve(rule: ApprovalRule | PermanentId, id: string): Promise<PlainRow | Refusal>;
  /** The refusal of a state change or an operation where the rule asks for an approval that is not there; null where none is missing. */
  approvalMissing(rule: ApprovalRule | PermanentId, row: PlainRow | string): Promise<Refusal | null>;
  /** An event for the outbox, leaving with the commit. */
  emit(type: string, data: Json): Promise<void>;
  /** A component begins to run within this call: what the call writes is found by it as well. */
  runs(component: string): void;
  /** Puts one row back where it stood before what is to be undone. No component reaches it. */
  putBack(deed: PutBack): Promise<PutBackDone | Refusal>;
  /** A request for a host outside, leaving after the commit. No event that a component tells can be taken for one. */
  send(data: Json): Promise<void>;
}

export interface Recorded {
  readonly entity: PermanentId;
  readonly row: string;
  readonly action: 'create' | 'update' | 'delete' | 'approve';
  readonly before: PlainValues | null;
  readonly after: PlainValues | null;
}
export interface Emitted {
  readonly type: string;
  readonly subject: string | null;
  readonly data: Json;
}
/** What is to be written beside the rows when the transaction commits. */
export interface Records {
  readonly journal: Recorded[];
  readonly events: Emitted[];
  /** Components that ran within the call, but the one that it is named after. */
  readonly ran: Set<string>;
}
export const emptyRecords = (): Records => ({ journal: [], events: [], ran: new Set() });

export interface TransactionParts {
  readonly call: Call;
  readonly prepared: Prepared;
  readonly rows: Rows;
  readonly records: Records;
  readonly newId: () => string;
}

export function openTransaction(parts: TransactionParts): WriteTransaction {
  const { call, prepared, rows, records, newId } = parts;
  const { model } = prepared;
  const direct = call.component.startsWith('entity/');
  /** What goes to the caller itself is shown as its roles say; what goes to a component is the broker's to mask. */
  const hidden = direct || /^(rule|workflow)\//.test(call.component) ? hiddenFrom(prepared, call.caller) : none;
  const shown = (plan: EntityPlan, row: PlainRow): PlainRow => shownRow(plan.contract.fields, row, hidden);
  const by = direct ? 'write' : 'operate';
  const seen = sightOf(prepared, call.caller, { by });
  const changeable = sightOf(prepared, call.caller, { by, change: true });
  /** A row that is not to be seen is not there, whatever is asked of it. */
  const unseen = async (plan: EntityPlan, id: string): Promise<Refusal | undefined> => {
    if (!seen.only.has(plan.contract.id)) return undefined;
    const found = await rows.get(plan.contract.id, id, seen);
    return isRefusal(found) ? found : undefined;
  };
  const unchangeable = async (plan: EntityPlan, id: string): Promise<Refusal | undefined> => {
    if (!changeable.only.has(plan.contract.id) || !isRefusal(await rows.get(plan.contract.id, id, changeable))) return undefined;
    const rules = accessOn(model, plan.contract.id).map((rule) => rule.name);
    return refuse('forbidden', `Your roles may change only some ${plan.contract.plural}, and this one would not be among them.`, {
      rules,
    });
  };
  const outOfSight = async (plan: EntityPlan, id: string): Promise<Refusal | undefined> =>
    (await unseen(plan, id)) ?? unchangeable(plan, id);
  /** Rows that are not to be seen cannot be referred to; what must be unique and is not to be seen cannot be tried out. */
  const beyond = async (demands: Demands): Promise<Refusal | undefined> => {
    const secret = demands.unique.find(({ field }) => hidden.has(field.id));
    if (secret !== undefined)
      return refuse('forbidden', `${secret.field.name} is sensitive and unique, so that only roles that see it may write it.`);
    for (const { place, to, id } of demands.references)
      if (seen.only.has(to) && isRefusal(await rows.get(to, id, seen)))
        return invalid({ [place]: `refers to a ${prepared.row(to).name} that is not there: ${id}` });
    return undefined;
  };
  const forbidden = direct ? writeForbidden(model, call.caller) : undefined;

  const moving = (plan: EntityPlan, by: PermanentId | undefined, writes = true): Moving => ({
    call,
    model,
    rows,
    plan,
    by,
    writes,
    hidden,
  });

  /** Images of this transaction; any write may change what another row derives, so none outlives a write but its own. */
  const images = new Map<string, RowImage>();
  const image = async (plan: EntityPlan, id: string): Promise<RowImage | Refusal> => {
    if (!isRowId(id)) return notFound(plan.contract.name, String(id));
    const known = images.get(`${plan.contract.id} ${id}`);
    if (known !== undefined) return known;
    const loaded = await rows.load(plan, id);
    if (loaded === null) return notFound(plan.contract.name, id);
    images.set(`${plan.contract.id} ${id}`, loaded);
    return loaded;
  };
  const wrote = (plan: EntityPlan, id: string, after: RowImage | null): void => {
    images.clear();
    if (after !== null) images.set(`${plan.contract.id} ${id}`, after);
  };

  const elsewhere = { prepared, rows, caller: call.caller };

  /** Writes follow one another, whatever the caller awaits. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(body: () => Promise<Value>): Promise<Value> => {
    const mine = last.then(body, body);
    last = mine.catch(() => undefined);
    return mine;
  };

  const create = async (entity: PermanentId, values: PlainValues, given?: string): Promise<PlainRow | Refusal> => {
    if (forbidden !== undefined) return forbidden;
    const plan = prepared.entity(entity);
    const id = given ?? newId();
    if (!isRowId(id)) return invalid({ id: 'must be the id of a row: a UUID' });
    const made = complete(
      { settings: model.settings, fields: plan.contract.fields, newId, caller: call.caller },
      begun(plan, values),
      null,
    );
    const faults = { ...beginningFaults(plan, made), ...made.faults };
    if (Object.keys(faults).length > 0) return invalid(faults);
    const demands = demandsOf(plan, made, null);
    const refused = await beyond(demands);
    if (refused !== undefined) return refused;
    const promised = await keptElsewhere(elsewhere, plan, { id, before: null, after: made.values }, 'whole row');
    return rows.undoable(async () => {
      const written = await rows.insert(plan, id, made, demands);
      const fault =
        outcomeFault(plan, made, written, null) ?? (await unchangeable(plan, id)) ?? (await brokenElsewhere(elsewhere, promised));
      if (fault !== undefined) return fault;
      wrote(plan, id, written.image);
      record(plan, 'create', id, null, written.image);
      recordDues(plan, made, written.image);
      return shown(plan, written.image.row);
    });
  };

  const update = async (entity: PermanentId, id: string, patch: PlainValues, options: UpdateOptions = {}): Promise<PlainRow | Refusal> => {
    if (forbidden !== undefined) return forbidden;
    const plan = prepared.entity(entity);
    const before = (await outOfSight(plan, id)) ?? (await image(plan, id));
    return isRefusal(before) ? before : change(plan, before, patch, options);
  };
  /** `taken`: the transition by which the row goes, where that was found already. */
  const change = async (
    plan: EntityPlan,
    before: RowImage,
    patch: PlainValues,
    options: UpdateOptions,
    taken?: WorkflowTransition,
  ): Promise<PlainRow | Refusal> => {
    const { id } = before.row;
    const stale = staleRefusal(plan, before.row, options.version);
    if (stale !== undefined) return stale;
    const made = complete({ settings: model.settings, fields: plan.contract.fields, newId, caller: call.caller }, patch, before.row);
    const clock = taken?.after !== undefined;
    const faults = { ...(clock ? {} : transitionFaults(plan, before.row, made, options.by)), ...made.faults };
    if (Object.keys(faults).length > 0) return invalid(faults);
    const barred = await moveRefusal(moving(plan, options.by), before.row, made, taken);
    if (barred !== undefined) return barred;
    for (const approval of before.approvals) {
      const missing = stateChanges(plan, approval.rule, made) ? approvalRefusal(plan, approval) : undefined;
      if (missing !== undefined) return missing;
    }
    if (made.changed.size === 0) return shown(plan, before.row);
    const demands = demandsOf(plan, made, before);
    const refused = await beyond(demands);
    if (refused !== undefined) return refused;
    const promised = await keptElsewhere(elsewhere, plan, { id, before: before.row, after: made.values }, made.changed);
    return rows.undoable(async () => {
      const written = await rows.update(plan, before, made, demands);
      const fault =
        outcomeFault(plan, made, written, before) ?? (await unchangeable(plan, id)) ?? (await brokenElsewhere(elsewhere, promised));
      if (fault !== undefined) return fault;
      wrote(plan, id, written.image);
      record(plan, 'update', id, before, written.image);
      recordDues(plan, made, written.image);
      return shown(plan, written.image.row);
    });
  };

  const move = async (workflow: PermanentId, id: string, way: Way, options: MoveOptions = {}): Promise<PlainRow | Refusal> => {
    const on = model.workflows.find((known) => known.id === workflow)?.on;
    const plan = on === undefined ? undefined : prepared.entity(on);
    const flow = plan?.workflows.find(({ contract }) => contract.id === workflow);
    if (plan === undefined || flow === undefined) return refuse('not-found', 'There is no such workflow in this generation.');
    // A role that may make a move need not be one that writes.
    const caller = moving(plan, undefined, mayWrite(model.settings, call.caller));
    const barred = neverTheirs(caller, flow, way);
    if (barred !== undefined) return barred;
    const before = (await outOfSight(plan, id)) ?? (await image(plan, id));
    if (isRefusal(before)) return before;
    const stale = staleRefusal(plan, before.row, options.version);
    if (stale !== undefined) return stale;
    const taken = await chosenWay(caller, flow, before.row, way);
    if (isRefusal(taken)) return taken;
    const moved = await change(plan, before, { [flow.field.name]: stateName(flow.field, taken.to) }, {}, taken);
    if (isRefusal(moved) || mayRead(model.settings, call.caller)) return moved;
    // Who reads no rows is told where this one stands now, and no more.
    const others = plan.contract.fields.flatMap(({ id: field }) => (field === flow.field.id ? [] : [field]));
    return shownRow(plan.contract.fields, moved, new Set(others));
  };

  const wouldMove = async (workflow: PermanentId, id: string, way: Way): Promise<PlainRow | Refusal> => {
    const { journal, events } = records;
    const before = [journal.length, events.length] as const;
    let answer: PlainRow | Refusal = takenBack;
    await rows.undoable(async () => {
      answer = await move(workflow, id, way);
      return isRefusal(answer) ? answer : takenBack;
    });
    [journal.length, events.length] = before;
    images.clear();
    return answer;
  };

  const remove = async (entity: PermanentId, id: string, options: { readonly version?: number } = {}): Promise<PlainRow | Refusal> => {
    if (forbidden !== undefined) return forbidden;
    const plan = prepared.entity(entity);
    const before = (await outOfSight(plan, id)) ?? (await image(plan, id));
    if (isRefusal(before)) return before;
    const stale = staleRefusal(plan, before.row, options.version);
    if (stale !== undefined) return stale;
    const promised = await keptElsewhere(elsewhere, plan, { id, before: before.row, after: null }, 'whole row');
    return rows.undoable(async () => {
      const users = await rows.remove(plan, before);
      if (users.length > 0)
        return refuse('in-use', `This ${plan.contract.name} is still used by ${users.join(', ')}. Remove or change those first.`, {
          by: [...users],
        });
      const fault = await brokenElsewhere(elsewhere, promised);
      if (fault !== undefined) return fault;
      wrote(plan, id, null);
      record(plan, 'delete', id, before, null);
      return shown(plan, before.row);
    });
  };

  const approve = async (given: ApprovalRule | PermanentId, id: string): Promise<PlainRow | Refusal> => {
    const rule = ruleOf(given);
    if (rule === undefined) return refuse('not-found', 'There is no such approval in this generation.');
    if (!call.caller.roles.includes(rule.role)) return refuse('forbidden', `Only a ${rule.role} can approve here.`, { role: rule.role });
    const plan = prepared.entity(rule.on);
    const now = (await unseen(plan, id)) ?? (await image(plan, id));
    if (isRefusal(now)) return now;
    const state = now.approvals.find((approval) => approval.rule.id === rule.id);
    await rows.saveApproval(rule, id, state?.amount ?? null);
    wrote(plan, id, null);
    records.journal.push({
      entity: plan.contract.id,
      row: id,
      action: 'approve',
      before: null,
      after: { rule: rule.id, by: call.caller.id, amount: state?.amount ?? null },
    });
    records.events.push({ type: eventType(model.settings.name, plan.contract.name, 'approved'), subject: id, data: { id, rule: rule.id } });
    return shown(plan, now.row);
  };

  const approvalMissing = async (given: ApprovalRule | PermanentId, row: PlainRow | string): Promise<Refusal | null> => {
    const rule = ruleOf(given);
    if (rule === undefined) return null;
    const plan = prepared.entity(rule.on);
    const now = await image(plan, typeof row === 'string' ? row : row.id);
    if (isRefusal(now)) return now;
    const state = now.approvals.find((approval) => approval.rule.id === rule.id);
    return state === undefined ? null : (approvalRefusal(plan, state) ?? null);
  };

  const ruleOf = (given: ApprovalRule | PermanentId): ApprovalRule | undefined => {
    const id = typeof given === 'string' ? given : given.id;
    return model.rules.find((rule): rule is ApprovalRule => rule.form === 'approval' && rule.id === id);
  };

  /** What the clock will have to do is owed from the commit on that brings the row where it stands. */
  const recordDues = (plan: EntityPlan, made: Complete, after: RowImage): void => {
    for (const due of duesOf(plan, made, after.row, call.now))
      records.events.push({ type: eventType(model.settings.name, 'workflow', 'entered'), subject: after.row.id, data: { ...due } });
  };

  const record = (plan: EntityPlan, action: Recorded['action'], id: string, before: RowImage | null, after: RowImage | null): void => {
    journalled(plan, action, id, before, after);
    const version = after?.row.version ?? before?.row.version ?? null;
    records.events.push({ type: eventType(model.settings.name, plan.contract.name, `${action}d`), subject: id, data: { id, version } });
  };
  const journalled: typeof record = (plan, action, id, before, after) => {
    records.journal.push({
      entity: plan.contract.id,
      row: id,
      action,
      before: before === null ? null : storedImage(plan, before.row),
      after: after === null ? null : storedImage(plan, after.row),
    });
  };

  return {
    get: async (entity, id) => {
      const plan = prepared.entity(entity);
      const found = (await unseen(plan, id)) ?? (await image(plan, id));
      return isRefusal(found) ? found : shown(plan, found.row);
    },
    list: (entity, query, hiding) => rows.list(entity, query, hiding === undefined ? seen : { ...seen, ...hiding }),
    count: (entity, asked, hiding) => rows.count(entity, asked, hiding === undefined ? seen : { ...seen, ...hiding }),
    view: (view, page = {}) => rows.view(view, page, seen),
    create: (entity, values, id) => inTurn(() => create(entity, values, id)),
    update: (entity, id, patch, options) => inTurn(() => update(entity, id, patch, options)),
    move: (workflow, id, way, options) => inTurn(() => move(workflow, id, way, options)),
    wouldMove: (workflow, id, way) => inTurn(() => wouldMove(workflow, id, way)),
    delete: (entity, id, options) => inTurn(() => remove(entity, id, options)),
    approve: (rule, id) => inTurn(() => approve(rule, id)),
    approvalMissing,
    runs: (component) => {
      if (component !== call.component) records.ran.add(component);
    },
    // Nobody hears of it: what heard of the write that is undone has done so.
    putBack: (deed) => inTurn(() => putRowBack({ prepared, rows, elsewhere, newId, image, wrote, record: journalled, recordDues }, deed)),
    emit: async (type, data) => {
      records.events.push({ type: eventType(model.settings.name, 'event', type), subject: null, data });
    },
    send: async (data) => {
      records.events.push({ type: eventType(model.settings.name, 'outside', 'request'), subject: null, data });
    },
  };
}

const none: ReadonlySet<never> = new Set<never>();
/** Undoes what was only tried; nobody is told it. */
const takenBack: Refusal = refuse('conflict', 'This was only tried.');
const eventType = (system: string, subject: string, verb: string): string => `${system}.${subject}.${verb}`;
