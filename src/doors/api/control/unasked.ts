/** /_theseus/unasked and deliveries: what runs without being called, what of it is owed, and the dead letters that a person tries again or gives up. */
import { isRefusal, type JobContract, type JsonObject, type ReactionContract, refuse, type Refusal, type WorkflowContract } from '#kernel';
import { entityById, type SystemModel } from '#model';
import { nextInstant } from '#schema/schedule';
import type { BacklogRecord, DeliveryRecord } from '../control-reads.ts';
import type { DeliveryJson, Items, UnaskedJson } from '../resources.ts';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';

const states = ['waiting', 'running', 'done', 'dead', 'stopped'];
const iso = (at: number): string => new Date(at).toISOString();

export const unaskedRoutes = ({ machine, reads, clock }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'unasked',
    need: 'steer',
    run: async () => {
      const model = machine.current()?.model;
      if (model === undefined) return refuse('unavailable', 'The system has no generation yet.');
      const backlog = new Map((await reads.backlog()).map((record) => [record.contract, record]));
      const page: Items<UnaskedJson> = {
        items: [
          ...[...model.reactions, ...model.jobs].map((contract) => unaskedJson(model, contract, backlog.get(contract.id), clock())),
          ...model.workflows.flatMap((workflow) => timedJson(model, workflow, backlog)),
        ],
        next: null,
      };
      return ok(page);
    },
  },
  {
    method: 'GET',
    path: 'deliveries',
    need: 'steer',
    query: ['state', 'component', 'limit', 'before'],
    run: async ({ query }) => {
      const limit = numberOf(query, 'limit', 50, 500);
      const before = wholeNumber(query.get('before'), 'before');
      const state = query.get('state');
      if (isRefusal(limit)) return limit;
      if (isRefusal(before)) return before;
      if (state !== null && !states.includes(state))
        return refuse('invalid', `state must be one of ${states.join(', ')}.`, {
          fields: { state: `must be one of ${states.join(', ')}` },
        });
      const component = query.get('component');
      const found = await reads.deliveries({
        limit: limit + 1,
        ...(state === null ? {} : { state }),
        ...(component === null ? {} : { component }),
        ...(before === null ? {} : { before }),
      });
      const items = found.slice(0, limit);
      const page: Items<DeliveryJson> = {
        items: items.map(deliveryJson),
        next: found.length > limit ? String(items.at(-1)?.no ?? '') : null,
      };
      return ok(page);
    },
  },
  {
    method: 'POST',
    path: 'deliveries/{no}/retry',
    need: 'caller',
    run: async ({ identity, parameter }) => {
      const no = wholeNumber(parameter('no'), 'no');
      if (isRefusal(no) || no === null) return unknown();
      const done = await machine.retryDelivery(identity.caller, no);
      return isRefusal(done) ? done : ok(done);
    },
  },
  {
    method: 'POST',
    path: 'deliveries/{no}/stop',
    need: 'caller',
    body: ['why'],
    run: async ({ identity, parameter, body }) => {
      const no = wholeNumber(parameter('no'), 'no');
      if (isRefusal(no) || no === null) return unknown();
      const { why = '' } = body;
      if (typeof why !== 'string' || why.length > 500)
        return refuse('invalid', 'why must be a text of at most 500 characters.', { fields: { why: 'must be a text' } });
      const done = await machine.stopDelivery(identity.caller, no, why);
      return isRefusal(done) ? done : ok(done);
    },
  },
];

const unknown = (): Refusal => refuse('not-found', 'There is no delivery of that number. All are listed at /_theseus/deliveries.');

function wholeNumber(text: string | null, name: string): number | null | Refusal {
  if (text === null) return null;
  return /^\d{1,15}$/.test(text)
    ? Number(text)
    : refuse('invalid', `${name} must be a whole number.`, { fields: { [name]: 'must be a whole number' } });
}

export const eventOf = ({ on }: ReactionContract, model: SystemModel): string =>
  'event' in on ? on.event : `${entityById(model, on.entity)?.name ?? on.entity}.${on.happens}`;

function unaskedJson(
  model: SystemModel,
  contract: ReactionContract | JobContract,
  backlog: BacklogRecord | undefined,
  now: number,
): UnaskedJson {
  const zone = contract.kind === 'job' ? (contract.schedule.timeZone ?? model.settings.timeZone) : '';
  const next = contract.kind === 'job' ? nextInstant(contract.schedule.cron, zone, now) : null;
  return {
    component: `${contract.kind}/${contract.name}`,
    kind: contract.kind,
    name: contract.name,
    event: contract.kind === 'reaction' ? eventOf(contract, model) : null,
    schedule: contract.kind === 'job' ? { cron: contract.schedule.cron, timeZone: zone, catchUp: contract.schedule.catchUp } : null,
    next: next === null ? null : iso(next),
    after: null,
    ...owedJson(backlog, contract.hourly),
  };
}
const owedJson = (
  backlog: BacklogRecord | undefined,
  most: { readonly runs: number; readonly wallMs: number } | null,
): Pick<UnaskedJson, 'waiting' | 'running' | 'dead' | 'stopped' | 'heldForHour' | 'hour'> => ({
  waiting: backlog?.waiting ?? 0,
  running: backlog?.running ?? 0,
  dead: backlog?.dead ?? 0,
  stopped: backlog?.stopped ?? 0,
  heldForHour: backlog?.held ?? 0,
  hour: {
    runs: backlog?.runsThisHour ?? 0,
    wallMs: Math.round(backlog?.wallMsThisHour ?? 0),
    mostRuns: most?.runs ?? null,
    mostWallMs: most?.wallMs ?? null,
  },
});

/** The transitions of a workflow that the clock makes. */
function timedJson(
  model: SystemModel,
  { on, field, name: workflow, transitions }: WorkflowContract,
  backlog: ReadonlyMap<string, BacklogRecord>,
): readonly UnaskedJson[] {
  const type = entityById(model, on)?.fields.find(({ id }) => id === field)?.type;
  const states = new Map(type?.kind === 'choice' ? type.choices.map(({ id, name }) => [id, name]) : []);
  return transitions.flatMap(({ id, name, from, after }): readonly UnaskedJson[] => {
    if (after === undefined) return [];
    const time = `${after.count} ${after.count === 1 ? after.unit.slice(0, -1) : after.unit}`;
    const component = `workflow/${workflow}`;
    const said = `${name}, after ${time} in ${from.map((state) => states.get(state)).join(' or ')}`;
    const kind = 'workflow';
    return [{ component, kind, name: workflow, event: null, schedule: null, next: null, after: said, ...owedJson(backlog.get(id), null) }];
  });
}

const deliveryJson = (record: DeliveryRecord): DeliveryJson => ({
  no: record.no,
  component: record.component,
  state: record.state,
  attempts: record.attempts,
  about: aboutOf(record.given),
  trail: record.trail,
  dueAt: record.state === 'waiting' ? iso(record.dueAt) : null,
  held: record.held,
  code: record.code,
  why: record.why,
  evidence: record.evidence,
  madeAt: iso(record.madeAt),
  endedAt: record.endedAt === null ? null : iso(record.endedAt),
  wallMs: Math.round(record.wallMs),
  generation: record.generation,
  call: record.call,
});

/** The instant of a job, the row or the id of an event. */
function aboutOf({ due, row, id }: JsonObject): string {
  if (typeof due === 'number') return iso(due);
  return typeof row === 'string' ? row : String(id ?? '');
}
