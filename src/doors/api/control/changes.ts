/** /_theseus/changes: ask for a change, read what became of it, watch it, approve or reject it. */
import { createHash } from 'node:crypto';
import { canonicalJson, isRefusal, type Json, refuse, type Refusal } from '#kernel';
import type { ChangeEvent, ChangeRequest } from '#change';
import { idempotency } from '../call-headers.ts';
import type { ChangeDetail, TurnJson } from '../resources.ts';
import { type Asking, askingOf, askMembers } from './ask-body.ts';
import { candidateJson } from './candidate-json.ts';
import { detailOf, isEnded, summaryOf, turnOf } from './change-json.ts';
import { type ControlAnswer, type ControlParts, type ControlRequest, type ControlRoute, numberOf, ok } from './control-route.ts';
import { eventSource } from './event-source.ts';
import { awaitEnd, followChange } from './follow-change.ts';
import { openTo, type Viewer } from './hidden-examples.ts';

const longestWaitSeconds = 60;
/** Of a conversation, looked back at. */
const mostTurns = 12;

export function changeRoutes(parts: ControlParts): readonly ControlRoute[] {
  const { machine, reads } = parts;

  async function detail(asked: ChangeRequest, viewer: Viewer): Promise<ChangeDetail> {
    const opened = openTo(asked, viewer);
    const request = opened.request;
    const all = await reads.changeEvents(request.id);
    const events = opened.events(all);
    const made = events.findLast((event) => event.kind === 'candidate');
    const record = made === undefined ? null : await reads.candidate(made.candidate);
    const candidate = record === null ? null : opened.candidate(await candidateJson(reads, record, made?.generation ?? null), all);
    return detailOf({
      request,
      events,
      conversation: await conversation(request, viewer),
      budget: parts.settings()?.policy.budgets.change ?? null,
      candidate,
      ledger: await reads.ledger(request.id, 100),
    });
  }
  async function conversation({ id, continues }: ChangeRequest, viewer: Viewer): Promise<readonly TurnJson[]> {
    const turns: TurnJson[] = [];
    const seen = new Set<string>([id]);
    for (let at = continues; at !== undefined && !seen.has(at) && turns.length < mostTurns;) {
      seen.add(at);
      const earlier = await reads.change(at);
      if (earlier === null) break;
      turns.unshift(turnOf(earlier, openTo(earlier, viewer).events(await reads.changeEvents(at))));
      at = earlier.continues;
    }
    return turns;
  }
  async function found(id: string): Promise<ChangeRequest | Refusal> {
    const request = id.length > 100 ? null : await reads.change(id);
    return request ?? refuse('not-found', `There is no change ${id.slice(0, 60)}. All changes are listed at /_theseus/changes.`);
  }
  async function ask(request: ControlRequest): Promise<ControlAnswer> {
    const wait = numberOf(request.query, 'wait', 0, longestWaitSeconds);
    if (isRefusal(wait)) return wait;
    const asking = askingOf(request.body);
    if (isRefusal(asking)) return asking;
    const unknown = await unknownIn(asking);
    if (unknown !== null) return unknown;
    const { caller } = request.identity;
    const key = idempotency(request.incoming.headers, 'POST', '/_theseus/changes', '');
    if (isRefusal(key)) return key;
    // A check changes nothing, so a freeze does not stand in its way.
    const health = await machine.health();
    if (health.frozen && asking.kind !== 'check')
      return refuse('frozen', 'All change is frozen. An owner can end the freeze: theseus unfreeze');
    const serving = machine.current()?.generation;
    const asked = await reads.ask({
      ...asking,
      // Code is made on something: on what serves now, unless it is said on what.
      ...(asking.proposal !== undefined && asking.base === undefined && serving !== undefined ? { base: serving } : {}),
      caller,
      ...(key === undefined ? {} : { id: idOf(caller.id, key.key) }),
    });
    if (!isSame(asking, asked))
      return refuse('idempotency-mismatch', 'This Idempotency-Key came with another request before. Use a new one.');
    const over = await awaitEnd(parts, asked.id, request.outgoing, wait);
    return ok(await detail(asked, request), over ? 200 : 202, { location: `/_theseus/changes/${asked.id}` });
  }

  /** A generation or a change that is named must be there. */
  async function unknownIn({ base, continues }: Asking): Promise<Refusal | null> {
    if (base !== undefined && (await reads.generation(base)) === null && base !== machine.current()?.generation)
      return refuse('invalid', `There is no generation ${base}.`, { fields: { base: 'is not known' } });
    const before = continues === undefined ? null : await found(continues);
    return isRefusal(before) ? before : null;
  }

  async function watch(request: ControlRequest): Promise<ControlAnswer> {
    const change = await found(request.parameter('id'));
    if (isRefusal(change)) return change;
    const open = openTo(change, request);
    const told = request.incoming.headers['last-event-id'] ?? request.query.get('after') ?? '-1';
    const after = /^-?\d{1,9}$/.test(String(told)) ? Number(told) : -1;
    if (!(request.incoming.headers.accept ?? '').includes('text/event-stream'))
      return ok({ items: open.events(await reads.changeEvents(change.id)).filter(({ seq }) => seq > after), next: null });
    const first = await reads.changeEvents(change.id);
    if (isEnded(first) && first.every((event) => event.seq <= after)) return new Response(null, { status: 204 });
    const leave = parts.knocks.stream(request.identity.caller.id);
    if (isRefusal(leave)) return leave;
    return eventSource(request.outgoing, (sink) => {
      sink.onEnd(leave);
      let last = after;
      const send = (events: readonly ChangeEvent[]): boolean => {
        for (const event of open.events(events)) {
          if (event.seq <= last) continue;
          last = event.seq;
          sink.send(event, event.seq);
        }
        return isEnded(events);
      };
      const ended = (): void => sink.end();
      followChange(parts, change.id, request.outgoing, send).then(ended, ended);
    });
  }

  return [
    {
      method: 'GET',
      path: 'changes',
      need: 'steer',
      query: ['limit', 'before', 'checks'],
      run: async (asked) => {
        const { query } = asked;
        const checks = query.get('checks') ?? 'no';
        if (checks !== 'yes' && checks !== 'no')
          return refuse('invalid', 'checks must be yes or no.', { fields: { checks: 'must be yes or no' } });
        const limit = numberOf(query, 'limit', 50, 500);
        if (isRefusal(limit)) return limit;
        const rows = await reads.changes(limit + 1, query.get('before'), checks === 'yes');
        const shown = rows.slice(0, limit);
        const items = await Promise.all(
          shown.map(async ({ request, last }) => {
            const open = openTo(request, asked);
            const all = async (): Promise<readonly ChangeEvent[]> => open.events(await reads.changeEvents(request.id));
            // Why it was refused may speak of what is hidden, and only the whole of it tells what that is.
            const told = open.whole || last?.kind !== 'ended' || last.outcome === 'live' ? last : ((await all()).at(-1) ?? last);
            return summaryOf(request, told, all);
          }),
        );
        return ok({ items, next: rows.length > limit ? (shown.at(-1)?.request.id ?? null) : null });
      },
    },
    { method: 'POST', path: 'changes', need: 'ask', query: ['wait'], body: askMembers, run: ask },
    {
      method: 'GET',
      path: 'changes/{id}',
      need: 'steer',
      query: ['wait'],
      run: async (request) => {
        const { parameter, query, outgoing } = request;
        const wait = numberOf(query, 'wait', 0, longestWaitSeconds);
        if (isRefusal(wait)) return wait;
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        if (wait > 0) await awaitEnd(parts, change.id, outgoing, wait);
        return ok(await detail(change, request));
      },
    },
    { method: 'GET', path: 'changes/{id}/events', need: 'steer', query: ['after'], run: watch },
    {
      method: 'POST',
      path: 'changes/{id}/approve',
      need: 'caller',
      run: async (request) => {
        const { identity, parameter } = request;
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        const approved = await machine.approveChange(identity.caller, identity.session, change.id);
        return isRefusal(approved) ? approved : ok(await detail(change, request));
      },
    },
    {
      method: 'POST',
      path: 'changes/{id}/cancel',
      need: 'caller',
      body: ['why'],
      run: async (request) => {
        const { identity, rights, parameter, body } = request;
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        if (change.by !== identity.caller.id && !rights.approve)
          return refuse('forbidden', 'Only who asked for a change, or who may reject it, may cancel it.');
        const why =
          typeof body['why'] === 'string' && body['why'].trim() !== '' ? body['why'].slice(0, 1_000) : 'It was not wanted any more.';
        const cancelled = await reads.cancel(change.id, identity.caller.id, `Cancelled by ${identity.caller.name}: ${why}`);
        if (!cancelled) {
          const { state, outcome } = await detail(change, request);
          return refuse(
            'conflict',
            state === 'ended'
              ? `This change has ended already: ${outcome ?? ''}.`
              : 'This change is certified already. Reject it where it waits for an approval (theseus reject), or take it back once it is live (theseus rollback).',
          );
        }
        return ok(await detail(change, request));
      },
    },
    {
      method: 'POST',
      path: 'changes/{id}/reject',
      need: 'caller',
      body: ['why'],
      run: async (request) => {
        const { identity, parameter, body } = request;
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        const rejected = await machine.rejectChange(
          identity.caller,
          change.id,
          typeof body['why'] === 'string' ? body['why'].slice(0, 1_000) : '',
        );
        return isRefusal(rejected) ? rejected : ok(await detail(change, request));
      },
    },
  ];
}

/** What came with the same key before, by all that it says; where it names no base, any will do. */
function isSame(asking: Asking, asked: ChangeRequest): boolean {
  const said = ({ text, kind, proposal, continues, acceptance, attachments, regions }: Asking): string =>
    canonicalJson(
      JSON.parse(
        JSON.stringify([
          text,
          kind ?? 'change',
          proposal ?? null,
          continues ?? null,
          acceptance ?? null,
          attachments ?? null,
          regions ?? null,
        ]),
      ) as Json,
    );
  return said(asking) === said(asked) && (asking.base === undefined || asking.base === asked.base);
}
/** The same key of the same caller is the same change: a UUID from both. */
function idOf(caller: string, key: string): string {
  const hex = createHash('sha256').update(`${caller}\n${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
