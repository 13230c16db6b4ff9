/**
 * Tries: to step into the rows of others by cursors: those of an owner, altered and forged ones, in each order.
 * Must: a cursor is a place and no right.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden } = await customersOf(system);
    for (const sort of ['price', '-price', 'buyer,id', '-code', 'what']) {
      const whole = await system.call('GET', `/api/parcels?limit=1&sort=${sort}`);
      const cursor = String(whole.json['next'] ?? '');
      const forged = [
        cursor,
        cursor.slice(0, -1),
        `${cursor}A`,
        Buffer.from(JSON.stringify([null, hidden])).toString('base64url'),
        Buffer.from(JSON.stringify({ after: hidden })).toString('base64url'),
        '',
        '0',
      ];
      for (const each of forged) {
        const { status, text } = await asked(system, 'GET', `/api/parcels?limit=500&sort=${sort}&cursor=${encodeURIComponent(each)}`);
        assert.ok(status !== 200 || !text.includes(hidden), text);
      }
    }
  },
};
