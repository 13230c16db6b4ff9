import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { takeFolder } from './one-supervisor.ts';

function folder(test: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'theseus-mark-'));
  test.after(() => rmSync(made, { recursive: true }));
  return made;
}
const taking = (data: string, then: string): readonly string[] => [
  '--input-type=module',
  '-e',
  `import { takeFolder } from ${JSON.stringify(new URL('./one-supervisor.ts', import.meta.url).href)};
   try { takeFolder(${JSON.stringify(data)}); console.log('taken'); ${then} } catch (cause) { console.log(cause.message); }`,
];

describe('a data folder', () => {
  it('has one supervisor; another is told where the first is', async (test) => {
    const data = folder(test);
    const first = spawn(process.execPath, taking(data, 'setInterval(() => {}, 1000);'), { stdio: ['ignore', 'pipe', 'inherit'] });
    test.after(() => first.kill('SIGKILL'));
    await new Promise((taken) => first.stdout.once('data', taken));
    assert.throws(() => takeFolder(data), { code: 'setup', message: new RegExp(`started.*already \\(process ${first.pid}\\).*--data`) });
    writeFileSync(join(data, 'running.json'), JSON.stringify({ url: 'http://127.0.0.1:7777', pid: first.pid }));
    assert.throws(() => takeFolder(data), { code: 'setup', message: /runs already at http:\/\/127\.0\.0\.1:7777/ });
  });

  it('is free again where the supervisor was killed, or its number was given to another process', (test) => {
    const data = folder(test);
    assert.equal(
      spawnSync(process.execPath, taking(data, "process.kill(process.pid, 'SIGKILL');"), { encoding: 'utf8' }).stdout,
      'taken\n',
    );
    const release = takeFolder(data);
    release();
    writeFileSync(join(data, 'supervisor.json'), JSON.stringify({ pid: process.ppid, began: '1' }));
    takeFolder(data)();
    writeFileSync(join(data, 'supervisor.json'), '{"pid":');
    takeFolder(data)();
    assert.deepEqual(readdirSync(data), []);
  });

  it('is taken by one of many who come at once', async (test) => {
    const data = folder(test);
    const said = await Promise.all(
      Array.from({ length: 5 }, () => {
        const one = spawn(process.execPath, taking(data, 'setInterval(() => {}, 1000);'), { stdio: ['ignore', 'pipe', 'inherit'] });
        test.after(() => one.kill('SIGKILL'));
        return new Promise<string>((resolve) => one.stdout.once('data', (text: Buffer) => resolve(String(text))));
      }),
    );
    assert.equal(said.filter((text) => text === 'taken\n').length, 1, said.join(''));
  });
});
