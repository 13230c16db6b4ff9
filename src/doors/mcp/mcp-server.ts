/**
 * A server of the Model Context Protocol over a client of the system: the tools that the client's caller may use, and nothing
 * that the client could not do. One is made for each request over HTTP, so a new generation needs nothing.
 */
import { type CallToolResult, type ListToolsResult, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { ApiProblem, type Client, type JsonObject } from '#api/client';
import { changeTools } from './change-tools.ts';
import { manyTools, mostListed } from './many-tools.ts';
import { systemTools } from './system-tools.ts';
import type { Told, Tool } from './tool.ts';

export interface McpOptions {
  readonly client: Client;
  /** Of the product. */
  readonly version: string;
  /** `change`: the tools that change the system; `system`: its own interface. */
  readonly tools: ToolSet;
  /** The tools of the system's own interface for this caller; worked out anew at each question where nothing is given. */
  readonly interfaceTools?: () => Promise<readonly Tool[]>;
}
export type ToolSet = 'all' | 'change' | 'system';
export const isToolSet = (text: string): text is ToolSet => text === 'all' || text === 'change' || text === 'system';

const page = 200;
const instructions =
  'A self-coding information system. To change it: describe, then context of the kind that you mean to write and of the components that it bears on, write small TypeScript files, check until every gate passes, then propose. What passes goes live by itself or waits for a person; what fails is told with witnesses. The other tools use the system as it is now.';

export function mcpServer({ client, version, tools, interfaceTools = () => interfaceToolsOf(client) }: McpOptions): Server {
  const server = new Server({ name: 'theseus', version }, { capabilities: { tools: { listChanged: true } }, instructions });
  server.setRequestHandler('tools/list', async ({ params }): Promise<ListToolsResult> => {
    const all = await toolsFor(client, tools, interfaceTools);
    const start = params?.cursor === undefined ? 0 : Number(params.cursor);
    if (!Number.isInteger(start) || start < 0 || start > all.length)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'This cursor is none of ours.');
    const shown = all.slice(start, start + page);
    return { tools: shown.map(toldTool), ...(start + page < all.length ? { nextCursor: String(start + page) } : {}) };
  });
  server.setRequestHandler('tools/call', async ({ params }): Promise<CallToolResult> => {
    const tool = await toolNamed(params.name, client, tools, interfaceTools);
    if (tool === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name.slice(0, 100)}.`);
    return answered(await run(tool, client, (params.arguments ?? {}) as JsonObject));
  });
  return server;
}

/** Of a caller who may not ask for changes, the tools for that are not shown. */
async function toolsFor(client: Client, set: ToolSet, interfaceTools: () => Promise<readonly Tool[]>): Promise<readonly Tool[]> {
  const { may } = await client.session();
  return [...(set === 'system' || !may.ask ? [] : changeTools), ...(set === 'change' ? [] : await listed(client, interfaceTools))];
}
/** What an agent is shown of the system's interface: all of it, or where that is too much, the way to it. */
async function listed(client: Client, interfaceTools: () => Promise<readonly Tool[]>): Promise<readonly Tool[]> {
  const all = await interfaceTools();
  if (all.length <= mostListed) return all;
  return manyTools(all, async (name, given) => {
    const tool = all.find((each) => each.name === name);
    return tool === undefined
      ? {
          failed: true,
          value: { code: 'not-found', detail: `There is no operation ${name.slice(0, 100)}. find_tool finds them by words.` },
        }
      : run(tool, client, given);
  });
}
/** One that is not listed can be called by its name all the same. */
async function toolNamed(
  name: string,
  client: Client,
  set: ToolSet,
  interfaceTools: () => Promise<readonly Tool[]>,
): Promise<Tool | undefined> {
  const own = set === 'system' ? undefined : changeTools.find((tool) => tool.name === name);
  if (own !== undefined || set === 'change') return own;
  const all = await interfaceTools();
  return all.find((each) => each.name === name) ?? (await listed(client, () => Promise.resolve(all))).find((each) => each.name === name);
}
export async function interfaceToolsOf(client: Client): Promise<readonly Tool[]> {
  const [document, model] = await Promise.all([client.openApi(), client.model()]);
  return systemTools(document, model);
}

/** A refusal is told to the agent as such, with its witness; whatever else goes wrong is the protocol's to tell. */
async function run(tool: Tool, client: Client, given: JsonObject): Promise<Told> {
  const known = tool.inputSchema['properties'] as JsonObject;
  const odd = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  const missing = ((tool.inputSchema['required'] ?? []) as readonly string[]).find((name) => given[name] === undefined);
  if (odd !== undefined || missing !== undefined)
    return {
      failed: true,
      value: {
        code: 'invalid',
        detail:
          odd === undefined
            ? `${missing ?? ''} is missing.`
            : `${odd.slice(0, 60)} is not known; known are ${Object.keys(known).join(', ') || 'none'}.`,
      },
    };
  try {
    return await tool.run(client, given);
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    const { code, detail, evidence } = cause.problem;
    return { failed: true, value: { code, detail, ...(evidence === undefined ? {} : { evidence }) } };
  }
}
const answered = ({ value, failed }: Told): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(value) }],
  structuredContent: value as { [name: string]: unknown },
  ...(failed === true ? { isError: true } : {}),
});
const toldTool = ({ name, title, description, inputSchema, reads }: Tool): ListToolsResult['tools'][number] => ({
  name,
  title,
  description,
  inputSchema: inputSchema as ListToolsResult['tools'][number]['inputSchema'],
  annotations: { title, readOnlyHint: reads, destructiveHint: !reads, openWorldHint: false },
});
