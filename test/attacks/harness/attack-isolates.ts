/** Registers the tests of a class of attacks on hosts: each is contained, and the control shows that the watchers see. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { IsolateAttack } from './attack.ts';
import { attacksOf } from './collection.ts';
import { type IsolateTarget, openIsolateTarget } from './isolates.ts';
import { runNaively } from './naive.ts';

export interface ClassTerms {
  /** At least so many attacks of the class succeed where nothing contains them. Without it the class has a control of its own. */
  readonly succeedNaively?: number;
}

export async function attackIsolates(kind: string, { succeedNaively }: ClassTerms): Promise<void> {
  const attacks = await attacksOf<IsolateAttack>(kind);
  let target: IsolateTarget;
  before(async () => {
    target = await openIsolateTarget();
  });
  after(() => target.close(), { timeout: 30_000 });
  for (const [name, attack] of attacks) {
    test(`${kind}: ${name.replaceAll('-', ' ')}`, { timeout: 30_000 }, async () => {
      const { sightings } = await target.run(`${kind}/${name}`, attack);
      assert.deepEqual(sightings, []);
    });
  }
  if (succeedNaively === undefined) return;
  test(`control: without containment the watchers see at least ${succeedNaively} of these attacks succeed`, async () => {
    const seen: string[] = [];
    for (const [name, attack] of attacks) {
      if (seen.length >= succeedNaively) break;
      const told = await runNaively(target.world, attack);
      if (told.length > 0 || target.world.sightings().length > 0) seen.push(name);
    }
    assert.ok(seen.length >= succeedNaively, `${seen.length}: ${seen.join(', ')}`);
  });
}
