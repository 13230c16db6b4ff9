import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantFromLocal, localFromInstant } from './local-time.ts';

test('a moment shows in the time zone of the system, summer and winter', () => {
  assert.equal(localFromInstant('2026-01-15T11:00:00Z', 'Europe/Berlin'), '2026-01-15T12:00');
  assert.equal(localFromInstant('2026-07-15T10:00:30Z', 'Europe/Berlin'), '2026-07-15T12:00:30');
});

test('there and back is the same moment', () => {
  for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', undefined])
    for (const iso of ['2026-03-29T00:59:59.000Z', '2026-03-29T01:00:00.000Z', '2026-12-31T23:30:00.000Z'])
      assert.equal(instantFromLocal(localFromInstant(iso, zone), zone), iso, `${zone} ${iso}`);
});

test('an hour that the clock skips is a moment all the same, and nonsense is none', () => {
  assert.match(instantFromLocal('2026-03-29T02:30', 'Europe/Berlin') ?? '', /^2026-03-29T0[01]:30/);
  assert.equal(instantFromLocal('soon', 'Europe/Berlin'), undefined);
});
