/** What a hostile job could do with time: schedules, floods after a standstill, its hour, and running for nobody. */
import { attackUnasked } from './harness/attack-unasked.ts';
import { job } from '../unasked/bench.ts';

await attackUnasked('jobs', {
  does: 'a job whose contract grants the rows writes one, and that is seen',
  files: job('granted', "cron: '* * * * *', catchUp: 'last'", '', "capabilities: { product: ['create'] },"),
  code: { 'job/granted': "await data.product.create({ sku: 'by a job ' + due, name: 'x', price: 1 });" },
  run: async (system) => {
    await system.unasked.settle();
    system.clock.now += 60_000;
    await system.unasked.settle();
    if ((await system.written('job/granted')) > 0) throw new Error('it is seen to succeed');
  },
});
