/** When a stated time counts as broken: after enough late minutes, never after one slow answer, and not by chance. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timeVerdict } from './time-broken.ts';

type Minute = Parameters<typeof timeVerdict>[0][number];
const minutes = (...of: readonly (readonly [number, number, number])[]): readonly Minute[] => {
  const rows: Minute[] = [];
  for (const [count, seen, late] of of) for (let each = 0; each < count; each++) rows.push({ minute: 100 + rows.length, seen, late });
  return rows;
};

describe('a stated time in service', () => {
  it('is not broken by one slow answer, by one bad minute, or by one late answer in fifty', () => {
    assert.equal(timeVerdict([]).broken, false);
    assert.equal(timeVerdict(minutes([1, 1, 1])).broken, false);
    assert.equal(timeVerdict(minutes([60, 100, 0], [1, 10_000, 10_000], [60, 100, 0])).broken, false);
    assert.equal(timeVerdict(minutes([1_000, 50, 1])).broken, false);
  });

  it('is broken after six late minutes, from the first of them on, however long it was kept before', () => {
    const broken = timeVerdict(minutes([500, 100, 0], [6, 100, 30]));
    assert.deepEqual(broken, { broken: true, since: 600, minutes: 506, lateMinutes: 6, seen: 50_600, late: 180 });
    assert.equal(timeVerdict(minutes([500, 100, 0], [5, 100, 30])).broken, false);
    assert.equal(timeVerdict(minutes([40, 1, 0], [1, 1, 1], [1, 1, 0], [8, 1, 1])).broken, true, 'few reads say it as well, in time');
  });

  it('is kept again after good minutes, and half an hour of them at most', () => {
    assert.equal(timeVerdict(minutes([200, 10, 10], [10, 10, 0])).broken, true);
    const mended = timeVerdict(minutes([200, 10, 10], [30, 10, 0]));
    assert.deepEqual([mended.broken, mended.since], [false, null]);
  });

  it('is seldom broken by chance where one minute in twenty is late', () => {
    let state = 7;
    const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let alarms = 0;
    for (let day = 0; day < 300; day++) {
      const rows = Array.from({ length: 1_440 }, (_, minute): Minute => ({ minute, seen: 20, late: chance() < 0.05 ? 20 : 0 }));
      for (let at = 60; at <= rows.length; at += 60) if (timeVerdict(rows.slice(0, at)).broken) alarms += 1;
    }
    assert.ok(alarms <= 3, `${alarms} of 7,200 looks`);
  });
});
