/**
 * Charges damage that was found to the customer.
 *
 * why: the deposit covers it or a payment is asked for
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_charge',
  name: 'chargeDamage',
  on: 'damage',
  http: { method: 'POST', path: '/api/damages/{id}/charge', status: 200 },
  output: { row: 'damage' },
  capabilities: { damage: ['update'] },
  roles: ['owner', 'manager'],
  transition: { field: 'state', from: ['found'], to: 'charged' },
  async run({ data, row }) {
    return data.damage.update(row.id, { state: 'charged' });
  },
});
