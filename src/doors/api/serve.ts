/**
 * The HTTP server: one port for the system's interface, the control API and the console. What it promises: the interface of a
 * new generation is built before it is swapped in, and a request keeps the one that it entered with; nobody is answered before
 * it is known who calls; no client can hold a connection by being slow, or memory by being long.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { anyone, Fault, isRefusal, type Json, type OperationContract, refuse, type Refusal, refusalCodes, type Settings } from '#kernel';
import type { Machine, Running } from '#machine';
import { answerFault, answerProblem, type Headers, problemDocument } from './answers.ts';
import { bodyCap, tooLarge } from './body.ts';
import { consoleFiles } from './console-files.ts';
import { controlApp, isOpen } from './control/control-app.ts';
import type { DoorAccess } from './control/control-route.ts';
import { openNotices } from './control/notices.ts';
import type { ControlReads } from './control-reads.ts';
import { errorPages, errorPath } from './error-pages.ts';
import { anybody, type Identity, identify, provesNothing } from './identity.ts';
import { openKnocks } from './knocks.ts';
import { answerLlms, llmsPath } from './llms-text.ts';
import type { RoutedApp } from './routes.ts';
import { startPage, toConsole } from './start-page.ts';
import { type OperationAt, operationAt } from './system/operation-at.ts';
import { bodyCapOf } from './system/operation-body.ts';
import { answerOwnRefusal } from './system/operation-refusal.ts';
import { systemApp, told } from './system/system-app.ts';
import { unknownToOperators, unknownToSystem } from './unknown-caller.ts';

export interface ServeOptions {
  readonly machine: Machine;
  readonly access: DoorAccess;
  readonly reads: ControlReads;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
  /** 127.0.0.1 where nothing is said. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port?: number;
  /** Where browsers reach it when that is not this host and port: `https://shop.example`. Sets Secure cookies where it is https. */
  readonly publicUrl?: string;
  readonly consoleFolder?: string;
  readonly clock?: () => number;
  /** The door for agents, made when the first one comes. Absent: there is none. */
  readonly mcp?: (where: AgentDoorPlace) => Promise<AgentDoor>;
}
export interface AgentDoorPlace {
  /** Where this server answers, for itself. */
  readonly url: string;
  /** The public names beside the one that a request was sent to. */
  readonly hosts: readonly string[];
  readonly mostBytes: number;
}
/** What `/mcp` is answered by; see doors/mcp. `headers` carry the caller's own key or session. */
export interface AgentDoor {
  answer(
    request: Request,
    caller: { readonly id: string; readonly roles: readonly string[]; readonly headers: { readonly [name: string]: string } },
  ): Promise<Response>;
  swapped(): void;
  close(): Promise<void>;
}
export interface Served {
  readonly url: string;
  readonly port: number;
  /** The generation that serves from now on. Called by the machine's own swaps as well. */
  swap(running: Running): void;
  /** Takes no new connection, lets answers under way end for `graceMs`, then closes. */
  close(graceMs?: number): Promise<void>;
}
interface System {
  readonly running: Running;
  readonly app: RoutedApp;
  readonly operationAt: OperationAt;
  /** Headers that people of this system send their tokens in. */
  readonly tokenHeaders: readonly string[];
}

/** Generations whose names are kept for answers that a swap overtakes. */
const mostKept = 16;
/** Requests under way at once: each may hold a body. */
const mostInFlight = 1_000;
/** Over the deadline of a call, and over the longest wait for a change. */
const longestAnswerMs = 12_000;
const longestWaitMs = 75_000;
const loopback = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

