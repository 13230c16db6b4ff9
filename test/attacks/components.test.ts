/** What a component can try whose code is hostile, and a caller whom rules limit: the classes whose attacks stand beside each other in one whole system. */
import { attackSystems } from './harness/attack-systems.ts';
import { customersOf, ownRowFiles } from './harness/own-rows.ts';

await attackSystems({
  // Naming entities, fields, events, operations and hosts that were not granted; smuggling rights.
  capabilities: {
    does: 'an operation whose contract grants the entity reads its rows, and the secret is seen',
    operations: {
      granted: {
        capabilities: `{ secretNote: ['read'] }`,
        body: 'return { said: (await data.secretNote.get(input.text)).body, count: 1 };',
      },
    },
    run: async (system) => (await system.operate('granted', { text: system.note })).text.includes(system.secret),
  },
  // Lying contracts and bad input of components: what fails is named, what it wrote is gone, and nobody is told of the host.
  contracts: {
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
  },
  // SQL, headers, lines and JSON through values.
  injection: {
    does: 'the same text as a statement of somebody with the right login is seen to work',
    run: async (system) => {
      await system.sql('create table public.victim ()');
      await system.sql(`select 1; drop table public.victim; --`);
      return (await system.sql(`select 1 from pg_class where relname = 'victim'`)).length === 0;
    },
  },
  // Timing out while holding a transaction, a lock, a connection.
  deadlines: {
    does: 'a transaction that somebody holds open with the login of writes is seen',
    run: async (system) => {
      await system.as('data', 'begin');
      const [held] = await system.sql(`select 1 from pg_stat_activity where usename = 'theseus_data' and state = 'idle in transaction'`);
      await system.as('data', 'rollback');
      return held !== undefined;
    },
  },
  // Rows of others, where callers see their own alone: by each way in which a row could come out, be altered, or be told from none.
  access: {
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
  },
});
