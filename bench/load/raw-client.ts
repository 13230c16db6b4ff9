/**
 * A load client that costs little: keep-alive sockets, requests written as prepared bytes, answers read just far enough.
 * Why: on two cores the client must not be what is measured. Loopback only; bounded in time and count.
 */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
  readonly header: string;
}
export interface LoadResult {
  readonly answers: number;
  readonly failed: number;
  readonly millis: number;
  readonly latencies: readonly number[];
  readonly statuses: { readonly [status: number]: number };
}

export function rawRequest(
  host: string,
  method: string,
  path: string,
  headers: { readonly [name: string]: string },
  body?: string,
): string {
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${host}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** One connection: a request at a time. */
export class RawConnection {
  readonly #socket: Socket;
  #buffer = '';
  #resolve: ((answer: RawAnswer) => void) | null = null;
  #reject: ((cause: Error) => void) | null = null;
  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text: string) => {
      this.#buffer += text;
      this.#read();
    });
    this.#socket.on('error', (cause) => this.#reject?.(cause));
    this.#socket.on('close', () => this.#reject?.(new Error('the connection was closed')));
  }
  send(request: string): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request);
    });
  }
  close(): void {
    this.#reject = null;
    this.#socket.destroy();
  }
  #read(): void {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const header = this.#buffer.slice(0, end);
    const status = Number(header.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(header)?.[1];
    let body: string;
    if (length !== undefined) {
      const whole = end + 4 + Number(length);
      if (this.#buffer.length < whole) return;
      body = this.#buffer.slice(end + 4, whole);
      this.#buffer = this.#buffer.slice(whole);
    } else if (status === 204 || status === 304) {
      body = '';
      this.#buffer = this.#buffer.slice(end + 4);
    } else {
      const stop = this.#buffer.indexOf('\r\n0\r\n\r\n', end);
      if (stop < 0) return;
      body = this.#buffer
        .slice(end + 4, stop)
        .split(/\r\n[0-9a-f]+\r\n/i)
        .join('')
        .replace(/^[0-9a-f]+\r\n/i, '');
      this.#buffer = this.#buffer.slice(stop + 7);
    }
    const resolve = this.#resolve;
    this.#resolve = null;
    resolve?.({ status, body, header });
  }
}

/** `connections` at once for `millis`; `next` gives each request. A status of 400 or more counts as failed. */
export async function load(
  port: number,
  options: { readonly connections: number; readonly millis: number; readonly next: (index: number) => string },
): Promise<LoadResult> {
  const open = Array.from({ length: options.connections }, () => new RawConnection(port));
  const latencies: number[] = [];
  const statuses: { [status: number]: number } = {};
  let sent = 0;
  let failed = 0;
  const started = performance.now();
  const end = started + options.millis;
  await Promise.all(
    open.map(async (connection) => {
      while (performance.now() < end) {
        const before = performance.now();
        const answer = await connection.send(options.next((sent += 1)));
        latencies.push(performance.now() - before);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status >= 400) failed += 1;
      }
    }),
  );
  const millis = performance.now() - started;
  for (const connection of open) connection.close();
  return { answers: latencies.length, failed, millis, latencies, statuses };
}
