import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundAt95 } from './bound-at-95.ts';

test('the bound is that of draws without a failure, and never better than the rule of three by more than rounding', () => {
  assert.match(boundAt95(100), /fewer than 3\.0% of such draws/);
  assert.match(boundAt95(300), /fewer than 1\.0%/);
  assert.match(boundAt95(1), /fewer than 95\.0%/);
  assert.match(boundAt95(0), /fewer than 100\.0%/);
  for (let draws = 1; draws < 2_000; draws += 7) {
    const percent = Number(/than ([\d.]+)%/.exec(boundAt95(draws))?.[1]);
    // What would fail more often than that would have shown itself with 95%.
    assert.ok((1 - percent / 100) ** draws <= 0.05 + 1e-9, String(draws));
    assert.ok(percent <= 300 / draws + 0.1, String(draws));
  }
});
