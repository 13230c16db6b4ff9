import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { emptyFolder, run } from './specimen/environment.ts';
import { type Answers, liveChange, liveEvents, type SpecimenSystem, startSpecimen } from './specimen/system.ts';

const generation = `sha256:${'a'.repeat(64)}`;
const sources = {
  generation,
  files: {
    'theseus.json': '{ "name": "shop" }\n',
    'entities/order.ts': 'one\n',
    'entities/old.ts': 'old\n',
    'jobs/nightly.ts': 'x\n',
    'workflows/order.ts': 'x\n',
  },
  declarations: '/** types */\n',
};
const answers: Answers = {
  'GET /_theseus/sources': sources,
  'POST /_theseus/changes': { ...liveChange, state: 'queued', outcome: null },
  'GET /_theseus/changes/ch-1/events': liveEvents,
  'GET /_theseus/changes/ch-1': liveChange,
};
async function copy(
  test: TestContext,
  more: Answers = {},
): Promise<{ system: SpecimenSystem; at: (path: string) => string; cli: (...words: string[]) => ReturnType<typeof run> }> {
  const system = await startSpecimen({ ...answers, ...more });
  const folder = emptyFolder();
  test.after(async () => {
    folder.remove();
    await system.close();
  });
  const cli = (...words: string[]): ReturnType<typeof run> =>
    run([...words, '--data', system.data], { cwd: folder.path, sdkFolder: folder.sdk });
  return { system, at: (path) => join(folder.path, 'work', path), cli };
}

describe('a working copy', () => {
  it('is the sources that serve with what editors and agents need, and what differs is handed in on its generation', async (test) => {
    const { system, at, cli } = await copy(test);
    assert.equal((await cli('checkout', 'work')).code, 0);
    for (const path of [
      'jobs/nightly.ts',
      'workflows/order.ts',
      '.theseus/entities.d.ts',
      '.theseus/sdk/index.ts',
      'tsconfig.json',
      'AGENTS.md',
    ])
      assert.ok(existsSync(at(path)), path);
    assert.match((await cli('propose', 'work', '-m', 'Nothing')).out, /Nothing differs/);
    writeFileSync(at('entities/order.ts'), 'two\n');
    writeFileSync(at('entities/fresh.ts'), 'new\n');
    writeFileSync(at('notes.md'), 'not a source\n');
    rmSync(at('entities/old.ts'));
    const { code, out } = await cli('propose', 'work', '-m', 'Orders are two');
    assert.equal(code, 0, out);
    assert.match(out, /removes entities\/old\.ts[\s\S]*Live/);
    assert.deepEqual(system.asked.find(({ route }) => route.startsWith('POST'))?.body, {
      request: 'Orders are two',
      base: generation,
      kind: 'change',
      proposal: {
        from: 'person',
        files: { 'entities/fresh.ts': 'new\n', 'entities/order.ts': 'two\n', 'entities/old.ts': null },
        notes: [],
      },
    });
    assert.equal((await cli('propose', 'work')).code, 2);
  });

  it('holds what serves once its edits are live, so that work goes on in it', async (test) => {
    const next = { ...sources, generation: `sha256:${'b'.repeat(64)}`, files: { ...sources.files, 'entities/order.ts': 'two with ids\n' } };
    // What serves is asked for at first and once it is live; between, what the copy was made from.
    let asked = 0;
    const { at, cli } = await copy(test, { 'GET /_theseus/sources': () => ((asked += 1) === 4 ? next : sources) });
    await cli('checkout', 'work');
    writeFileSync(at('entities/order.ts'), 'two\n');
    const { out } = await cli('propose', 'work', '-m', 'Orders are two');
    assert.match(out, /holds what serves now/);
    assert.equal(readFileSync(at('entities/order.ts'), 'utf8'), 'two with ids\n');
    assert.match(readFileSync(at('.theseus/base.json'), 'utf8'), /sha256:bbb/);
  });

  it('loses no edits, and follows what serves where there are none', async (test) => {
    const { at, cli } = await copy(test);
    await cli('checkout', 'work');
    writeFileSync(at('entities/order.ts'), 'mine\n');
    const refused = await cli('checkout', 'work');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /holds edits: entities\/order\.ts/);
    assert.equal(readFileSync(at('entities/order.ts'), 'utf8'), 'mine\n');
    assert.equal((await cli('checkout', 'work', '--force')).code, 0);
    assert.equal(readFileSync(at('entities/order.ts'), 'utf8'), 'one\n');
  });

  it('writes no path that a system may not name, and takes no folder of which it is not known what it was made from', async (test) => {
    const { at, cli } = await copy(test, { 'GET /_theseus/sources': { ...sources, files: { ...sources.files, '../../evil.ts': 'x' } } });
    assert.match((await cli('checkout', 'work')).err, /which is no source of a system/);
    assert.equal(existsSync(at('theseus.json')), false);
    const other = await copy(test);
    assert.match((await other.cli('check', 'elsewhere')).err, /no system|was not checked out/);
  });

  it('ends with 1 where a gate fails, and with 0 where all pass, changing nothing', async (test) => {
    const [first] = liveChange.evidence;
    const checked = { ...liveChange, kind: 'check', outcome: 'checked', why: 'Every gate passed.' };
    const good = await copy(test, { 'GET /_theseus/changes/ch-1': checked });
    await good.cli('checkout', 'work');
    writeFileSync(good.at('entities/order.ts'), 'two\n');
    assert.equal((await good.cli('check', 'work')).code, 0);
    assert.match(JSON.stringify(good.system.asked.find(({ route }) => route.startsWith('POST'))), /"kind":"check"/);
    const bad = await copy(test, { 'GET /_theseus/changes/ch-1': { ...checked, evidence: [{ ...first, verdict: 'fail' }] } });
    await bad.cli('checkout', 'work');
    writeFileSync(bad.at('entities/order.ts'), 'two\n');
    assert.equal((await bad.cli('check', 'work')).code, 1);
  });
});
