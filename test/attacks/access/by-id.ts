/**
 * Tries: to read, alter or remove the row of another by its id, in each way that rows have.
 * Must: it is answered as no row is, and stays.
 */
import { asked, toldFromNothing, untouched } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    for (const [method, body] of [
      ['GET', undefined],
      ['HEAD', undefined],
      ['PATCH', { price: 1 }],
      ['PATCH', {}],
      ['PATCH', { what: null }],
      ['DELETE', undefined],
      ['PUT', { what: 'x' }],
      ['POST', {}],
      ['OPTIONS', undefined],
    ] as const)
      await toldFromNothing(system, (id) => asked(system, method, `/api/parcels/${id}`, body));
    await toldFromNothing(system, (id) => asked(system, 'GET', `/api/parcels/${id.toUpperCase()}`));
    await toldFromNothing(system, (id) => asked(system, 'GET', `/api/parcels/${id}/`));
    await untouched(system);
  },
};
