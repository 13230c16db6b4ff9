import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { emptyFolder, run } from './specimen/environment.ts';
import { type Answers, liveChange, liveEvents, question, type SpecimenSystem, startSpecimen } from './specimen/system.ts';

const live: Answers = {
  'POST /_theseus/changes': { ...liveChange, state: 'queued', outcome: null },
  'GET /_theseus/changes/ch-1/events': liveEvents,
  'GET /_theseus/changes/ch-1': liveChange,
  'GET /_theseus/changes': { items: [liveChange], next: null },
};
const started = async (test: TestContext, answers: Answers): Promise<SpecimenSystem> => {
  const system = await startSpecimen(answers);
  test.after(() => system.close());
  return system;
};

describe('the command line', () => {
  it('asks for a change with the operator key of the data folder, and shows echo, evidence and outcome', async (test) => {
    const system = await started(test, live);
    const { code, out } = await run(['change', 'Add', 'a due date to invoices', '--data', system.data]);
    assert.equal(code, 0);
    assert.deepEqual(system.asked[0], {
      route: 'POST /_theseus/changes',
      key: 'Bearer key_operator',
      body: { request: 'Add a due date to invoices' },
    });
    assert.match(out, /Understood\n {2}Invoices have a due date: 30 days after the issue date\.\n {2}Follows for 212 rows/);
    assert.match(out, /pass +examples +2 statements, 4 ms/);
    assert.match(out, /Live {2}It serves now\./);
    assert.match(out, /theseus rollback/);
  });

  it('answers --json with one document and nothing else', async (test) => {
    const system = await started(test, live);
    const { code, out } = await run(['change', 'x', '--data', system.data, '--json']);
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { outcome: string }).outcome, 'live');
  });

  it('lists the readings of a question and does not choose by itself', async (test) => {
    const system = await started(test, { ...live, 'GET /_theseus/changes/ch-1': question });
    const { code, out } = await run(['change', 'Add a due date', '--data', system.data]);
    assert.equal(code, 1);
    assert.match(out, /Which\? {2}There are two readings\.\n {2}1\. Add a due date to invoices, .*\n {2}2\. Add a due date to orders\./);
  });

  it('hands documents along with a request, and says which cannot be read', async (test) => {
    const system = await started(test, live);
    const file = join(system.data, 'openapi.yaml');
    writeFileSync(file, 'openapi: 3.1.0\n');
    const { code } = await run(['change', 'Meet it', '--attach', file, '--data', system.data]);
    assert.equal(code, 0);
    assert.deepEqual(system.asked[0]?.body, { request: 'Meet it', attachments: [{ name: 'openapi.yaml', text: 'openapi: 3.1.0\n' }] });
    writeFileSync(file, Uint8Array.of(0x25, 0x50, 0xff));
    const binary = await run(['change', 'Meet it', '--attach', file, '--data', system.data]);
    assert.equal(binary.code, 2);
    assert.match(binary.err, /openapi\.yaml is no text in UTF-8/);
    const missing = await run(['change', 'Meet it', '--attach', `${file}.gone`, '--data', system.data]);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /openapi\.yaml\.gone cannot be read/);
  });
  it('shows a change on a ladder of evidence, what was proved first', async (test) => {
    const system = await started(test, live);
    const { code, out } = await run(['show', 'ch', '--data', system.data]);
    assert.equal(code, 0);
    assert.ok(out.indexOf('Proved (1)') > 0 && out.indexOf('Proved (1)') < out.indexOf('Tested (1)'));
    assert.match((await run(['changes', '--data', system.data])).out, /live +Add a due date to invoices/);
  });

  it('tells a refusal in its own words, on standard error, with exit code 1', async (test) => {
    const system = await started(test, {
      'POST /_theseus/changes': { type: '/errors/frozen', title: 'Frozen', status: 409, detail: 'All change is frozen.', code: 'frozen' },
    });
    const { code, out, err } = await run(['change', 'x', '--data', system.data]);
    assert.deepEqual([code, out, err], [1, '', 'All change is frozen.\n']);
    const json = await run(['change', 'x', '--data', system.data, '--json']);
    assert.deepEqual(JSON.parse(json.out), { error: { code: 'frozen', detail: 'All change is frozen.' } });
  });

  it('names the later changes that stand on one to be taken back', async (test) => {
    const problem = {
      type: '/errors/conflict',
      title: 'Conflict',
      status: 409,
      detail: 'Later changes stand on it.',
      code: 'conflict',
      evidence: { later: ['ch-1'] },
    };
    const system = await started(test, { ...live, 'POST /_theseus/rollback': problem });
    const { code, err } = await run(['rollback', 'ch-1', '--data', system.data]);
    assert.equal(code, 1);
    assert.match(err, /Later changes stand on it:\n {2}Add a due date to invoices/);
    const good = await started(test, { ...live, 'POST /_theseus/rollback': { generation: `sha256:${'b'.repeat(64)}`, changes: ['ch-1'] } });
    assert.match((await run(['rollback', '--data', good.data])).out, /Taken back {2}Add a due date to invoices\nGeneration b{12} serves/);
  });

  it('shows what would go back before rows follow a change, and does nothing without a word', async (test) => {
    const outside = { sent: 1, waiting: 0, first: [] };
    const entities = [{ entity: 'order', made: 2, changed: 5, deleted: 0, since: 1 }];
    const would = {
      generation: 'sha256:b',
      changes: ['ch-1'],
      already: false,
      rows: { components: ['job/tidy'], entities, others: 9, outside },
    };
    const rows = { found: 7, waiting: 0, deleted: 2, madeAgain: 0, putBack: 4, asBefore: 0, conflicts: 1 };
    const conflict = { no: 1, row: 'r1', entity: 'order', deed: null, code: 'written-since', why: 'It was written since.' };
    const system = await started(test, {
      ...live,
      'GET /_theseus/rollback': would,
      'POST /_theseus/rollback': { generation: `sha256:${'b'.repeat(64)}`, changes: ['ch-1'], stranded: [], undo: 'u1' },
      'GET /_theseus/undos/u1': { id: 'u1', changes: ['ch-1'], state: 'done', rows, outside: { ...outside, stopped: 0 } },
      'GET /_theseus/undos/u1/conflicts': { items: [{ ...conflict, fields: [{ field: 'note', before: 'a', now: 'b' }] }], next: null },
    });
    const words = ['rollback', '--data', system.data, '--data', 'revert'];
    const asked = await run(words);
    assert.equal(asked.code, 2);
    assert.match(asked.out, /job\/tidy wrote would go back:\n {2}order +2 deleted, 5 put back; 1 written since/);
    assert.match(asked.err, /Nothing was taken back\. With --yes/);
    assert.ok(!system.asked.some(({ route }) => route.startsWith('POST')));
    const told = JSON.parse((await run([...words, '--json'])).out) as {
      readonly error: { readonly code: string; readonly evidence: unknown };
    };
    assert.deepEqual([told.error.code, told.error.evidence], ['usage', would]);
    const done = await run([...words, '--yes']);
    assert.equal(done.code, 0);
    assert.match(done.out, /4 put back, 2 deleted[\s\S]+order r1: It was written since\.\n +note: was "a", is "b"/);
    assert.deepEqual(system.asked.find(({ route }) => route.startsWith('POST'))?.body, { withLater: false, data: 'revert' });
  });

  it('says how to start where nothing runs, and where it looked', async (test) => {
    const folder = emptyFolder();
    test.after(() => folder.remove());
    const none = await run(['changes'], { cwd: folder.path });
    assert.equal(none.code, 1);
    assert.match(none.err, /no theseus\.json/);
    writeFileSync(join(folder.path, 'running.json'), JSON.stringify({ url: 'http://127.0.0.1:1', pid: 2 ** 22 + 1 }));
    assert.match((await run(['changes', '--data', folder.path])).err, /No running system .*theseus start/);
    assert.match((await run(['changes', '--data', folder.path], { command: './theseus' })).err, /Start it with: \.\/theseus start/);
    // To start it takes its folder as well, which to find it again does not.
    assert.match(
      (await run(['changes', '--data', folder.path, '--system', 'systems/other'])).err,
      /Start it with: theseus start --data \S+ --system systems\/other /,
    );
    assert.match((await run(['changes', '--url', 'http://127.0.0.1:1', '--key', 'k', '--data', folder.path])).err, /does not answer/);
  });

  it('exits with 2 where it does not understand its words, and says which it knows', async () => {
    assert.equal((await run(['chnage', 'x'])).code, 2);
    assert.match((await run(['chnage', 'x'])).err, /change/);
    assert.equal((await run(['change'])).code, 2);
    const told = await run(['chnage', '--json']);
    assert.deepEqual([told.code, told.err], [2, '']);
    assert.equal((JSON.parse(told.out) as { error: { code: string } }).error.code, 'usage');
    assert.equal((await run(['changes', '--limit', 'many'])).code, 2);
    assert.equal((await run(['key', 'make', '--data', '.'])).code, 2);
    assert.equal((await run(['--help'])).code, 0);
    for (const verb of [
      'init',
      'start',
      'change',
      'changes',
      'show',
      'rollback',
      'generations',
      'verify',
      'doctor',
      'freeze',
      'unfreeze',
      'release',
      'unasked',
      'access',
      'secret',
      'link',
      'key',
      'approve',
      'reject',
      'describe',
      'context',
      'checkout',
      'check',
      'propose',
      'status',
      'cancel',
      'mcp',
    ]) {
      const help = await run([verb, '--help']);
      assert.equal(help.code, 0, verb);
      assert.match(help.out, /--json/, verb);
    }
  });

  it('says who can do what, by which way, of one role or one thing alone where that is asked', async (test) => {
    const grant = { who: 'viewer', deed: 'update', what: 'product', rows: 'some', by: 'operation/buy' };
    const items = [
      { ...grant, path: ['viewer calls operation/buy', 'which updates product'] },
      { ...grant, who: 'owner', rows: 'all', by: 'entity/product', path: ['owner updates product'] },
    ];
    const system = await started(test, { 'GET /_theseus/who-can': { items, next: null } });
    const all = await run(['access', '--data', system.data]);
    assert.match(
      all.out,
      /viewer\n +update product \(some rows\) +viewer calls operation\/buy, which updates product\nowner\n +update product +owner/,
    );
    const { out } = await run(['access', 'viewer', '--data', system.data, '--json']);
    assert.deepEqual(JSON.parse(out), { items: items.slice(0, 1) });
    assert.match((await run(['access', '--of', 'order', '--data', system.data])).out, /Nobody can/);
  });

  it('lists what failed for good, runs by number and requests by id, and tries one again or gives it up', async (test) => {
    const sending = {
      id: '019ab-sent',
      component: 'operation/ship',
      method: 'POST',
      host: 'parcels.example',
      path: '/v1',
      tries: 10,
      why: 'Nobody is there.',
    };
    const letter = { no: 7, component: 'reaction/tell', about: 'r1', attempts: 8, code: 'conflict', why: 'No.' };
    const system = await started(test, {
      'GET /_theseus/unasked': { items: [], next: null },
      'GET /_theseus/deliveries': { items: [letter], next: null },
      'GET /_theseus/sendings': { items: [sending], next: null },
      'POST /_theseus/sendings/019ab-sent/retry': { waiting: true },
      'POST /_theseus/sendings/019ab-sent/stop': { stopped: true },
      'POST /_theseus/deliveries/7/retry': { waiting: true },
    });
    const listed = await run(['unasked', '--data', system.data]);
    assert.match(listed.out, /dead letter reaction\/tell for r1, tried 8 times: No\.\n +theseus unasked --data \S+ --retry 7/);
    assert.match(
      listed.out,
      /not sent +operation\/ship to parcels\.example, POST \/v1, tried 10 times: Nobody is there\.\n +theseus unasked --data \S+ --retry 019ab-sent/,
    );
    assert.deepEqual(
      (JSON.parse((await run(['unasked', '--data', system.data, '--json'])).out) as { deadSendings: unknown }).deadSendings,
      [sending],
    );
    const deeds = [
      ['--retry', '7'],
      ['--retry', '019ab-sent'],
      ['--stop', '019ab-sent', '--why', 'nobody needs it'],
    ];
    for (const words of deeds) assert.equal((await run(['unasked', ...words, '--data', system.data])).code, 0);
    assert.deepEqual(
      system.asked.slice(-3).map(({ route, body }) => [route, body]),
      [
        ['POST /_theseus/deliveries/7/retry', {}],
        ['POST /_theseus/sendings/019ab-sent/retry', {}],
        ['POST /_theseus/sendings/019ab-sent/stop', { why: 'nobody needs it' }],
      ],
    );
    assert.equal((await run(['unasked', '--retry', '../keys', '--data', system.data])).code, 2);
  });

  it('sets a secret from standard input, lists names alone, and never prints a value', async () => {
    const kept = new Map<string, string>();
    const secrets = () => ({
      names: () => [...kept.keys()],
      set: (name: string, value: string) => (value.length < 8 ? { why: 'A secret is one line.' } : (kept.set(name, value), null)),
      remove: (name: string) => kept.delete(name),
    });
    const ran = async (words: readonly string[], value = ''): Promise<{ readonly code: number; readonly all: string }> => {
      const { code, out, err } = await run(['secret', ...words, '--data', '/tmp'], { secrets, input: async () => value });
      return { code, all: out + err };
    };
    const set = await ran(['set', 'ERP_KEY'], 'a-value-of-it');
    const listed = await ran(['list']);
    assert.deepEqual([set.code, listed.code, kept.get('ERP_KEY')], [0, 0, 'a-value-of-it']);
    assert.equal(listed.all, 'ERP_KEY\n');
    assert.doesNotMatch(set.all + listed.all, /a-value/);
    assert.equal((await ran(['set', 'ERP_KEY'], 'x')).code, 1);
    for (const words of [['set'], ['show', 'ERP_KEY'], ['list', 'ERP_KEY']]) assert.equal((await ran(words)).code, 2, words.join(' '));
    assert.deepEqual([(await ran(['remove', 'ERP_KEY'])).code, (await ran(['remove', 'ERP_KEY'])).code], [0, 1]);
  });

  it('makes a new system that a compiler accepts, and overwrites nothing', async (test) => {
    const folder = emptyFolder();
    test.after(() => folder.remove());
    const made = await run(['init', 'my-system', '--currency', 'USD', '--time-zone', 'UTC', '--json'], {
      cwd: folder.path,
      sdkFolder: folder.sdk,
    });
    assert.equal(made.code, 0, made.err + made.out);
    const at = (path: string): string => join(folder.path, 'my-system', path);
    assert.equal((JSON.parse(readFileSync(at('theseus.json'), 'utf8')) as { name: string }).name, 'my-system');
    assert.ok(
      existsSync(at('.theseus/sdk/index.ts')) &&
        !existsSync(at('.theseus/sdk/index.test.ts')) &&
        existsSync(at('.theseus/entities.d.ts')) &&
        existsSync(at('README.md')) &&
        existsSync(at('AGENTS.md')) &&
        existsSync(at('.agents/skills/theseus/SKILL.md')),
    );
    const compiler = new URL('../../../node_modules/.bin/tsc', import.meta.url).pathname;
    const compiled = spawnSync(compiler, ['-p', at('tsconfig.json')], { encoding: 'utf8' });
    assert.equal(compiled.status, 0, compiled.stdout);
    const again = await run(['init', 'my-system'], { cwd: folder.path, sdkFolder: folder.sdk });
    assert.equal(again.code, 1);
    assert.match(again.err, /theseus\.json.*Nothing was written/);
    for (const wrong of [
      ['init', 'My System'],
      ['init', 'x', '--currency', 'EURO'],
      ['init', 'x', '--time-zone', 'Mars/One'],
    ])
      assert.equal((await run(wrong, { cwd: folder.path, sdkFolder: folder.sdk })).code, 2);
  });

  it('tells commands that reach the system that it speaks of, and says nothing where they do anyway', async (test) => {
    const folder = emptyFolder();
    test.after(() => folder.remove());
    await run(['init', 'shop'], { cwd: folder.path, sdkFolder: folder.sdk });
    await run(['init', 'other'], { cwd: folder.path, sdkFolder: folder.sdk });
    const here = { cwd: join(folder.path, 'shop') };
    assert.match((await run(['changes'], here)).err, /Start it with: theseus start {3}\(/);
    assert.match((await run(['changes', '--system', '../shop'], here)).err, /Start it with: theseus start {3}\(/);
    assert.match((await run(['changes', '--system', '../other'], here)).err, /Start it with: theseus start --system ..\/other {3}\(/);
    assert.match((await run(['changes', '--data', 'it is'], here)).err, /Start it with: theseus start --data 'it is' {3}\(/);
  });

  it('starts a system, asks for the first change there, and stops it at the end', async (test) => {
    const system = await started(test, { ...live, 'GET /_theseus/model': { name: 'shop', generation: 'sha256:x', entities: [] } });
    const folder = emptyFolder();
    test.after(() => folder.remove());
    await run(['init', 'shop'], { cwd: folder.path, sdkFolder: folder.sdk });
    let stopped = 0;
    let files: readonly string[] = [];
    const { code, out } = await run(['start', 'Add a due date', '--data', join(folder.path, 'data')], {
      cwd: join(folder.path, 'shop'),
      startSystem: async (options) => {
        files = Object.keys(options.files);
        return { url: system.url, link: `${system.url}/sign-in?link=x`, operatorKey: 'key_operator', stop: async () => void stopped++ };
      },
    });
    assert.equal(code, 0);
    assert.deepEqual(files, ['theseus.json']);
    assert.match(out, /shop runs at http.*\nSign in \(once\): http/);
    assert.equal(out.match(/theseus change --data \S+ "Track/g)?.length, 3);
    assert.match(out, /Live {2}It serves now/);
    assert.equal(stopped, 1);
  });

  it('stops a system that it was still starting when it was told to end', async (test) => {
    const folder = emptyFolder();
    test.after(() => folder.remove());
    await run(['init', 'shop'], { cwd: folder.path, sdkFolder: folder.sdk });
    let stopped = 0;
    const { code, err } = await run(['start', '--data', join(folder.path, 'data')], {
      cwd: join(folder.path, 'shop'),
      interrupted: async () => {},
      startSystem: () =>
        new Promise(
          (resolve) =>
            void setImmediate(() => resolve({ url: 'http://127.0.0.1:1', link: '', operatorKey: '', stop: async () => void stopped++ })),
        ),
    });
    assert.equal(code, 1);
    assert.match(err, /interrupted/);
    assert.equal(stopped, 1);
  });

  it('tells what the machine lacks', async (test) => {
    const system = await started(test, {
      'GET /_theseus/health': {
        status: 'ok',
        database: 'ok',
        generation: null,
        activation: 0,
        frozen: false,
        hosts: { running: 2, isolation: 'own user' },
        notes: [],
      },
    });
    const good = await run(['doctor', '--data', system.data, '--port', '0']);
    assert.equal(good.code, 0, good.out);
    assert.match(good.out, /ok +system +http.*hosts 2 \(own user\)/);
    const bad = await run(['doctor', '--data', system.data, '--json'], {
      checks: async () => [{ name: 'PostgreSQL', state: 'fail', found: 'none', advice: 'npm ci' }],
    });
    assert.equal(bad.code, 1);
  });

  it('checks a bundle that is in a file, without a system, and says where to look for a generation that is not there', async (test) => {
    const folder = emptyFolder();
    test.after(() => folder.remove());
    writeFileSync(
      join(folder.path, 'bundle.json'),
      JSON.stringify({
        format: 'theseus/bundle/1',
        generation: 'sha256:0',
        content: { format: 'theseus/generation/1', settings: 'sha256:1', components: [] },
        certificate: null,
        sources: {},
        log: [],
        publicKeys: {},
      }),
    );
    const { code, out } = await run(['verify', 'bundle.json'], { cwd: folder.path });
    assert.equal(code, 1);
    assert.match(out, /BROKEN {2}generation/);
    writeFileSync(join(folder.path, 'other.json'), '{}');
    assert.match((await run(['verify', 'other.json'], { cwd: folder.path })).err, /is no bundle/);
    const system = await started(test, {});
    const nowhere = await run(['verify', 'nonsense', '--data', system.data]);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.err, /^There is no generation nonsense\. All are listed by: theseus generations/);
  });
});
