import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import pg from 'pg';
import { prepareDurable } from '#adapters/prepare-durable';
import { startThrowAwayServer } from '#store/server';

const server = await startThrowAwayServer();
await prepareDurable(server.url('owner', 'theseus'), 'dbos_workshop', 'theseus_workshop');
const url = server.url('workshop', 'theseus');
const pool = new pg.Pool({ connectionString: url, max: 1 });
pool.on('error', () => {});
after(async () => {
  await pool.end();
  await server.stop();
});

/** Runs the process until it says `until`, and kills it there; answers what it said. */
async function runUntil(id: string, until: string | null): Promise<string[]> {
  const child = spawn(process.execPath, ['--no-warnings', new URL('killed-run.ts', import.meta.url).pathname, url, id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const gone = once(child, 'exit');
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (line === until) child.kill('SIGKILL');
  });
  await gone;
  return said;
}

test('a run that is killed before, within and after its steps is finished by the next process, with nothing lost or done twice', async () => {
  for (const place of ['begin 1', 'done 2', 'after 3', 'done 5', 'after 5']) {
    const id = `killed at ${place}`;
    const first = await runUntil(id, place);
    const again = await runUntil(id, null);
    assert.equal(again.at(-1), `result five steps of ${id}`, place);
    const rows = (await pool.query<{ phase: string }>('select phase from theseus.ledger where change = $1 order by id', [id])).rows.map(
      (row) => row.phase,
    );
    assert.deepEqual(rows, ['1', '2', '3', '4', '5'], place);
    const begun = numbers(again, 'begin');
    assert.deepEqual(begun, [1, 2, 3, 4, 5].slice(5 - begun.length), `${place}: it goes on where it was, to the end`);
    assert.deepEqual(
      numbers(first, 'after').filter((step) => begun.includes(step)),
      [],
      `${place}: steps that were recorded do not run again`,
    );
  }
});

const numbers = (said: readonly string[], word: string): number[] =>
  said.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.slice(word.length + 1)));
