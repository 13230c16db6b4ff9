/**
 * Reports something broken in a flat, today.
 *
 * why: tenants call, and somebody must write it down
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_report',
  name: 'reportRepair',
  on: 'flat',
  http: { method: 'POST', path: '/api/flats/{id}/report', status: 201 },
  input: {
    description: text({ id: 'f_rrdesc', no: 1, required: true, max: 300 }),
    urgency: choice({ id: 'f_rrurg', no: 2, choices: { low: 'c_rrlow', normal: 'c_rrnorm', urgent: 'c_rrurg' }, default: 'normal' }),
  },
  output: { row: 'repair' },
  capabilities: { flat: ['read'], repair: ['create'] },
  async run({ data, row, input, today }) {
    if (row.state === 'withdrawn') refuse('conflict', `${row.code} is not looked after any more.`);
    return data.repair.create({ flat: row.id, description: input.description, urgency: input.urgency, reportedOn: today });
  },
});
