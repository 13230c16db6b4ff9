/**
 * Tries: to read more of the row that it hears of than its contract holds: by the event, by data that was never granted.
 * Must: it is told the id of the row, and reads nothing.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: reaction('curious', 'customer.updated', '', 'retries: { attempts: 1 },'),
  code: {
    'reaction/curious': `const said = [JSON.stringify(event)];
const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(String(error.code ?? error.message)); } };
await attempt(() => data.customer.get(event.row));
await attempt(() => data.customer.list({}));
await attempt(() => data['customer'].list({ filters: [] }));
await attempt(() => call('customer.get', event.row));
await attempt(() => fetch('http://127.0.0.1/' + event.row));
log({ said });`,
  },
  run: async (system) => {
    await system.update('customer', system.secret.id, { tier: 'gold' });
    await system.unasked.settle();
    const said = JSON.stringify(system.logged);
    assert.match(said, /customer\.updated/, 'it ran');
    assert.ok(!said.includes(system.secret.text), said.slice(0, 400));
    assert.doesNotMatch(said, /gold/);
  },
};
