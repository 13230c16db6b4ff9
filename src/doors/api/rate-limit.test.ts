import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { houseOf, openBuckets } from './rate-limit.ts';

const rate = { perSecond: 2, burst: 3 };

describe('buckets', () => {
  it('give what may come at once, then as fast as the rate, and say how long to wait', () => {
    let now = 0;
    const buckets = openBuckets(() => now);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => buckets.take('ada', rate)),
      [0, 0, 0, 1],
    );
    assert.equal(buckets.take('bob', rate), 0, 'what one has used up costs nobody else');
    now = 500;
    assert.equal(buckets.wait('ada', rate), 0);
    assert.equal(buckets.take('ada', rate), 0);
    assert.equal(buckets.take('ada', rate), 1);
    assert.equal(buckets.take('slow', { perSecond: 1 / 60, burst: 1 }), 0);
    assert.equal(buckets.take('slow', { perSecond: 1 / 60, burst: 1 }), 60);
  });

  it('never hold more than the burst, and a clock that is set back gives nothing', () => {
    let now = 0;
    const buckets = openBuckets(() => now);
    buckets.take('ada', rate);
    now = 3_600_000;
    assert.deepEqual(
      [1, 2, 3, 4].map(() => buckets.take('ada', rate)),
      [0, 0, 0, 1],
    );
    now = 0;
    assert.equal(buckets.take('ada', rate), 1);
    now = 1_000;
    assert.equal(buckets.take('ada', rate), 0);
  });

  it('keep no more callers than they may, and forget the one that came longest ago', () => {
    const buckets = openBuckets(() => 0, 2);
    const once = { perSecond: 1, burst: 1 };
    for (const who of ['a', 'b', 'a', 'c']) buckets.take(who, once);
    assert.deepEqual([buckets.wait('a', once), buckets.wait('b', once), buckets.wait('c', once)], [1, 0, 1]);
  });
});

describe('a house', () => {
  it('is an IPv4 address, mapped or not, or a network of IPv6', () => {
    assert.equal(houseOf('::ffff:10.0.0.7'), '10.0.0.7');
    assert.equal(houseOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
    assert.equal(houseOf('2001:db8::6'), '2001:db8:0:0');
    assert.equal(houseOf('::1'), '0:0:0:0');
    assert.equal(houseOf(undefined), '');
  });
});
