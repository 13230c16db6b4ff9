/**
 * The typed client of a running system, for browsers and Node: fetch alone. A refusal comes back as a thrown `ApiProblem`
 * that carries the problem document; a system that cannot be reached as one with code `unreachable`. Holds no state but
 * where the system is and the key; a browser's session travels in its cookie.
 */
import { readEventStream } from './event-stream.ts';
import type { ModelJson } from './model-json.ts';
import type {
  ActionsJson,
  AskJson,
  CostReportJson,
  AuditEntryJson,
  BundleJson,
  CallerJson,
  ChangeDetail,
  ChangeEvent,
  ChangeSummary,
  ComponentDetail,
  ComponentSummary,
  ContextJson,
  DeliveryJson,
  DescriptionJson,
  SendingJson,
  GenerationDetail,
  GenerationSummary,
  HealthJson,
  HeldJson,
  Items,
  Json,
  JsonObject,
  JournalEntryJson,
  KeyJson,
  LedgerEntryJson,
  LinkJson,
  NewKeyJson,
  Problem,
  RollbackJson,
  ReleasedJson,
  RolledBackJson,
  ServiceJson,
  SessionJson,
  SourceJson,
  SourcesJson,
  SystemEvent,
  UnaskedJson,
  UndoConflictJson,
  UndoJson,
  WhoCanJson,
  WouldRollBackJson,
} from './resources.ts';

export type * from './resources.ts';
export type * from './model-json.ts';
export { type ExampleLine, exampleInWords, exampleName, exampleSteps } from './example-in-words.ts';
export { ladderOf, type Rung, type RungOfLadder, rungOf, type Shown } from './ladder.ts';
export {
  budgetText,
  countText,
  dollars,
  moneyText,
  shareSpent,
  type Spending,
  type SpendingLine,
  spendingOf,
  tokensText,
} from './spending.ts';
export { type ScopeLine, scopeInWords } from './scope-in-words.ts';
export { attachmentCaps, attachmentName, attachmentsFault, type AttachedText } from './attachments.ts';
export { bodyCap } from './bodies/body-cap.ts';
export { memberTwice } from './member-twice.ts';
export { lastEvidence } from './last-evidence.ts';
export { type BundleCheck, type Verification, verifyBundle } from './verify-bundle.ts';

export interface ClientOptions {
  /** `http://127.0.0.1:7777`; empty in a browser: the page's own origin. */
  readonly url: string;
  readonly key?: string;
  readonly fetch?: typeof fetch;
}
/** A row as the API writes it. */
export interface RowJson {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: Json;
}
export interface RowOptions {
  readonly idempotencyKey?: string;
  readonly version?: number;
}
export interface WatchOptions {
  readonly signal?: AbortSignal;
  readonly after?: number;
}

