/** The innocent part of the system: one entity, and operations that read, write and compute, each with an answer that can be known. */
const head =
  '/**\n * An innocent part of a system under attack.\n *\n * why: to be asked meanwhile\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';

export const innocentName = (number: number): string => `innocent${number}`;

export function innocentFiles(count: number): { readonly [path: string]: string } {
  const files: { [path: string]: string } = {
    'entities/thing.ts': `${head}import { entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_thing',
  name: 'thing',
  plural: 'things',
  title: 'name',
  fields: {
    name: text({ id: 'f_tname', no: 1, required: true }),
    amount: integer({ id: 'f_tamt', no: 2, default: 0 }),
  },
});
`,
  };
  for (let number = 1; number < count; number += 1)
    files[`operations/${innocentName(number)}.ts`] = `${head}import { integer, operation, reference } from 'theseus/sdk';

export default operation({
  id: 'o_inn${number}',
  name: '${innocentName(number)}',
  http: { method: 'POST', path: '/api/innocent/${number}', status: 200 },
  input: {
    thing: reference({ id: 'f_i${number}t', no: 1, to: 'thing', required: true }),
    by: integer({ id: 'f_i${number}b', no: 2, required: true }),
  },
  output: { row: 'thing' },
  capabilities: { thing: ['read', 'update'] },
  async run({ data, input }) {
    const thing = await data.thing.get(input.thing);
    return data.thing.update(thing.id, { amount: (thing.amount ?? 0) + input.by * ${number} });
  },
});
`;
  return files;
}
