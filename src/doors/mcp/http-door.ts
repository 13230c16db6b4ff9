/**
 * `/mcp` over HTTP: a server for each request, over a client that carries the caller's own key or session back to this very
 * server. So this door holds no right of its own. Host was checked before; a page of another origin gets nothing.
 */
import { createMcpHandler, type McpServerFactory, ProtocolErrorCode, readRequestBody } from '@modelcontextprotocol/server';
import { openClient } from '#api/client';
import { interfaceToolsOf, isToolSet, mcpServer } from './mcp-server.ts';
import { idOf, saidTwice } from './said-twice.ts';
import type { Tool } from './tool.ts';

/** Who calls, as the server has found out. */
export interface McpCaller {
  readonly id: string;
  readonly roles: readonly string[];
  /** Sent on with each call: `authorization: Bearer ...`, or the cookie of a session. */
  readonly headers: { readonly [name: string]: string };
}
export interface McpDoorOptions {
  /** Where this server answers itself. */
  readonly url: string;
  readonly version: string;
  readonly mostBytes: number;
  /** Host names beside the one that a request was sent to: the public one. */
  readonly hosts: readonly string[];
  readonly log: (entry: { readonly [key: string]: string }) => void;
  /** In place of the system's tools; for tests of the protocol. */
  readonly factory?: McpServerFactory;
}
export interface McpDoor {
  answer(request: Request, caller: McpCaller): Promise<Response>;
  /** Another generation serves: those who listen look at the tools again. */
  swapped(): void;
  close(): Promise<void>;
}

const mostListeners = 64;
/** Callers whose tools are kept until another generation serves. */
const mostKept = 100;

export function openMcpDoor({ url, version, mostBytes, hosts, log, factory }: McpDoorOptions): McpDoor {
  const kept = new Map<string, Promise<readonly Tool[]>>();
  const own: McpServerFactory = ({ authInfo, requestInfo }) => {
    const headers = (authInfo?.extra?.['headers'] ?? {}) as McpCaller['headers'];
    const wanted = requestInfo === undefined ? null : new URL(requestInfo.url).searchParams.get('tools');
    const client = openClient({
      url,
      fetch: (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as McpCaller['headers']), ...headers } }),
    });
    // Roles stand in the name: who gets another role gets other tools.
    const caller = JSON.stringify([authInfo?.clientId, authInfo?.scopes]);
    const interfaceTools = (): Promise<readonly Tool[]> => {
      const known = kept.get(caller);
      if (known !== undefined) return known;
      const made = interfaceToolsOf(client);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept + 1))) kept.delete(oldest);
      kept.set(caller, made);
      made.catch(() => kept.delete(caller));
      return made;
    };
    return mcpServer({ client, version, tools: wanted !== null && isToolSet(wanted) ? wanted : 'all', interfaceTools });
  };
  const handler = createMcpHandler(factory ?? own, {
    maxRequestBodySize: mostBytes,
    maxSubscriptions: mostListeners,
    onerror: (cause) => log({ kind: 'mcp', message: cause.message }),
  });
  return {
    answer: async (request, { id, roles, headers }) => {
      if (isForeign(request, hosts)) return refused(403, -32_000, 'Forbidden: this page is of another origin.');
      const twice = request.method === 'POST' ? await twiceIn(request.clone(), mostBytes) : undefined;
      if (twice !== undefined) return refused(400, ProtocolErrorCode.InvalidRequest, twice.why, twice.id);
      return handler.fetch(request, { authInfo: { token: '', clientId: id, scopes: [...roles], extra: { headers } } });
    },
    swapped: () => {
      kept.clear();
      handler.notify.toolsChanged();
    },
    close: () => handler.close(),
  };
}

const refused = (status: number, code: number, message: string, id: string | number | null = null): Response =>
  Response.json({ jsonrpc: '2.0', id, error: { code, message } }, { status });

/** What is too long, no JSON or broken off is the SDK's to refuse. */
async function twiceIn(
  request: Request,
  mostBytes: number,
): Promise<{ readonly why: string; readonly id: string | number | null } | undefined> {
  try {
    const read = await readRequestBody(request, mostBytes);
    if (read.tooLarge) return undefined;
    const value: unknown = JSON.parse(read.text);
    const why = saidTwice(read.text, value);
    return why === undefined ? undefined : { why, id: idOf(value) };
  } catch {
    return undefined;
  }
}

/** A browser says where its page is from; a program says nothing. */
function isForeign(request: Request, hosts: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return false;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  return host !== request.headers.get('host')?.toLowerCase() && !hosts.includes(host);
}