export async function serve(options: ServeOptions): Promise<Served> {
  const { machine, access, reads, log } = options;
  const host = options.host ?? '127.0.0.1';
  const files = consoleFiles(options.consoleFolder);
  const notices = openNotices((listener) => reads.watchChanges(listener));
  let system: System | null = null;
  let agents: Promise<AgentDoor> | undefined;
  const served = new Map<string, Running>();
  let url = '';
  /** Cookies know no ports: two systems of one host must not end each other's sessions. */
  const cookie = { name: 'theseus_session', secure: options.publicUrl?.startsWith('https://') === true };

  const swap = (running: Running): void => {
    if (system?.running === running) return;
    served.delete(running.generation);
    served.set(running.generation, running);
    for (const old of [...served.keys()].slice(0, -mostKept)) served.delete(old);
    system = {
      running,
      operationAt: operationAt(running.model),
      tokenHeaders: running.model.entities.flatMap(({ identity }) => identity?.header ?? []),
      app: systemApp({ machine, running, lately: (generation) => served.get(generation), log, sessionCookie: cookie.name }),
    };
    notices.swapped(running.generation, running.activation);
    void agents?.then((door) => door.swapped());
  };
  const settings = (): Settings | null => machine.current()?.model.settings ?? null;
  const knocks = openKnocks(() => settings()?.policy.limits ?? null, options.clock ?? Date.now);
  const errors = errorPages();
  const publicUrl = (): string => (options.publicUrl ?? url).replace(/\/+$/, '');
  const control = controlApp(
    {
      machine,
      access,
      reads,
      notices,
      clock: options.clock ?? Date.now,
      cookie,
      settings,
      knocks,
      publicUrl,
    },
    log,
  );

  let inFlight = 0;

  /** Loaded when the first agent comes: most systems start without one. */
  async function ofAgent(request: Request, identity: Identity): Promise<Response> {
    agents ??= options.mcp?.({ url, hosts: [new URL(publicUrl()).host], mostBytes: bodyCap }).catch((cause: unknown) => {
      agents = undefined;
      throw cause;
    });
    const { caller, by, secret } = identity;
    const headers: Headers =
      by === 'key' ? { authorization: `Bearer ${secret}` } : { cookie: `${cookie.name}=${secret}`, origin: new URL(url).origin };
    const door = await agents;
    return door === undefined
      ? answerProblem(refuse('not-found', 'There is no door for agents here.'))
      : door.answer(request, { id: caller.id, roles: caller.roles, headers });
  }

  /** Before anything of it is read: only what an operation takes as a file may be longer than the usual body. */
  function tooLong(bytes: number, path: string, method: string): Response | undefined {
    const at = system?.operationAt(method, path);
    const cap = at === undefined ? bodyCap : bodyCapOf(at);
    if (bytes <= cap) return undefined;
    const answered =
      at === undefined ? answerProblem(tooLarge()) : answerOwnRefusal(tooLarge(cap), at.http.refusals, system?.running.generation ?? '');
    answered.headers.set('connection', 'close');
    return answered;
  }

  async function answer(request: Request, bindings: HttpBindings): Promise<Response> {
    const { incoming } = bindings;
    const path = pathOf(incoming);
    const misdirected = wrongHost(incoming, host, options.publicUrl);
    if (misdirected) return answerProblem(refuse('forbidden', `This system does not go by that name. It listens at ${url}.`));
    const told = Number(incoming.headers['content-length'] ?? 0);
    if (told > bodyCap) {
      const long = tooLong(told, path, incoming.method ?? 'GET');
      if (long !== undefined) return long;
    }
    if (path === '/console' || path.startsWith('/console/')) {
      return incoming.method === 'GET' || incoming.method === 'HEAD'
        ? files.answer(path)
        : answerProblem(refuse('method-not-allowed', `${path.slice(0, 100)} takes GET.`), { allow: 'GET, HEAD' });
    }
    if (path.startsWith(errorPath)) return errors.answer(incoming, path);
    if (path === llmsPath) return answerLlms(incoming, publicUrl());
    const entered = system;
    const ofControl = path.startsWith('/_theseus/') || path === '/_theseus' || path === '/sign-in';
    if (isOpen(incoming.method ?? 'GET', path)) return control(request, { ...bindings, identity: null });
    // Looked up for who is not known or comes too often: everybody else is answered by the routes.
    const called = (): OperationContract | undefined => (ofControl ? undefined : entered?.operationAt(incoming.method ?? 'GET', path));
    const known = await identify(
      incoming,
      access,
      machine.byToken,
      cookie.name,
      (proof) => (ofControl ? unknownToOperators(proof) : unknownToSystem(proof, entered?.running.model, called())),
      entered?.tokenHeaders,
    );
    const open =
      isRefusal(known) && provesNothing(incoming, cookie.name, entered?.tokenHeaders) && called()?.roles.includes(anyone) === true;
    const identity = open ? anybody : known;
    const no = (refusal: Refusal): Response =>
      ofControl || entered === null
        ? answerProblem(refusal)
        : answerOwnRefusal(refusal, called()?.http.refusals, entered.running.generation);
    if (path === '/') return isRefusal(identity) || entered === null ? toConsole() : startPage(entered.running.model);
    if (isRefusal(identity)) {
      const guessed = identity.code === 'unauthenticated' && !provesNothing(incoming, cookie.name, entered?.tokenHeaders);
      return no(guessed ? knocks.unknown(incoming.socket.remoteAddress, identity) : identity);
    }
    const limited = open
      ? knocks.anybody(incoming.socket.remoteAddress)
      : ofControl && alters(incoming.method)
        ? knocks.control(identity.caller.id)
        : knocks.call(identity.caller.id);
    if (limited !== null) return no(limited);
    if (ofControl) return control(request, { ...bindings, identity });
    if (path === '/mcp' && options.mcp !== undefined) return ofAgent(request, identity);
    if (entered === null)
      return answerProblem(refuse('unavailable', 'The system has no generation yet; it is being installed. Try again in a moment.'));
    return entered.app(request, { ...bindings, identity });
  }

  const listener = getRequestListener(
    async (request, bindings) => {
      if (inFlight >= mostInFlight) return answerProblem(refuse('busy', 'Too many requests are under way at once. Try again in a moment.'));
      inFlight++;
      try {
        return await inTime(answer(request, bindings as HttpBindings), (bindings as HttpBindings).incoming);
      } catch (cause) {
        log({ kind: 'fault', door: 'server', ...told(cause) });
        return answerFault(cause);
      } finally {
        inFlight--;
      }
    },
    {
      errorHandler: (cause) =>
        cause instanceof RequestError
          ? answerProblem(refuse('malformed', 'The path or the header Host is not one of HTTP/1.1.'))
          : answerFault(cause),
    },
  );
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      const unfit = settle(incoming);
      if (unfit === null) void listener(incoming, outgoing);
      else answerAtOnce(outgoing, unfit);
    },
  );
  server.on('checkExpectation', (_incoming, outgoing) =>
    answerAtOnce(outgoing, refuse('malformed', 'Of expectations only 100-continue is met here. Leave the header Expect out.')),
  );
  server.on('connect', (_incoming, socket: Socket) =>
    socket.end(`HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, OPTIONS\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
  );
  server.maxHeadersCount = 100;
  server.on('clientError', answerUnreadable);

  url = await listen(server, host, options.port ?? 0);
  if (options.publicUrl === undefined) cookie.name = `theseus_session_${new URL(url).port}`;
  const running = machine.current();
  if (running !== null) swap(running);
  machine.onSwap(swap);

  return {
    url,
    port: (server.address() as AddressInfo).port,
    swap,
    close: (graceMs = 5_000) =>
      new Promise((resolve) => {
        notices.close();
        void agents?.then((door) => door.close());
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        /** A connection whose answer ends only now would stay open for the next request. */
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearTimeout(timer);
          clearInterval(sweep);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => {
      if (cause.code === 'EADDRINUSE')
        reject(
          new Fault(
            'port-taken',
            `Port ${port} of ${host} is taken by another program. Stop that program, or choose another port: theseus start --port ${port + 1} (0 takes any that is free).`,
            cause,
          ),
        );
      else if (cause.code === 'EACCES')
        reject(new Fault('port-taken', `Port ${port} may be used by root alone. Choose one above 1023: theseus start --port 7777`, cause));
      else reject(new Fault('setup', `The address ${host}:${port} cannot be listened at: ${cause.message}`, cause));
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      const { port: taken } = server.address() as AddressInfo;
      const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
      resolve(`http://${name}:${taken}`);
    });
  });
}

