/** The hand-written program on a throw-away PostgreSQL of the same build and settings, with a key `secret`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startThrowAwayServer } from '../../src/store/server/index.ts';

export interface HandWritten {
  readonly port: number;
  readonly pids: readonly number[];
  readonly db: pg.Client;
  stop(): Promise<void>;
}

export async function startHandWritten(): Promise<HandWritten> {
  const server = await startThrowAwayServer({ durable: true });
  const url = server.url('superuser', 'postgres');
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query(readFileSync(join(import.meta.dirname, 'hand-written.sql'), 'utf8'));
  await db.query(`INSERT INTO keys VALUES ($1, 'ada', '{clerk}')`, [hash('sha256', 'secret', 'buffer')]);
  const program: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'hand-written.ts')],
    { env: { ...process.env, DATABASE_URL: url, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (program.stdout === null) throw new Error('the program has no output');
  const [line] = (await once(program.stdout, 'data')) as [Buffer];
  return {
    port: Number(/^ready (\d+)/.exec(String(line))?.[1]),
    pids: [program.pid ?? 0, server.pid],
    db,
    stop: async () => {
      program.kill('SIGTERM');
      await once(program, 'exit');
      await db.end();
      await server.stop();
    },
  };
}
