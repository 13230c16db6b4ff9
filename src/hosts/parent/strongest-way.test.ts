import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Containment, containments } from './containment.ts';
import { strongestWay } from './strongest-way.ts';

const ordinary = { root: false, user: 'own', setpriv: '/usr/bin/setpriv', unshare: '/usr/bin/unshare' } as const;
const works =
  (isolations: readonly string[]) =>
  async (way: Containment): Promise<string> => {
    if (!isolations.includes(way.isolation)) throw new Error('unshare failed: Operation not permitted');
    return way.isolation;
  };

test('the strongest way that works is kept, and its weakness is said', async () => {
  const root = await strongestWay(containments({ ...ordinary, root: true }, 61_200), 'required', works(['own user', 'none']));
  assert.deepEqual([root.started, root.containment.notes.length], ['own user', 1]);
  assert.equal((await strongestWay(containments(ordinary, 61_200), 'preferred', works(['namespaces', 'none']))).started, 'namespaces');
});

test('without user and namespaces hosts start where isolation is preferred, and say none', async () => {
  const found = await strongestWay(containments({ ...ordinary, setpriv: null, unshare: null }, 61_200), 'preferred', works(['none']));
  assert.deepEqual([found.started, found.containment.isolation], ['none', 'none']);
});

test('without user and namespaces no host starts where isolation is required', async () => {
  for (const around of [ordinary, { ...ordinary, setpriv: null, unshare: null }]) {
    await assert.rejects(strongestWay(containments(around, 61_200), 'required', works(['none'])), {
      code: 'setup',
      message: /allow user namespaces, or set the policy to preferred/,
    });
  }
});

test('root shares its user with a host only where no user of its own can be had', async () => {
  const ways = containments({ ...ordinary, root: true }, 61_200);
  const own = ways.filter((way) => way.before.includes('--reuid=61200') || way.spawnAs?.uid === 61_200);
  assert.deepEqual(ways.slice(0, own.length), own);
  assert.ok(
    own.every((way) => way.isolation.startsWith('own user')) &&
      ways.slice(own.length).every((way) => !way.isolation.startsWith('own user')),
  );
  assert.equal((await strongestWay(ways, 'required', works(['namespaces', 'none']))).started, 'namespaces');
});
