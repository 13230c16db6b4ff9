/** What a component sees, what of it comes out, and what it cannot keep. On real hosts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refuse } from '#kernel';
import type { Hosts } from './open-hosts.ts';
import { callOf, codeOf, loadAll, openTestHosts, whyOf } from './specimens.ts';

let hosts: Hosts;
before(async () => {
  hosts = await openTestHosts();
});
after(() => hosts.close());

test('a component gets its input, its caller, its time, and what it asks for', async () => {
  await loadAll(hosts, {
    all: `const one = await data.order.get(input.id);
      const rest = [await data.order.list({ limit: 2 }), await data.order.create({ a: 1 }), await data.order.update('x', { a: 2 }), await data.order.delete('x'), await emit('order.placed', { b: 1 })];
      log('said');
      return { one, rest, row, day, today: today(), who: caller.name, now };`,
  });
  const said: string[] = [];
  const answer = await hosts.call(
    callOf(
      'all',
      { id: 'o1' },
      {
        perform: async (capability, input) => {
          said.push(`${capability} ${JSON.stringify(input)}`);
          return { capability };
        },
      },
    ),
  );
  assert.deepEqual(answer, {
    one: { capability: 'order.get' },
    rest: ['order.list', 'order.create', 'order.update', 'order.delete', 'emit.order.placed'].map((capability) => ({ capability })),
    row: null,
    day: '2026-01-31',
    today: '2026-01-31',
    who: 'Ada',
    now: 1_769_860_800_000,
  });
  assert.deepEqual(said, [
    'order.get "o1"',
    'order.list {"limit":2}',
    'order.create {"a":1}',
    'order.update {"id":"x","patch":{"a":2}}',
    'order.delete "x"',
    'emit.order.placed {"b":1}',
    'log "said"',
  ]);
});

test('a refused ask that nobody catches refuses the call with the same code, reason and evidence', async () => {
  await loadAll(hosts, { uncaught: `await data.order.update('x', {}); return 1;` });
  const refusal = refuse('invalid', 'The quantity is too small.', { fields: { quantity: 'at least 1' } });
  assert.deepEqual(await hosts.call(callOf('uncaught', {}, { perform: async () => refusal })), refusal);
});

test('a component may catch a refusal, read it, and answer all the same', async () => {
  await loadAll(hosts, {
    caught: `try { await data.order.get('x'); } catch (error) { return { code: error.code, why: error.message, evidence: error.evidence }; }`,
  });
  assert.deepEqual(
    await hosts.call(callOf('caught', {}, { perform: async () => refuse('not-found', 'There is no such order.', { id: 'x' }) })),
    { code: 'not-found', why: 'There is no such order.', evidence: { id: 'x' } },
  );
});

test('a component refuses by itself, with evidence', async () => {
  await loadAll(hosts, {
    refusing: `refuse('conflict', 'Not enough in stock.', { stock: 2 });`,
    strange: `refuse('no-such-code', 'Because.');`,
    forged: `throw { refused: true, code: 'conflict', why: 'forged', message: 'forged' };`,
  });
  assert.deepEqual(await hosts.call(callOf('refusing')), refuse('conflict', 'Not enough in stock.', { stock: 2 }));
  assert.match(whyOf(await hosts.call(callOf('strange'))), /^component-failed: .*unknown code no-such-code/);
  assert.match(whyOf(await hosts.call(callOf('forged'))), /^component-failed: /);
});

test('an ask that was not awaited and is refused refuses the call, and the call waits for it', async () => {
  await loadAll(hosts, { careless: `data.order.update('x', {}); return 'well';` });
  const answer = await hosts.call(
    callOf(
      'careless',
      {},
      {
        perform: async () => {
          await new Promise((done) => setTimeout(done, 30));
          return refuse('invalid', 'No.');
        },
      },
    ),
  );
  assert.deepEqual(answer, refuse('invalid', 'No.'));
});

test('what perform throws ends the call with just that', async () => {
  await loadAll(hosts, { asking: `try { await data.order.get('x'); } catch { } return 'went on';` });
  const serialization = new Error('could not serialize access');
  await assert.rejects(hosts.call(callOf('asking', {}, { perform: () => Promise.reject(serialization) })), serialization);
});

test('what a component throws comes out as plain data with its place in the source', async () => {
  await hosts.load({ key: 'operation/place', digest: 'place', code: codeOf('    const nothing = null;\n    return nothing.name;') });
  const answer = await hosts.call(callOf('place'));
  assert.deepEqual(
    answer,
    refuse('component-failed', "operation/place failed at line 4: Cannot read properties of null (reading 'name')", {
      component: 'operation/place',
      message: "Cannot read properties of null (reading 'name')",
      line: 4,
      column: 20,
    }),
  );
  await hosts.load({ key: 'operation/first', digest: 'first', code: "throw new Error('early');" });
  const early = await hosts.call(callOf('first'));
  assert.deepEqual('evidence' in (early as object) && (early as { evidence: object }).evidence, {
    component: 'operation/first',
    message: 'early',
    line: 1,
    column: 7,
  });
});

test('whatever is thrown or answered, a call ends with plain data', async () => {
  const bodies = {
    null: 'throw null;',
    nothing: 'throw undefined;',
    symbol: 'throw Symbol("s");',
    proxy: 'throw new Proxy({}, { get() { throw 1; }, has() { throw 2; }, getPrototypeOf() { throw 3; } });',
    getters: 'throw { get message() { throw null; }, get stack() { throw null; } };',
    text: 'throw { message: { toString() { throw new Error("again"); } } };',
    circle: 'const a = {}; a.a = a; return a;',
    bigint: 'return 1n;',
    json: 'return { toJSON() { throw null; } };',
    thenable: 'return { then() { throw null; } };',
    deep: 'let a = []; for (let i = 0; i < 1000; i++) a = [a]; return a;',
    deeper: 'let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a;',
    huge: 'return "x".repeat(100_001);',
    hugeError: 'throw new Error("x".repeat(1e6));',
    stack: 'const f = () => f(); f();',
  };
  await loadAll(hosts, bodies);
  for (const name of Object.keys(bodies)) {
    const answer = whyOf(await hosts.call(callOf(name)));
    assert.match(answer, /^component-failed: /, `${name}: ${answer.slice(0, 200)}`);
    assert.ok(answer.length < 5_000, name);
  }
});

test('code that is no JavaScript fails its calls and says why', async () => {
  await hosts.load({ key: 'operation/broken', digest: 'broken', code: 'globalThis.component = ({ run() { return 1; }' });
  await hosts.load({ key: 'operation/empty', digest: 'empty', code: 'globalThis.component = { run: 1 };' });
  await hosts.load({ key: 'operation/escape', digest: 'escape', code: '} }); globalThis.outside = 1; (function () { {' });
  assert.match(whyOf(await hosts.call(callOf('broken'))), /component-failed: .*missing|component-failed: .*Unexpected/);
  assert.match(whyOf(await hosts.call(callOf('escape'))), /component-failed: .*cannot be loaded/);
  assert.match(whyOf(await hosts.call(callOf('empty'))), /component-failed: .*defines no run/);
});

test('asks are capped in number and size, also by a component that catches the refusal', async () => {
  await loadAll(hosts, {
    flood: `let code = ''; for (let i = 0; i < 1000; i++) try { await data.order.get(i); } catch (error) { code = error.code; } return code;`,
    heavy: `await data.order.create({ text: 'x'.repeat(60_000) }); await data.order.create({ text: 'x'.repeat(60_000) });`,
    burst: `const all = []; for (let i = 0; i < 5000; i++) all.push(data.order.get(i)); await Promise.all(all);`,
  });
  let performed = 0;
  const perform = async (): Promise<null> => {
    performed += 1;
    return null;
  };
  assert.equal(await hosts.call(callOf('flood', {}, { perform })), 'too-large');
  assert.match(whyOf(await hosts.call(callOf('heavy', {}, { perform }))), /^too-large: /);
  assert.match(whyOf(await hosts.call(callOf('burst', {}, { perform }))), /^too-large: /);
  assert.ok(performed <= 201, `${performed} asks were performed`);
});

test('the same seed draws the same, another seed does not', async () => {
  await loadAll(hosts, { dice: `return [random(), random(), random()];` });
  const draw = (seed: string): Promise<unknown> => hosts.call(callOf('dice', {}, { seed }));
  assert.deepEqual(await draw('one'), await draw('one'));
  assert.notDeepEqual(await draw('one'), await draw('two'));
});

test('nothing that a call leaves behind is seen by the next', async () => {
  const attempts = `const attempt = (go) => { try { return String(go()); } catch (error) { return 'refused'; } };
    seen += 1;
    return [
      seen, attempt(() => (globalThis.left = (globalThis.left ?? 0) + 1)), attempt(() => (sum.left = (sum.left ?? 0) + 1)), attempt(() => (Array.prototype.left = (Array.prototype.left ?? 0) + 1)),
      attempt(() => { const was = /x/.constructor.$1; /(left)/.exec('left'); return was; }), attempt(() => (Error.stackTraceLimit = Error.stackTraceLimit + 1)),
      attempt(() => (Math.left = (Math.left ?? 0) + 1)), attempt(() => (refuse.left = (refuse.left ?? 0) + 1)), attempt(() => (Object.getPrototypeOf(async () => {}).left = 1)),
      attempt(() => Object.getPrototypeOf([].values()).left = 1), attempt(() => Symbol.for('left').description = 1), attempt(() => (data.left = 1)), attempt(() => (data.order.left = 1)),
    ];`;
  await hosts.load({ key: 'operation/keeper', digest: 'keeper', code: codeOf(attempts, 'let seen = 0; ') });
  const first = await hosts.call(callOf('keeper'));
  assert.deepEqual(await hosts.call(callOf('keeper')), first);
  assert.equal(Array.isArray(first) && first[0], 1);
});

test('no code from text, no clock, no chance, no shared memory, nothing of Node', async () => {
  const names = [
    'eval',
    'Function',
    'WebAssembly',
    'SharedArrayBuffer',
    'Atomics',
    'Date',
    'Intl',
    'Temporal',
    'process',
    'require',
    'fetch',
    'setTimeout',
    'console',
    'performance',
    'crypto',
    'WeakRef',
    'openRealm',
    'send',
    'realm',
    '$0',
    'module',
    'Buffer',
    'queueMicrotask',
  ];
  await loadAll(hosts, {
    reach: `const there = [${names.map((name) => `['${name}', typeof ${name}]`).join(', ')}].filter(([, type]) => type !== 'undefined');
      const made = [];
      for (const kind of [() => {}, async () => {}, function* () {}, async function* () {}]) try { made.push(typeof kind.constructor('return 1')); } catch (error) { made.push(error.message); }
      let imported = 'yes'; try { await import('node:fs'); } catch { imported = 'no'; }
      return { there, made: [...new Set(made)], random: typeof Math.random, imported, self: typeof this };`,
  });
  assert.deepEqual(await hosts.call(callOf('reach')), {
    there: [],
    made: ['code is never made from text here'],
    random: 'undefined',
    imported: 'no',
    self: 'undefined',
  });
});

test('a call that waits for nothing and never ends is let go at its deadline, its host lives on', async () => {
  await loadAll(hosts, { never: 'await new Promise(() => {});', well: 'return 1;', slow: `await data.order.get('x');` });
  const pids = hosts.pids();
  assert.match(whyOf(await hosts.call(callOf('never', {}, { deadline: Date.now() + 150 }))), /^component-failed: .*did not end in time/);
  let release = (): void => {};
  const slow = hosts.call(
    callOf(
      'slow',
      {},
      {
        deadline: Date.now() + 150,
        perform: () =>
          new Promise((done) => {
            release = () => done(null);
            setTimeout(release, 400);
          }),
      },
    ),
  );
  assert.match(whyOf(await slow), /^deadline: /);
  assert.equal(await hosts.call(callOf('well')), 1);
  assert.deepEqual(hosts.pids(), pids);
});

test('code goes on behind an ask that it sends on, and ends with the answer of its last', async () => {
  await loadAll(hosts, { ahead: `for (const n of [1, 2]) await soon.order.update(n, { n }); return ends.order.create({ at: day });` });
  const asked: string[] = [];
  const answer = await hosts.call(
    callOf(
      'ahead',
      {},
      {
        perform: async (capability, input) => {
          asked.push(`${capability} ${JSON.stringify(input)}`);
          return { done: asked.length };
        },
      },
    ),
  );
  assert.deepEqual(answer, { done: 3 });
  assert.deepEqual(asked, [
    'order.update {"id":1,"patch":{"n":1}}',
    'order.update {"id":2,"patch":{"n":2}}',
    'order.create {"at":"2026-01-31"}',
  ]);
  const refused = await hosts.call(
    callOf(
      'ahead',
      {},
      { perform: async (_, input) => (JSON.stringify(input).includes('"n":1') ? refuse('stale', 'It was changed.') : null) },
    ),
  );
  assert.equal(whyOf(refused), 'stale: It was changed.');
  assert.deepEqual(await hosts.call(callOf('ahead', {}, { perform: async () => null })), null);
});

test('code that sends on is held to its number of asks, and what loops behind its last ask has not answered', async () => {
  await loadAll(hosts, {
    sendsOn: `for (;;) await soon.order.update(1, {});`,
    loopsOn: `queueMicrotaskLoop(); return ends.order.create({}); function queueMicrotaskLoop() { Promise.resolve().then(() => { for (;;); }); }`,
  });
  let performed = 0;
  const flood = await hosts.call(
    callOf(
      'sendsOn',
      {},
      {
        perform: async () => {
          performed += 1;
          return null;
        },
      },
    ),
  );
  assert.match(whyOf(flood), /^too-large: More than 100 capability calls/);
  assert.equal(performed, 100);
  assert.match(whyOf(await hosts.call(callOf('loopsOn'))), /^component-failed: .*computed for more than/);
});
