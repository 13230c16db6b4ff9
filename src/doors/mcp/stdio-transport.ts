/**
 * How messages of MCP come in and go out over two streams. What it promises: every request is answered, also one that is too long or no
 * message at all; and where either stream ends, `ended` says so. A message is as long as a request over HTTP may be.
 */
import type { Readable, Writable } from 'node:stream';
import { type JSONRPCMessage, parseJSONRPCMessage, ProtocolErrorCode, type RequestId, type Transport } from '@modelcontextprotocol/server';
import { type Line, messageLines } from './message-lines.ts';
import { idOf } from './said-twice.ts';

export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  readonly mostBytes: number;
}
export interface StdioTransport {
  readonly transport: Transport;
  readonly ended: Promise<void>;
}

/** -32000 is what the SDK answers over HTTP where a body is too long. */
const codes = { 'too-long': -32_000, 'no-json': ProtocolErrorCode.ParseError, twice: ProtocolErrorCode.InvalidRequest } as const;

export function stdioTransport({ input, output, mostBytes }: Streams): StdioTransport {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  let closed = false;
  const send = (message: JSONRPCMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      output.write(`${JSON.stringify(message)}\n`, (cause) => (cause === null || cause === undefined ? resolve() : reject(cause)));
    });
  const refused = (code: number, message: string, id: RequestId | null): void =>
    void send({ jsonrpc: '2.0', id, error: { code, message } } as JSONRPCMessage).catch(close);
  const onLine = (line: Line): void => {
    if (closed) return;
    if ('refused' in line) {
      refused(codes[line.refused], line.why, line.id);
      return;
    }
    const message = messageOf(line.value);
    if ('jsonrpc' in message) transport.onmessage?.(message);
    else refused(ProtocolErrorCode.InvalidRequest, message.why, message.id);
  };
  const onData = messageLines(mostBytes, onLine);
  function close(): void {
    if (closed) return;
    closed = true;
    input.off('data', onData).pause();
    end();
    transport.onclose?.();
  }
  const transport: Transport = {
    start: () => {
      // Errors stay listened to after the end: an agent that has gone is no fault of this process.
      input.on('data', onData).once('end', close).once('close', close).on('error', close);
      output.on('error', close).once('close', close);
      return Promise.resolve();
    },
    send,
    close: () => Promise.resolve(close()),
  };
  return { transport, ended };
}

function messageOf(value: unknown): JSONRPCMessage | { readonly why: string; readonly id: RequestId | null } {
  if (Array.isArray(value)) return { why: 'Several messages in one list are not taken. Send one message a line.', id: null };
  try {
    return parseJSONRPCMessage(value);
  } catch {
    return { why: 'This is no message of JSON-RPC 2.0: { "jsonrpc": "2.0", "id": 1, "method": "...", "params": { } }.', id: idOf(value) };
  }
}
