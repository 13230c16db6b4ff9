/**
 * Tries: to be taken for another, or for one of another role, by headers, parameters and members of a body.
 * Must: who asks is who signed in.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden } = await customersOf(system);
    for (const headers of [
      { 'x-user': 'bo' },
      { 'x-role': 'owner' },
      { 'x-forwarded-user': 'bo' },
      { 'theseus-caller': 'bo' },
      { cookie: 'theseus=forged; caller=bo; role=owner' },
      { 'x-http-method-override': 'GET' },
    ])
      assert.equal(
        (await asked(system, 'GET', `/api/parcels/${hidden}`, undefined, headers as unknown as { readonly [name: string]: string })).status,
        404,
      );
    for (const query of ['caller=bo', 'as=bo', 'roles=owner', 'by=bo'])
      assert.ok((await asked(system, 'GET', `/api/parcels?${query}`)).status >= 400, query);
    for (const path of [
      `/api/parcels/${hidden}%00`,
      `/api/parcels/..%2Fparcels/${hidden}`,
      `//api/parcels/${hidden}`,
      `/api/./parcels/${hidden}`,
      `/API/parcels/${hidden}`,
    ])
      await asked(system, 'GET', path);
  },
};
