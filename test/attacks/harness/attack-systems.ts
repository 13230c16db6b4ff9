/** Registers the tests of classes of attacks on a whole system, which they share. After each, what nobody may alter is looked at from outside. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attacksOf } from './collection.ts';
import { type HostileSystem, openHostileSystem, type SystemAttack } from './systems.ts';

/** The control of a class does the same deed with authority; it must be seen: `run` answers what the watchers say then. */
export interface Control {
  readonly does: string;
  readonly run: (system: HostileSystem) => Promise<boolean>;
  readonly operations?: SystemAttack['operations'];
  /** More of the system that is attacked. */
  readonly files?: { readonly [path: string]: string };
  /** Before the first attack; answers what to do when all is over. */
  readonly prepare?: (system: HostileSystem) => () => void;
}

export async function attackSystems(classes: { readonly [kind: string]: Control }): Promise<void> {
  const attacked = await Promise.all(
    Object.entries(classes).map(async ([kind, control]) => ({ kind, control, attacks: await attacksOf<SystemAttack>(kind) })),
  );
  const controls = Object.values(classes);
  let system: HostileSystem;
  let over: readonly (() => void)[] = [];
  before(async () => {
    system = await openHostileSystem(
      [
        ...attacked.flatMap(({ attacks }) => [...attacks.values()]),
        ...controls.map(({ operations = {} }): SystemAttack => ({ operations, run: async () => {} })),
      ],
      Object.assign({}, ...controls.map(({ files = {} }) => files)),
    );
    over = controls.flatMap(({ prepare }) => prepare?.(system) ?? []);
  });
  after(async () => {
    for (const end of over) end();
    await system.stop();
  });
  const picture = async (): Promise<unknown> => {
    const [seen] = await system.sql(`select
      (select jsonb_agg(t order by hash) from (select hash, caller, ended_at from theseus.keys where caller in (select id from theseus.callers where roles ? 'owner')) t) as keys,
      (select jsonb_agg(t order by id) from (select id, roles, disabled from theseus.callers where roles ? 'owner') t) as callers,
      (select stable from theseus.routing) as serves,
      (select jsonb_agg(k order by name) from theseus.public_keys k) as public_keys, (select count(*) from theseus.journal where entity = 'e_note') as note_writes`);
    return { ...seen, kernel: system.pids().kernel, noteByTheDoor: (await system.call('GET', `/api/secret-notes/${system.note}`)).json };
  };
  for (const { kind, control, attacks } of attacked) {
    for (const [name, attack] of attacks) {
      test(`${kind}: ${name.replaceAll('-', ' ')}`, { timeout: 60_000 }, async () => {
        const was = await picture();
        await attack.run(system);
        assert.deepEqual(await picture(), was);
        assert.equal((await system.call('GET', `/api/products/${system.product}`)).status, 200);
      });
    }
    test(`control of ${kind}: ${control.does}`, { timeout: 60_000 }, async () => {
      assert.equal(await control.run(system), true);
    });
  }
}
