/** A child's side of the channel to the supervisor. A child whose supervisor is gone stops by itself. */
import { Fault } from '#kernel';
import type { FromChild, ToChild } from './configuration.ts';

type Configuration = (ToChild & { kind: 'configure' })['configuration'];

export const tell = (message: FromChild): void => void (process.connected && process.send?.(message));

/** Runs `main` with the configuration of this kind of process; what it answers is called when the process is to stop. */
export function runAsChild<Kind extends Configuration['process']>(
  kind: Kind,
  main: (
    configuration: Configuration & { process: Kind },
    onMessage: (listener: (message: ToChild) => void) => void,
  ) => Promise<() => Promise<void>>,
): void {
  const listeners: ((message: ToChild) => void)[] = [];
  let stopping = false;
  let stop: () => Promise<void> = async () => {};
  const end = (code: number): void => {
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => process.exit(code), 15_000);
    late.unref();
    void stop()
      .catch(report)
      .finally(() => process.exit(code));
  };
  process.on('message', (message: ToChild) => {
    if (message.kind === 'stop') return end(0);
    if (message.kind !== 'configure') return listeners.forEach((listener) => listener(message));
    if (!isKind(message.configuration, kind)) return end(2);
    void main(message.configuration, (listener) => void listeners.push(listener)).then(
      (ended) => {
        stop = ended;
      },
      (cause: unknown) => {
        report(cause);
        end(1);
      },
    );
  });
  process.on('disconnect', () => end(0));
  // The supervisor decides when its children stop; a signal to the whole group must not cut calls short.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => end(0));
}

const isKind = <Kind extends Configuration['process']>(
  configuration: Configuration,
  kind: Kind,
): configuration is Configuration & { process: Kind } => configuration.process === kind;

function report(cause: unknown): void {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  tell({ kind: 'failed', code: error instanceof Fault ? error.code : 'bug', message: error.message });
  process.stderr.write(`${error.stack ?? error.message}\n`);
}
