/**
 * The world around a hostile component, with a watcher at each thing that it would like: files, a listener, a local socket,
 * the environment, a process that could be ended. Promises: what a hostile component did there is seen, whatever it answers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where things are, as a component may know it: knowing is not having. */
export interface Target {
  readonly folder: string;
  readonly secretFile: string;
  readonly socket: string;
  readonly port: number;
  readonly victim: number;
  readonly machine: number;
}
export interface World {
  readonly target: Target;
  /** Texts that must never come out of a component that was not given them. */
  readonly secrets: readonly string[];
  /** What was seen since the last look. */
  sightings(): readonly string[];
  close(): Promise<void>;
}
const signals = ['SIGUSR1', 'SIGUSR2', 'SIGHUP', 'SIGTERM', 'SIGINT', 'SIGCONT'] as const;

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'theseus-attacked-'));
  chmodSync(folder, 0o777);
  const canary = `canary-${process.pid}-${Date.now().toString(36)}`;
  const secrets = [`${canary}-file`, `${canary}-environment`];
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, secrets[0] ?? '', { mode: 0o644 });
  process.env['THESEUS_CANARY'] = secrets[1];
  const own = new Set([...readdirSync(folder), 'socket']);
  let seen: string[] = [];
  const servers = [
    createServer((socket) => {
      seen.push('a connection was opened');
      socket.destroy();
    }),
    createServer((socket) => {
      seen.push('a local socket was opened');
      socket.destroy();
    }),
  ] as const;
  await new Promise<void>((done) => servers[0].listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => servers[1].listen(join(folder, 'socket'), done));
  chmodSync(join(folder, 'socket'), 0o777);
  const { port } = servers[0].address() as { readonly port: number };
  const victim = await startVictim();
  victim.once('exit', (_, signal) => seen.push(`another process was ended by ${String(signal)}`));
  const heard = signals.map((signal) => [signal, (): void => void seen.push(`the machine was sent ${signal}`)] as const);
  for (const [signal, listener] of heard) process.on(signal, listener);

  return {
    target: { folder, secretFile, socket: join(folder, 'socket'), port, victim: victim.pid ?? 0, machine: process.pid },
    secrets,
    sightings: () => {
      const written = readdirSync(folder).filter((name) => !own.has(name));
      for (const name of written) rmSync(join(folder, name), { recursive: true, force: true });
      const found = [...seen, ...written.map((name) => `the file ${name} was written`)];
      seen = [];
      return found;
    },
    close: async () => {
      for (const [signal, listener] of heard) process.off(signal, listener);
      delete process.env['THESEUS_CANARY'];
      victim.removeAllListeners('exit');
      victim.kill('SIGKILL');
      await Promise.all(servers.map(closed));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startVictim(): Promise<ChildProcess> {
  const victim = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000); process.stdout.write("up")'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((up) => victim.stdout.once('data', up));
  return victim;
}
const closed = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));
