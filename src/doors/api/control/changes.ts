/** /_theseus/changes: ask for a change, read what became of it, watch it, approve or reject it. */
import { createHash } from 'node:crypto';
import { isDigest, isRefusal, refuse, type Refusal } from '#kernel';
import type { ChangeEvent, ChangeRequest } from '#change';
import { idempotency } from '../call-headers.ts';
import type { ChangeDetail } from '../resources.ts';
import { candidateJson } from './candidate-json.ts';
import { detailOf, isEnded, summaryOf } from './change-json.ts';
import { type ControlAnswer, type ControlParts, type ControlRequest, type ControlRoute, numberOf, ok } from './control-route.ts';
import { eventSource } from './event-source.ts';
import { awaitEnd, followChange } from './follow-change.ts';

const mostCharacters = 4_000;
const longestWaitSeconds = 60;

export function changeRoutes(parts: ControlParts): readonly ControlRoute[] {
  const { machine, reads } = parts;

  async function detail(request: ChangeRequest): Promise<ChangeDetail> {
    const events = await reads.changeEvents(request.id);
    const made = events.findLast((event) => event.kind === 'candidate');
    const record = made === undefined ? null : await reads.candidate(made.candidate);
    const candidate = record === null ? null : await candidateJson(reads, record, made?.generation ?? null);
    return detailOf(request, events, candidate, await reads.ledger(request.id, 100));
  }
  async function found(id: string): Promise<ChangeRequest | Refusal> {
    const request = id.length > 100 ? null : await reads.change(id);
    return request ?? refuse('not-found', `There is no change ${id.slice(0, 60)}. All changes are listed at /_theseus/changes.`);
  }
  async function ask(request: ControlRequest): Promise<ControlAnswer> {
    const wait = numberOf(request.query, 'wait', 0, longestWaitSeconds);
    if (isRefusal(wait)) return wait;
    const { request: text, base } = request.body;
    if (typeof text !== 'string' || text.trim() === '')
      return refuse('invalid', 'Say in "request" what should change, in a sentence.', { fields: { request: 'is required' } });
    if (text.length > mostCharacters)
      return refuse(
        'too-large',
        `A request has at most ${mostCharacters} characters; this one has ${text.length}. Ask for one thing at a time.`,
      );
    if (text.includes('\u0000') || !text.isWellFormed())
      return refuse('invalid', 'The request must be well-formed text without the character NUL.', {
        fields: { request: 'must be well-formed text' },
      });
    if (base !== undefined && (typeof base !== 'string' || !isDigest(base)))
      return refuse('invalid', 'base must be the id of a generation (sha256:...).', { fields: { base: 'must be the id of a generation' } });
    const { caller } = request.identity;
    const key = idempotency(request.incoming.headers, 'POST', '/_theseus/changes', '');
    if (isRefusal(key)) return key;
    const health = await machine.health();
    if (health.frozen) return refuse('frozen', 'All change is frozen. An owner can end the freeze: theseus unfreeze');
    const asked = await reads.ask({
      text,
      caller,
      ...(base === undefined ? {} : { base }),
      ...(key === undefined ? {} : { id: idOf(caller.id, key.key) }),
    });
    if (asked.text !== text) return refuse('idempotency-mismatch', 'This Idempotency-Key came with another request before. Use a new one.');
    const over = await awaitEnd(parts, asked.id, request.outgoing, wait);
    return ok(await detail(asked), over ? 200 : 202, { location: `/_theseus/changes/${asked.id}` });
  }

  async function watch(request: ControlRequest): Promise<ControlAnswer> {
    const change = await found(request.parameter('id'));
    if (isRefusal(change)) return change;
    const told = request.incoming.headers['last-event-id'] ?? request.query.get('after') ?? '-1';
    const after = /^-?\d{1,9}$/.test(String(told)) ? Number(told) : -1;
    if (!(request.incoming.headers.accept ?? '').includes('text/event-stream'))
      return ok({ items: await reads.changeEvents(change.id, after), next: null });
    const first = await reads.changeEvents(change.id);
    if (isEnded(first) && first.every((event) => event.seq <= after)) return new Response(null, { status: 204 });
    const leave = parts.knocks.stream(request.identity.caller.id);
    if (isRefusal(leave)) return leave;
    return eventSource(request.outgoing, (sink) => {
      sink.onEnd(leave);
      let last = after;
      const send = (events: readonly ChangeEvent[]): boolean => {
        for (const event of events) {
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
      query: ['limit', 'before'],
      run: async ({ query }) => {
        const limit = numberOf(query, 'limit', 50, 500);
        if (isRefusal(limit)) return limit;
        const rows = await reads.changes(limit + 1, query.get('before'));
        const shown = rows.slice(0, limit);
        const items = await Promise.all(shown.map(({ request, last }) => summaryOf(request, last, () => reads.changeEvents(request.id))));
        return ok({ items, next: rows.length > limit ? (shown.at(-1)?.request.id ?? null) : null });
      },
    },
    { method: 'POST', path: 'changes', need: 'ask', query: ['wait'], body: ['request', 'base'], run: ask },
    {
      method: 'GET',
      path: 'changes/{id}',
      need: 'steer',
      query: ['wait'],
      run: async ({ parameter, query, outgoing }) => {
        const wait = numberOf(query, 'wait', 0, longestWaitSeconds);
        if (isRefusal(wait)) return wait;
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        if (wait > 0) await awaitEnd(parts, change.id, outgoing, wait);
        return ok(await detail(change));
      },
    },
    { method: 'GET', path: 'changes/{id}/events', need: 'steer', query: ['after'], run: watch },
    {
      method: 'POST',
      path: 'changes/{id}/approve',
      need: 'caller',
      run: async ({ identity, parameter }) => {
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        const approved = await machine.approveChange(identity.caller, identity.session, change.id);
        return isRefusal(approved) ? approved : ok(await detail(change));
      },
    },
    {
      method: 'POST',
      path: 'changes/{id}/reject',
      need: 'caller',
      body: ['why'],
      run: async ({ identity, parameter, body }) => {
        const change = await found(parameter('id'));
        if (isRefusal(change)) return change;
        const rejected = await machine.rejectChange(
          identity.caller,
          change.id,
          typeof body['why'] === 'string' ? body['why'].slice(0, 1_000) : '',
        );
        return isRefusal(rejected) ? rejected : ok(await detail(change));
      },
    },
  ];
}

/** The same key of the same caller is the same change: a UUID from both. */
function idOf(caller: string, key: string): string {
  const hex = createHash('sha256').update(`${caller}\n${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
