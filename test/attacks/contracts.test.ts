/** Lying contracts and bad input of components: what fails is named, what it wrote is gone, and nobody is told of the host. */
import { attackSystems } from './harness/attack-systems.ts';

await attackSystems('contracts', {
  does: 'an operation that keeps its promise is answered, and what it writes is seen',
  operations: {
    honest: {
      capabilities: `{ product: ['create'] }`,
      body: `await data.product.create({ name: 'honest' }); return { said: 'x', count: 1 };`,
    },
  },
  run: async (system) =>
    (await system.operate('honest')).status === 200 &&
    (await system.sql(`select 1 from theseus.journal where after::text like '%honest%'`)).length === 1,
});
