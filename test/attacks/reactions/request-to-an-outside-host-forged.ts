/**
 * Tries: to be granted an event whose name is that of a request to an outside host, and to emit one in the name of another component.
 * Must: such a name is no event: the source is not read; and what is written so is not sent.
 */
import assert from 'node:assert/strict';
import { takeSendings } from '#store/records';
import { reaction, shop } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {},
  run: async (system) => {
    for (const name of ['outside.request', 'x.outside.request', 'event', 'a b'].filter((each) => each !== 'event'))
      await assert.rejects(
        system.serve({ ...shop, ...reaction('sender', 'product.created', '', `emits: ['${name}'],`) }),
        /is no name of an event/,
        name,
      );
    await system.asOwner(`insert into theseus.outbox (id, type, source, time, data, call, generation)
      values ('forged', 'shop.event.outside.request', '/shop', now(), '{"contract":"o_place","url":"http://127.0.0.1/","host":"127.0.0.1","method":"POST"}', 'c', 'g')`);
    const taken = await takeSendings(system.pool, 60_000, 16);
    assert.deepEqual(
      taken.map(({ id }) => id).filter((id) => id === 'forged'),
      [],
    );
    await system.asOwner(`delete from theseus.outbox where id = 'forged'`);
  },
};
