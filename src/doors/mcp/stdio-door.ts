/** MCP over the standard input and output of `theseus mcp`: the same server, over a client that reaches the system by its address. */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpOptions, mcpServer } from './mcp-server.ts';

/** Until the agent closes its end, or `ended`. Nothing else may write to standard output meanwhile. */
export async function serveMcpOverStdio(options: McpOptions, ended: Promise<void>): Promise<void> {
  const handle = serveStdio(() => mcpServer(options));
  await Promise.race([ended, new Promise<void>((resolve) => process.stdin.once('end', resolve).once('close', resolve))]);
  await handle.close();
}
