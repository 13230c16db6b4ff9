/** The supervisor runs `migrate` when the kernel asks: one process a migration, with one spare that has loaded its code already. */
import type { ChildProcess } from 'node:child_process';
import { spawnChild, stopChild } from './child.ts';
import type { FromChild, ToChild } from './configuration.ts';

export interface Migrations {
  /** Prepares the data for a generation. */
  run(ownerUrl: string, generation: string, show?: boolean): Promise<void>;
  /** Makes the product's own tables: `tables` those that the kernel needs, `whole` the durable engine's as well. */
  makeProduct(ownerUrl: string): { readonly tables: Promise<void>; readonly whole: Promise<void> };
  stop(): Promise<void>;
}

/** A spare loads its code when the change that used the last one has had its time: it would take the processor from its checks. */
const SPARE_AFTER_MS = 200;

export function openMigrations(log: (line: string) => void): Migrations {
  let spare: ChildProcess | null = spawnChild('migrate', log);
  let stopped = false;
  let soon: NodeJS.Timeout | undefined;
  const take = (): ChildProcess => {
    const taken = spare !== null && spare.exitCode === null && spare.connected ? spare : spawnChild('migrate', log);
    spare = null;
    return taken;
  };
  const start = (ownerUrl: string, generation: string | null, show: boolean, onTables: (fresh: boolean) => void): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      const child = take();
      let failure = '';
      child.on('message', (message: FromChild) => {
        if (message.kind === 'tables') onTables(message.fresh);
        if (message.kind === 'done') {
          resolve();
          void stopChild(child);
        }
        if (message.kind === 'failed') failure = message.message;
      });
      child.once('exit', () => reject(new Error(failure === '' ? 'the migration process died' : failure)));
      child.send({ kind: 'configure', configuration: { process: 'migrate', ownerUrl, generation, show } } satisfies ToChild);
    }).finally(() => {
      clearTimeout(soon);
      soon = setTimeout(spareOne, SPARE_AFTER_MS).unref();
    });
  const spareOne = (): void => {
    if (!stopped && spare === null) spare = spawnChild('migrate', log);
  };
  return {
    run: (ownerUrl, generation, show = false) => start(ownerUrl, generation, show, () => {}),
    makeProduct: (ownerUrl) => {
      const made = Promise.withResolvers<void>();
      const whole = start(ownerUrl, null, false, (fresh) => {
        made.resolve();
        // A new system is installed next, and asks for a migration while this one is still at work.
        if (fresh) spareOne();
      });
      whole.catch((cause: unknown) => made.reject(cause));
      return { tables: made.promise, whole };
    },
    stop: async () => {
      stopped = true;
      clearTimeout(soon);
      if (spare !== null) await stopChild(spare);
    },
  };
}