export interface Client {
  health(): Promise<HealthJson>;
  session(): Promise<SessionJson>;
  signIn(link: string): Promise<SessionJson>;
  signOut(): Promise<void>;
  model(): Promise<ModelJson>;
  openApi(): Promise<JsonObject>;
  changes(options?: { readonly limit?: number; readonly before?: string; readonly checks?: 'yes' | 'no' }): Promise<Items<ChangeSummary>>;
  change(id: string): Promise<ChangeDetail>;
  /** `wait`: seconds to wait for the end; the answer may then still be under way. */
  ask(ask: AskJson, options?: { readonly wait?: number; readonly idempotencyKey?: string }): Promise<ChangeDetail>;
  approveChange(id: string): Promise<ChangeDetail>;
  rejectChange(id: string, why?: string): Promise<ChangeDetail>;
  /** Stops a change that is under way. */
  cancelChange(id: string, why?: string): Promise<ChangeDetail>;
  describe(): Promise<DescriptionJson>;
  context(of: { readonly component: string } | { readonly question: string } | { readonly kind: string }): Promise<ContextJson>;
  /** Every file of a generation; of that which serves where none is named. */
  sources(generation?: string): Promise<SourcesJson>;
  /** Each event of a change, from the first (or after `after`), until it has ended or the signal aborts. Reconnects. */
  watchChange(id: string, options?: WatchOptions): AsyncGenerator<ChangeEvent, void, undefined>;
  /** Until the signal aborts. Reconnects, and then says hello again. */
  watchSystem(options?: { readonly signal?: AbortSignal }): AsyncGenerator<SystemEvent, void, undefined>;
  rollBack(rollback: RollbackJson): Promise<RolledBackJson>;
  /** What that would do; nothing is done. */
  wouldRollBack(rollback: Omit<RollbackJson, 'data'>): Promise<WouldRollBackJson>;
  undo(id: string): Promise<UndoJson>;
  /** Of one change, the newest first. */
  undos(change: string): Promise<Items<UndoJson>>;
  undoConflicts(id: string, page?: { readonly limit?: number; readonly before?: string }): Promise<Items<UndoConflictJson>>;
  generations(options?: { readonly limit?: number }): Promise<Items<GenerationSummary>>;
  generation(id: string): Promise<GenerationDetail>;
  bundle(id: string): Promise<BundleJson>;
  components(): Promise<Items<ComponentSummary>>;
  component(kind: string, name: string): Promise<ComponentDetail>;
  source(digest: string): Promise<SourceJson>;
  /** What was read in service, and the required times. */
  service(): Promise<ServiceJson>;
  held(): Promise<Items<HeldJson>>;
  /** By `kind/name`, or by the digest of one version. */
  release(component: string): Promise<ReleasedJson>;
  /** Who can cause which write, and read what is sensitive. */
  whoCan(): Promise<Items<WhoCanJson>>;
  /** Reactions and jobs, and what of each is owed. */
  unasked(): Promise<Items<UnaskedJson>>;
  /** Newest first; `before` is the number to go on after. */
  deliveries(options?: {
    readonly state?: DeliveryJson['state'];
    readonly component?: string;
    readonly limit?: number;
    readonly before?: string;
  }): Promise<Items<DeliveryJson>>;
  retryDelivery(no: number): Promise<void>;
  stopDelivery(no: number, why: string): Promise<void>;
  /** Requests to hosts outside: the latest first; `before` is the id to go on after. */
  sendings(options?: {
    readonly state?: SendingJson['state'];
    readonly limit?: number;
    readonly before?: string;
  }): Promise<Items<SendingJson>>;
  retrySending(id: string): Promise<void>;
  stopSending(id: string, why: string): Promise<void>;
  freeze(why: string): Promise<void>;
  unfreeze(): Promise<void>;
  ledger(options?: { readonly change?: string }): Promise<Items<LedgerEntryJson>>;
  /** What changes cost; `figures` as the query of the resource: `{ since: '2026-11-01', hourlyRate: '95' }`. */
  cost(figures?: { readonly [name: string]: string }): Promise<CostReportJson>;
  costCsv(figures?: { readonly [name: string]: string }): Promise<string>;
  audit(): Promise<Items<AuditEntryJson>>;
  keys(): Promise<Items<KeyJson>>;
  issueKey(name: string, roles: readonly string[]): Promise<NewKeyJson>;
  endKey(id: string): Promise<void>;
  callers(): Promise<Items<CallerJson>>;
  link(options?: { readonly caller?: string; readonly minutes?: number }): Promise<LinkJson>;
  journal(row: string): Promise<Items<JournalEntryJson>>;
  /** Rows: `path` is that of the entity in the model (`/api/orders`). `query` as in the URL: `{ 'total[gt]': '500', sort: '-total' }`. */
  rows(path: string, query?: { readonly [parameter: string]: string | number }): Promise<Items<RowJson>>;
  row(path: string, id: string): Promise<RowJson>;
  /** What may be done with the row now. Of entities with moves or operations alone. */
  actions(path: string, id: string): Promise<ActionsJson>;
  create(path: string, values: JsonObject, options?: RowOptions): Promise<RowJson>;
  update(path: string, id: string, patch: JsonObject, options?: RowOptions): Promise<RowJson>;
  remove(path: string, id: string, options?: RowOptions): Promise<void>;
  approveRow(path: string, id: string, options?: RowOptions): Promise<RowJson>;
  /** An operation by its method and path (`{id}` put in already); null where it answers nothing. */
  call(method: string, path: string, input?: JsonObject, options?: RowOptions): Promise<Json>;
  /** The same with a body that is no JSON, or an answer that may be none; `accept`: the media types that it is answered in. */
  exchange(
    method: string,
    path: string,
    body: { readonly content: FormData | URLSearchParams | Blob | string; readonly type?: string } | undefined,
    accept: readonly string[],
    options?: RowOptions,
  ): Promise<Response>;
  show(path: string, query?: { readonly limit?: number; readonly cursor?: string }): Promise<Items<JsonObject>>;
}

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, cause === undefined ? undefined : { cause });
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

