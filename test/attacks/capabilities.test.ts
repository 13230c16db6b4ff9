/** Naming entities, fields, events, operations and hosts that were not granted; smuggling rights. */
import { attackSystems } from './harness/attack-systems.ts';

await attackSystems('capabilities', {
  does: 'an operation whose contract grants the entity reads its rows, and the secret is seen',
  operations: {
    granted: { capabilities: `{ secretNote: ['read'] }`, body: 'return { said: (await data.secretNote.get(input.text)).body, count: 1 };' },
  },
  run: async (system) => (await system.operate('granted', { text: system.note })).text.includes(system.secret),
});
