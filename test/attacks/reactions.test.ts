/** What a hostile reaction could do to the outbox, to the runs of others, and by running for nobody. */
import { attackUnasked } from './harness/attack-unasked.ts';
import { reaction } from '../unasked/bench.ts';

await attackUnasked('reactions', {
  does: 'a reaction whose contract grants the rows reads the secret, and that is seen',
  files: reaction('granted', 'customer.updated', '', "capabilities: { customer: ['read'] },"),
  code: { 'reaction/granted': 'log({ said: (await data.customer.get(event.row)).name });' },
  run: async (system) => {
    await system.update('customer', system.secret.id, { tier: 'silver' });
    await system.unasked.settle();
    if (JSON.stringify(system.logged).includes(system.secret.text)) throw new Error('it is seen to succeed');
  },
});
