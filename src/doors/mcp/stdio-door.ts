/** MCP over the standard input and output of `theseus mcp`: the same server, over a client that reaches the system by its address. */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpOptions, mcpServer } from './mcp-server.ts';
import { stdioTransport, type Streams } from './stdio-transport.ts';

/** Until the agent closes its end, or `ended`. Nothing else may write to standard output meanwhile. */
export async function serveMcpOverStdio(
  options: McpOptions,
  { ended, ...streams }: Streams & { readonly ended: Promise<void> },
): Promise<void> {
  const { transport, ended: closed } = stdioTransport(streams);
  const handle = serveStdio(() => mcpServer(options), { transport });
  await Promise.race([ended, closed]);
  await handle.close();
}
