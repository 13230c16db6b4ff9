/** Evidence forged by who makes the code, with the workshop's own login and key. */
import { after } from 'node:test';
import { attackSystems } from './harness/attack-systems.ts';
import { closeReader, forge, holdStill } from './harness/forged-certificates.ts';

after(closeReader);
await attackSystems('evidence', {
  does: 'a certificate in which nothing is wrong that the kernel can see goes live, and the new generation is seen to serve',
  files: {
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
});
