/** Rows of others, where callers see their own alone: by each way in which a row could come out, be altered, or be told from none. */
import { attackSystems } from './harness/attack-systems.ts';
import { customersOf, ownRowFiles } from './harness/own-rows.ts';

await attackSystems('access', {
  does: 'a caller whom no rule limits reads the row and the sum over it, and both are seen',
  files: ownRowFiles,
  run: async (system) => {
    const { hidden, words } = await customersOf(system);
    const told = [
      await system.call('GET', `/api/parcels/${hidden}`),
      await system.call('GET', '/api/parcels?q=bosgoldenwatch'),
      await system.call('GET', '/api/views/worth'),
    ].map(({ json }) => words.some((word) => JSON.stringify(json).includes(word)));
    return told.every(Boolean);
  },
});
