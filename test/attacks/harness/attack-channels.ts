/** Registers the tests of a class of attacks by a hostile host. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ChannelAttack, runChannelAttack } from './channels.ts';
import { attacksOf } from './collection.ts';
import { openWorld, type World } from './world.ts';

export async function attackChannels(kind: string, control: { readonly seen: RegExp } & ChannelAttack): Promise<void> {
  const attacks = await attacksOf<ChannelAttack>(kind);
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close(), { timeout: 30_000 });
  for (const [name, attack] of attacks) {
    test(`${kind}: ${name.replaceAll('-', ' ')}`, { timeout: 30_000 }, async () => {
      const seen = await runChannelAttack(world, attack);
      assert.deepEqual(seen.sightings, []);
      attack.watch?.(seen);
    });
  }
  test('control: a host that truly answers for its own calls is seen to do so', { timeout: 30_000 }, async () => {
    const { outcome, sightings } = await runChannelAttack(world, control);
    assert.match([outcome, ...sightings].join('\n'), control.seen);
  });
}