export function openClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((input: string, init?: RequestInit) => fetch(input, init));
  const base = options.url.replace(/\/+$/, '');

  const request = async (
    method: string,
    path: string,
    more: {
      readonly body?: Json;
      readonly content?: FormData | URLSearchParams | Blob | string;
      readonly headers?: { readonly [name: string]: string };
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<Response> => {
    const headers: { [name: string]: string } = { accept: 'application/json', ...more.headers };
    if (options.key !== undefined) headers['authorization'] = `Bearer ${options.key}`;
    if (more.body !== undefined) headers['content-type'] = 'application/json';
    let answer: Response;
    try {
      answer = await send(base + path, {
        method,
        headers,
        credentials: 'same-origin',
        ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
        ...(more.content === undefined ? {} : { body: more.content }),
        ...(more.signal === undefined ? {} : { signal: more.signal }),
      });
    } catch (cause) {
      if (more.signal?.aborted === true) throw cause;
      throw new ApiProblem(
        local('unreachable', `The system at ${base === '' ? 'this address' : base} does not answer. Is it running?`),
        cause,
      );
    }
    if (!answer.ok) throw new ApiProblem(await problemOf(answer));
    return answer;
  };
  const json = async <Value>(
    method: string,
    path: string,
    more: { readonly body?: Json; readonly headers?: { readonly [name: string]: string } } = {},
  ): Promise<Value> => {
    const answer = await request(method, path, more);
    const text = await answer.text();
    return (text === '' ? null : JSON.parse(text)) as Value;
  };
  const control = <Value>(method: string, path: string, body?: Json): Promise<Value> =>
    json<Value>(method, `/_theseus/${path}`, body === undefined ? {} : { body });
  const text = async (path: string): Promise<string> => (await request('GET', path, { headers: { accept: 'text/csv' } })).text();
  const one = encodeURIComponent;

  async function* watch(path: string, start: string | null, signal: AbortSignal | undefined): AsyncGenerator<string, void, undefined> {
    let last = start;
    const over = (): boolean => signal?.aborted === true;
    for (let failures = 0; !over();) {
      try {
        const answer = await request('GET', path, {
          headers: { accept: 'text/event-stream', ...(last === null ? {} : { 'last-event-id': last }) },
          ...(signal === undefined ? {} : { signal }),
        });
        if (answer.status === 204 || answer.body === null) return;
        failures = 0;
        for await (const message of readEventStream(answer.body)) {
          if (message.id !== null) last = message.id;
          yield message.data;
        }
      } catch (cause) {
        if (over()) return;
        if (cause instanceof ApiProblem && cause.problem.code !== 'unreachable' && cause.problem.status < 500) throw cause;
        failures++;
        if (failures > 8) throw cause;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** failures, 5_000)));
    }
  }

  return {
    health: () => control<HealthJson>('GET', 'health').catch((cause: unknown) => unwell(cause)),
    session: () => control('GET', 'session'),
    signIn: (link) => control('POST', 'sign-in', { link }),
    signOut: () => control('DELETE', 'session'),
    model: () => control('GET', 'model'),
    openApi: () => json('GET', '/openapi.json'),
    changes: (page = {}) => control('GET', `changes${search(page)}`),
    change: (id) => control('GET', `changes/${one(id)}`),
    ask: (ask, { wait, idempotencyKey } = {}) =>
      json('POST', `/_theseus/changes${search({ wait })}`, {
        body: { ...ask } as unknown as Json,
        ...(idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': idempotencyKey } }),
      }),
    approveChange: (id) => control('POST', `changes/${one(id)}/approve`, {}),
    rejectChange: (id, why) => control('POST', `changes/${one(id)}/reject`, why === undefined ? {} : { why }),
    cancelChange: (id, why) => control('POST', `changes/${one(id)}/cancel`, why === undefined ? {} : { why }),
    describe: () => control('GET', 'describe'),
    context: (of) => control('GET', `context${search({ ...of })}`),
    sources: (generation) => control('GET', `sources${search({ generation })}`),
    async *watchChange(id, { signal, after } = {}) {
      for await (const data of watch(`/_theseus/changes/${one(id)}/events`, after === undefined ? null : String(after), signal))
        yield JSON.parse(data) as ChangeEvent;
    },
    async *watchSystem({ signal } = {}) {
      for await (const data of watch('/_theseus/events', null, signal)) yield JSON.parse(data) as SystemEvent;
    },
    rollBack: (rollback) => control('POST', 'rollback', { ...rollback }),
    wouldRollBack: ({ change, withLater }) =>
      control('GET', `rollback${search({ change, withLater: withLater === true ? 'true' : undefined })}`),
    undo: (id) => control('GET', `undos/${one(id)}`),
    undos: (change) => control('GET', `undos${search({ change })}`),
    undoConflicts: (id, page = {}) => control('GET', `undos/${one(id)}/conflicts${search(page)}`),
    generations: (page = {}) => control('GET', `generations${search(page)}`),
    generation: (id) => control('GET', `generations/${one(id)}`),
    bundle: (id) => control('GET', `generations/${one(id)}/bundle`),
    components: () => control('GET', 'components'),
    component: (kind, name) => control('GET', `components/${one(kind)}/${one(name)}`),
    source: (digest) => control('GET', `sources/${one(digest)}`),
    service: () => control('GET', 'service'),
    held: () => control('GET', 'held'),
    release: (component) => control('POST', 'release', { component }),
    whoCan: () => control('GET', 'who-can'),
    unasked: () => control('GET', 'unasked'),
    deliveries: (wanted = {}) => control('GET', `deliveries${search(wanted)}`),
    retryDelivery: (no) => control('POST', `deliveries/${no}/retry`, {}),
    stopDelivery: (no, why) => control('POST', `deliveries/${no}/stop`, { why }),
    sendings: (wanted = {}) => control('GET', `sendings${search(wanted)}`),
    retrySending: (id) => control('POST', `sendings/${one(id)}/retry`, {}),
    stopSending: (id, why) => control('POST', `sendings/${one(id)}/stop`, { why }),
    freeze: (why) => control('POST', 'freeze', { why }),
    unfreeze: () => control('POST', 'unfreeze', {}),
    ledger: (page = {}) => control('GET', `ledger${search(page)}`),
    cost: (figures = {}) => control('GET', `cost${search(figures)}`),
    costCsv: (figures = {}) => text(`/_theseus/cost${search({ ...figures, format: 'csv' })}`),
    audit: () => control('GET', 'audit'),
    keys: () => control('GET', 'keys'),
    issueKey: (name, roles) => control('POST', 'keys', { name, roles: [...roles] }),
    endKey: (id) => control('DELETE', `keys/${one(id)}`),
    callers: () => control('GET', 'callers'),
    link: (wanted = {}) => control('POST', 'links', { ...wanted }),
    journal: (row) => control('GET', `rows/${one(row)}/journal`),
    rows: (path, query = {}) => json('GET', `${path}${search(query)}`),
    row: (path, id) => json('GET', `${path}/${one(id)}`),
    actions: (path, id) => json('GET', `${path}/${one(id)}/actions`),
    create: (path, values, more) => json('POST', path, { body: values, headers: headersOf(more) }),
    update: (path, id, patch, more) => json('PATCH', `${path}/${one(id)}`, { body: patch, headers: headersOf(more) }),
    remove: (path, id, more) => json('DELETE', `${path}/${one(id)}`, { headers: headersOf(more) }),
    approveRow: (path, id, more) => json('POST', `${path}/${one(id)}/approve`, { body: {}, headers: headersOf(more) }),
    call: (method, path, input, more) => json(method, path, { headers: headersOf(more), ...(input === undefined ? {} : { body: input }) }),
    exchange: (method, path, body, accept, more) =>
      request(method, path, {
        headers: {
          ...headersOf(more),
          ...(accept.length === 0 ? {} : { accept: [...accept, 'application/json'].join(', ') }),
          ...(body?.type === undefined ? {} : { 'content-type': body.type }),
        },
        ...(body === undefined ? {} : { content: body.content }),
      }),
    show: (path, query = {}) => json('GET', `${path}${search(query)}`),
  };
}

