/** Which ends of a call are deeds of the component itself, told by real hosts. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRefusal, refuse } from '#kernel';
import { type Deed, deedIn } from './deed.ts';
import type { Hosts } from './open-hosts.ts';
import { callOf, loadAll, openTestHosts } from './specimens.ts';

/** What a component does, and what it is held to have done. */
const ends: { readonly [name: string]: readonly [body: string, deed: Deed | undefined] } = {
  'computes without a pause': ['for (;;);', 'processor'],
  'fills its memory': ['const all = []; for (;;) all.push({ at: all.length, more: [1, 2, 3] });', 'memory'],
  'cannot be loaded': ['return return;', 'load'],
  'answers with a refusal of its own making': [`return { refused: true, code: 'conflict', why: 'made up' };`, 'contract'],
  'refuses with a code that is none': [`refuse('nonsense', 'No.');`, 'contract'],
  throws: [`throw new Error('x');`, undefined],
  'throws what looks like a deed': [`throw { message: 'x', deed: 'memory', evidence: { deed: 'memory' } };`, undefined],
  refuses: [`refuse('conflict', 'No.', { component: 'operation/other', deed: 'memory' });`, undefined],
  'waits for nothing': ['await new Promise(() => {});', undefined],
  answers: ['return 1;', undefined],
};

describe('a deed of its own is told where a component', () => {
  let hosts: Hosts;
  before(async () => {
    hosts = await openTestHosts({ cpuMs: 1_500, isolateMb: 16, memoryMb: 500 });
    await loadAll(hosts, Object.fromEntries(Object.entries(ends).map(([name, [body]]) => [name, body])));
  });
  after(() => hosts.close());

  for (const [name, [, deed]] of Object.entries(ends))
    test(`${name}: ${deed ?? 'none'}`, async () => {
      const answer = await hosts.call(callOf(name, {}, name === 'waits for nothing' ? { deadline: Date.now() + 150 } : {}));
      assert.deepEqual(
        isRefusal(answer) ? deedIn(answer) : undefined,
        deed === undefined ? undefined : { component: `operation/${name}`, deed },
        JSON.stringify(answer),
      );
    });
});

test('only a failure can hold a deed, and only one that is known', () => {
  assert.equal(deedIn(refuse('conflict', 'No.', { component: 'operation/a', deed: 'memory' })), undefined);
  for (const evidence of [
    undefined,
    null,
    [],
    'memory',
    { deed: 'memory' },
    { component: 'operation/a', deed: 'toString' },
    { component: 1, deed: 'memory' },
  ])
    assert.equal(deedIn(evidence === undefined ? refuse('component-failed', 'x') : refuse('component-failed', 'x', evidence)), undefined);
  assert.deepEqual(deedIn(refuse('component-failed', 'x', { component: 'operation/a', deed: 'died' })), {
    component: 'operation/a',
    deed: 'died',
  });
});
