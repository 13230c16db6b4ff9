/** The door for agents: the Model Context Protocol over HTTP and over standard input and output. */
export { type McpCaller, type McpDoor, type McpDoorOptions, openMcpDoor } from './http-door.ts';
export { isToolSet, type McpOptions, mcpServer, type ToolSet } from './mcp-server.ts';
export { serveMcpOverStdio } from './stdio-door.ts';
