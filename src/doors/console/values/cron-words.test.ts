import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cronWords } from './cron-words.ts';

test('a simple schedule is said in words, and what is not simple is left as it is written', () => {
  assert.equal(cronWords('0 6 * * *'), 'every day at 06:00');
  assert.equal(cronWords('30 17 * * 1-5'), 'from Monday to Friday at 17:30');
  assert.equal(cronWords('5 0 * * 0'), 'every Sunday at 00:05');
  assert.equal(cronWords('0 9 1 * *'), 'on day 1 of each month at 09:00');
  assert.equal(cronWords('15 * * * *'), 'every hour at :15');
  for (const other of ['*/5 * * * *', '0 6 * 1 *', '0 6,18 * * *', '0 6 1 * 1', '0 0 6 * * *', 'later'])
    assert.equal(cronWords(other), null, other);
});