function search(parameters: { readonly [name: string]: string | number | undefined }): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
const headersOf = (options: RowOptions | undefined): { readonly [name: string]: string } => ({
  ...(options?.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
  ...(options?.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
});
/** A system that is not well answers 503, with its health as the document. */
function unwell(cause: unknown): HealthJson {
  if (cause instanceof ApiProblem && cause.problem.status === 503 && 'database' in cause.problem)
    return cause.problem as unknown as HealthJson;
  throw cause;
}
const local = (code: string, detail: string, status = 0): Problem => ({ type: `/errors/${code}`, title: code, status, detail, code });

/** What a refusal in the shape of a published interface most likely was. */
const codes: ReadonlyMap<number, string> = new Map([
  [400, 'invalid'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [412, 'stale'],
  [422, 'invalid'],
  [429, 'rate-limited'],
]);

async function problemOf(answer: Response): Promise<Problem> {
  const text = await answer.text().catch(() => '');
  if ((answer.headers.get('content-type') ?? '').includes('json')) {
    try {
      const told: unknown = JSON.parse(text);
      if (typeof told === 'object' && told !== null && 'code' in told && 'detail' in told) return told as Problem;
      if (typeof told === 'object' && told !== null && 'database' in told)
        return { ...local('unavailable', 'The system is not well.', answer.status), ...told };
    } catch {
      return local('unavailable', `The answer (${answer.status}) is not JSON.`, answer.status);
    }
  }
  return local(
    codes.get(answer.status) ?? 'unavailable',
    `The system answered ${answer.status}${answer.statusText === '' ? '' : ` ${answer.statusText}`}${text === '' ? '' : `: ${text.slice(0, 2_000)}`}.`,
    answer.status,
  );
}
