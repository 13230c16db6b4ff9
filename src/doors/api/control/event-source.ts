/** Server-sent events on a Node answer: a message a line, a heartbeat so that nothing between closes the connection, an end when the reader goes. */
import type { ServerResponse } from 'node:http';

export interface EventSink {
  send(data: unknown, id?: number): void;
  end(): void;
  /** Called once, when either side has ended it. */
  onEnd(listener: () => void): void;
}
const heartbeatMs = 15_000;
/** Messages that wait for a reader who does not read: then it is taken for gone, and may come again. */
const mostWaiting = 10_000;

/** A response whose body is the stream. `outgoing` tells when the reader has gone. */
export function eventSource(outgoing: ServerResponse, start: (sink: EventSink) => void): Response {
  const encoder = new TextEncoder();
  const listeners: (() => void)[] = [];
  let ended = false;
  let heartbeat: NodeJS.Timeout | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const finish = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    outgoing.off('close', finish);
    for (const listener of listeners) listener();
  };
  const write = (text: string): void => {
    if (ended || controller === undefined) return;
    if ((controller.desiredSize ?? 0) < -mostWaiting) {
      finish();
      controller.close();
    } else controller.enqueue(encoder.encode(text));
  };
  const stream = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened;
      outgoing.on('close', finish);
      heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
      heartbeat.unref();
      write('retry: 1000\n\n');
      start({
        send: (data, id) => write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`),
        end: () => {
          if (ended) return;
          finish();
          opened.close();
        },
        onEnd: (listener) => void (ended ? listener() : listeners.push(listener)),
      });
    },
    cancel: finish,
  });
  return new Response(stream, {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=UTF-8',
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    },
  });
}
