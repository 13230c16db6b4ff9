/** Evidence forged by who makes the code, with the workshop's own login and key. */
import { after } from 'node:test';
import { attackSystems } from './harness/attack-systems.ts';
import { closeReader, forge, holdStill } from './harness/forged-certificates.ts';

after(closeReader);
await attackSystems({
  evidence: {
    does: 'a certificate in which nothing is wrong that the kernel can see goes live, and the new generation is seen to serve',
    files: {
      'reactions/grant-wish.ts': `/**
 * What is wished for is deleted.
 *
 * why: to be reached
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { reaction } from 'theseus/sdk';

export default reaction({
  id: 'n_wish',
  name: 'grantWish',
  on: { event: 'wished' },
  capabilities: { product: ['read', 'delete'] },
  async run({ data }) {
    for (const product of await data.product.list({ limit: 1 })) await data.product.delete(product.id);
  },
});
`,
      'entities/product.test.ts': `import { example, examples } from 'theseus/sdk';

export default examples([
  example('a product begins without stock', [{ create: 'product', with: { name: 'Tea' }, then: { stock: 0 } }]),
]);
`,
    },
    prepare: holdStill,
    run: async (system) => {
      const { outcome, served } = await forge(system);
      return outcome === 'live' && served;
    },
  },
});
