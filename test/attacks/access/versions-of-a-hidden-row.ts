/**
 * Tries: to tell a hidden row from none by `If-Match` and `If-None-Match`: by what is said of its version.
 * Must: both are answered as no row is.
 */
import { asked, customersOf, toldFromNothing, untouched } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden } = await customersOf(system);
    const tag = (await system.call('GET', `/api/parcels/${hidden}`)).headers.get('etag') ?? '"1"';
    for (const headers of [
      { 'if-match': tag },
      { 'if-match': '"999"' },
      { 'if-match': '*' },
      { 'if-none-match': tag },
      { 'if-none-match': '*' },
    ] as const)
      for (const [method, body] of [
        ['GET', undefined],
        ['PATCH', { price: 1 }],
        ['DELETE', undefined],
      ] as const)
        await toldFromNothing(system, (id) => asked(system, method, `/api/parcels/${id}`, body, { ...headers }));
    await untouched(system);
  },
};