const alters = (method: string | undefined): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/**
 * The target as a path, and the name it was called by in Host: a target with a name in it counts by that name (RFC 9112, 3.2.2),
 * and a probe of HTTP/1.0 calls nobody by name.
 */
function settle(incoming: IncomingMessage): Refusal | null {
  const whole = /^https?:\/\/([^/?#\\]+)(.*)$/i.exec(incoming.url ?? '');
  if (whole !== null) {
    incoming.headers.host = whole[1] ?? '';
    incoming.url = (whole[2] ?? '').replace(/^(?!\/)/, '/');
  }
  if (incoming.headers.host === undefined) {
    if (incoming.httpVersion !== '1.0') return refuse('malformed', 'The header Host is missing: HTTP/1.1 asks for it.');
    incoming.headers.host = 'localhost';
  }
  return /^\/[^\\]*$/.test(incoming.url ?? '')
    ? null
    : refuse('malformed', 'A path begins with / and holds no backslash. Write %5C for one.');
}

/** Whatever stands still behind it, a caller is not left waiting. A call has its own deadline before; one that waits for a change has its own time. */
function inTime(answering: Promise<Response>, incoming: IncomingMessage): Promise<Response> {
  return new Promise((resolve, reject) => {
    const longest = incoming.url?.includes('wait=') === true || incoming.url?.startsWith('/mcp') === true ? longestWaitMs : longestAnswerMs;
    let timer: NodeJS.Timeout;
    const late = (): void => {
      // A body that is still coming is the caller's own time; the server ends it as too slow.
      if (!incoming.complete && !incoming.destroyed) {
        timer = setTimeout(late, longest);
        return;
      }
      resolve(
        answerProblem(
          refuse(
            'unavailable',
            'No answer came in time: something that this needs stands still, most likely the database. Whether it was done is not known: look, or send it again with the same Idempotency-Key.',
          ),
        ),
      );
    };
    timer = setTimeout(late, longest);
    answering.then(
      (answered) => {
        clearTimeout(timer);
        resolve(answered);
      },
      (cause: unknown) => {
        clearTimeout(timer);
        reject(cause);
      },
    );
  });
}

function answerAtOnce(outgoing: ServerResponse, refusal: Refusal): void {
  const body = JSON.stringify(problemDocument(refusal));
  outgoing.writeHead(refusalCodes[refusal.code].status, { 'content-type': 'application/problem+json; charset=UTF-8', connection: 'close' });
  outgoing.end(body);
}

function pathOf(incoming: IncomingMessage): string {
  const url = incoming.url ?? '/';
  const question = url.indexOf('?');
  return question < 0 ? url : url.slice(0, question);
}

/** On a loopback address a foreign name in Host is a page that rebinds its own name to us: nothing is answered to it. */
function wrongHost(incoming: IncomingMessage, host: string, publicUrl: string | undefined): boolean {
  if (!loopback.has(host)) return false;
  const given = (incoming.headers.host ?? '').toLowerCase();
  if (publicUrl !== undefined && URL.canParse(publicUrl) && new URL(publicUrl).host === given) return false;
  return !loopback.has(given.replace(/:\d+$/, ''));
}

/** What is no HTTP, too long in its headers or too slow is told so, as far as the connection still takes it. */
function answerUnreadable(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || cause.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, refusal] = unreadable(cause.code);
  const body = JSON.stringify({ ...problemDocument(refusal), status: Number(status.slice(0, 3)) });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
function unreadable(code: string | undefined): readonly [string, ReturnType<typeof refuse>] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [
        '431 Request Header Fields Too Large',
        refuse('too-large', 'The headers are longer than 16 KB together, or more than 100. Send fewer and shorter ones.'),
      ];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['408 Request Timeout', refuse('malformed', 'The request came too slowly: headers within 10 seconds, the whole within 30.')];
    default:
      return ['400 Bad Request', refuse('malformed', 'This is not an HTTP/1.1 request.')];
  }
}
