/** Registers the tests of a class of attacks from inside a host's process. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attacksOf } from './collection.ts';
import { type ProcessAttack, tryContained, tryWithAuthority } from './processes.ts';
import { openWorld, type World } from './world.ts';

export async function attackProcesses(kind: string, succeedWithAuthority: number): Promise<void> {
  const attacks = await attacksOf<ProcessAttack>(kind);
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close(), { timeout: 30_000 });
  for (const [name, attack] of attacks) {
    test(`${kind}: ${name.replaceAll('-', ' ')}`, { timeout: 30_000 }, async () => {
      assert.deepEqual((await tryContained(world, attack)).successes, []);
    });
  }
  test(`control: with authority at least ${succeedWithAuthority} of these attacks are seen to succeed`, { timeout: 60_000 }, async () => {
    const seen: string[] = [];
    for (const [name, attack] of attacks) {
      if (seen.length >= succeedWithAuthority) break;
      if (attack.control !== null && (await tryWithAuthority(world, attack)).successes.length > 0) seen.push(name);
    }
    assert.ok(seen.length >= succeedWithAuthority, seen.join(', '));
  });
}
