/**
 * The program of a host: a process without files, network, children or environment, that runs components in isolates and
 * speaks frames on its standard input and output. It is given to Node as one text (see parent/child-program.ts), so nothing
 * here may import at run time but what that text holds. When its input ends, it ends, at once and whatever runs.
 */
import type ivm from 'isolated-vm';
import { frameOf, openFrameReader, type ToHostHead } from '#channel';
import { type IsolateTerms, openIsolates } from './isolates.ts';

export interface HostTerms extends IsolateTerms {
  /** Where the addon is: a descriptor's name, or a path. */
  readonly addon: string;
  /** Descriptors that were needed to start and no longer are. */
  readonly close: readonly number[];
}

export function runHost(terms: HostTerms, realmCode: string): void {
  const native: { exports: { ivm?: typeof ivm } } = { exports: {} };
  process.dlopen(native, terms.addon);
  const addon = native.exports.ivm;
  if (addon === undefined) throw new Error('the addon is not isolated-vm');
  for (const descriptor of terms.close) process.getBuiltinModule('node:fs').closeSync(descriptor);
  // From here on no other addon, which would be code without limits, can be loaded, and no file be opened.
  const permission = process.permission as unknown as { readonly drop?: (scope: string) => void } | undefined;
  for (const scope of ['addon', 'fs.read', 'fs.write', 'net', 'child', 'worker', 'wasi'])
    if (process.permission?.has(scope) === true) permission?.drop?.(scope);

  let out = '';
  const put = (frame: string): void => {
    if (out === '') setImmediate(flush);
    out += frame;
  };
  const flush = (): void => {
    const text = out;
    out = '';
    process.stdout.write(text);
  };
  const isolates = openIsolates(addon, realmCode, terms, put);
  const take = (head: { readonly [member: string]: unknown }, payload = 'null'): void => {
    const message = head as unknown as ToHostHead;
    switch (message.kind) {
      case 'ping':
        return put(frameOf({ kind: 'pong', beat: message.beat }));
      case 'load':
        return isolates.load(message, String(JSON.parse(payload)));
      case 'unload':
        return isolates.unload(message.digest);
      case 'call':
        return isolates.call(message, payload);
      case 'answer':
        return isolates.answer(message, payload);
      case 'cancel':
        return isolates.cancel(message.call);
    }
  };
  const endNow = (): void => {
    process.kill(process.pid, 'SIGKILL');
    process.abort();
  };
  const reader = openFrameReader(take, endNow);
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (piece: string) => reader.feed(piece));
  process.stdin.on('end', endNow);
  process.stdin.on('error', endNow);
  put(frameOf({ kind: 'ready' }));
}
