/**
 * Marks a planned lesson as held, with its topic and how many were absent.
 *
 * why: teachers are paid by lessons held
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { integer, operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_hold',
  name: 'holdLesson',
  on: 'lesson',
  http: { method: 'POST', path: '/api/lessons/{id}/hold', status: 200 },
  input: {
    topic: text({ id: 'f_hltopic', no: 1, required: true }),
    absent: integer({ id: 'f_hlabs', no: 2, required: true, min: 0, max: 16 }),
  },
  output: { row: 'lesson' },
  capabilities: { lesson: ['update'] },
  roles: ['owner', 'teacher'],
  transition: { field: 'status', from: ['planned'], to: 'held' },
  async run({ data, row, input, today }) {
    if (row.day > today) refuse('conflict', 'That lesson has not been yet.');
    return data.lesson.update(row.id, { status: 'held', ...input });
  },
});
