import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject, PermanentId } from '#kernel';
import type { JournalStep } from '#store/records';
import { type RowPlan, walkBack } from './walk-back.ts';

const fields = (['f_a', 'f_b'] as const).map((id) => ({ id: id as PermanentId, derived: false }));
type By = JournalStep['by'];
/** The history of one row, oldest first: who set which values; null deletes it. It begins with a row of somebody else, or with none. */
function historyOf(
  writes: readonly (readonly [By, JsonObject | null])[],
  begins: JsonObject | null = { f_a: 0, f_b: 0 },
): readonly JournalStep[] {
  let now: JsonObject | null = begins === null ? null : { ...begins, version: 1 };
  return writes.map(([by, set], id): JournalStep => {
    const before = now;
    const version = Number(before?.['version'] ?? 0) + 1;
    now = set === null ? null : { ...(before ?? { f_a: 0, f_b: 0 }), ...set, version };
    const action = before === null ? 'create' : set === null ? 'delete' : 'update';
    return { id, action, before, after: now, by, call: by === 'undo' ? 'u' : `c${id}`, caller: by, at: '' };
  });
}
function planOf(steps: readonly JournalStep[]): RowPlan {
  const walk = walkBack();
  [...steps].reverse().every((step) => walk.take(step));
  return walk.plan(fields);
}
const putBack = (plan: RowPlan): JsonObject | undefined => (plan.kind === 'put-back' ? plan.to : undefined);

describe('the way back of a row', () => {
  it('leads before the first of the writes that are undone, over all of them', () => {
    const plan = planOf(
      historyOf([
        ['meant', { f_a: 1 }],
        ['meant', { f_a: 2, f_b: 2 }],
        ['meant', { f_b: 3 }],
      ]),
    );
    assert.deepEqual(putBack(plan), { f_a: 0, f_b: 0 });
  });

  it('ends at what somebody else wrote between them', () => {
    const plan = planOf(
      historyOf([
        ['meant', { f_a: 1 }],
        ['other', { f_a: 5 }],
        ['meant', { f_a: 6 }],
      ]),
    );
    assert.deepEqual(putBack(plan), { f_a: 5 });
  });

  it('leaves a field that somebody else wrote last, and tells both values', () => {
    const plan = planOf(
      historyOf([
        ['meant', { f_a: 1, f_b: 1 }],
        ['other', { f_a: 7 }],
      ]),
    );
    assert.deepEqual([putBack(plan), plan.kind === 'put-back' && plan.conflicts], [{ f_b: 0 }, [{ field: 'f_a', before: 0, now: 7 }]]);
    assert.equal(
      planOf(
        historyOf([
          ['meant', { f_a: 1 }],
          ['other', { f_a: 0 }],
        ]),
      ).kind,
      'as-before',
    );
  });

  it('deletes what was made, unless somebody wrote it since or it is gone', () => {
    assert.equal(
      planOf(
        historyOf(
          [
            ['meant', {}],
            ['meant', { f_a: 1 }],
          ],
          null,
        ),
      ).kind,
      'delete',
    );
    assert.equal(
      planOf(
        historyOf(
          [
            ['meant', {}],
            ['other', { f_a: 1 }],
          ],
          null,
        ),
      ).kind,
      'conflict',
    );
    assert.equal(
      planOf(
        historyOf(
          [
            ['meant', {}],
            ['other', null],
          ],
          null,
        ),
      ).kind,
      'as-before',
    );
    assert.equal(
      planOf(
        historyOf(
          [
            ['meant', {}],
            ['meant', null],
          ],
          null,
        ),
      ).kind,
      'as-before',
    );
  });

  it('makes again what was deleted, as it was before all writes that are undone', () => {
    const plan = planOf(
      historyOf([
        ['meant', { f_a: 1 }],
        ['other', { f_b: 4 }],
        ['meant', null],
      ]),
    );
    assert.deepEqual(plan, { kind: 'make-again', to: { f_a: 0, f_b: 4, version: 3 }, next: 4 });
    assert.deepEqual(
      planOf(
        historyOf([
          ['meant', { f_a: 1 }],
          ['other', null],
        ]),
      ),
      {
        kind: 'conflict',
        code: 'gone',
        fields: [{ field: 'f_a', before: 0, now: null }],
      },
    );
  });

  it('puts nothing back twice, and goes on from an undo where more was written after it', () => {
    assert.deepEqual(
      planOf(
        historyOf([
          ['meant', { f_a: 1 }],
          ['undo', { f_a: 0 }],
        ]),
      ),
      {
        kind: 'as-before',
        undone: { deed: 'put-back', call: 'u' },
      },
    );
    assert.deepEqual(
      putBack(
        planOf(
          historyOf([
            ['meant', { f_a: 1 }],
            ['undo', { f_a: 0 }],
            ['meant', { f_a: 8 }],
          ]),
        ),
      ),
      { f_a: 0 },
    );
    assert.equal(
      planOf(
        historyOf([
          ['meant', { f_a: 1 }],
          ['undo', { f_a: 0 }],
          ['other', { f_a: 3 }],
        ]),
      ).kind,
      'as-before',
    );
    assert.equal(
      planOf(
        historyOf([
          ['meant', null],
          ['undo', {}],
        ]),
      ).kind,
      'as-before',
    );
    assert.equal(
      planOf(
        historyOf(
          [
            ['meant', {}],
            ['undo', null],
          ],
          null,
        ),
      ).kind,
      'as-before',
    );
  });

  it('passes what another undo took away: what was written before that goes back all the same', () => {
    assert.deepEqual(
      putBack(
        planOf(
          historyOf([
            ['meant', { f_a: 1 }],
            ['other', { f_a: 2 }],
            ['undo', { f_a: 1 }],
          ]),
        ),
      ),
      { f_a: 0 },
    );
    assert.deepEqual(
      putBack(
        planOf(
          historyOf([
            ['meant', { f_a: 1 }],
            ['other', null],
            ['undo', { f_a: 1 }],
          ]),
        ),
      ),
      { f_a: 0 },
    );
    const again = [
      ['meant', { f_a: 1 }],
      ['other', { f_a: 2 }],
      ['undo', { f_a: 1 }],
      ['meant', { f_a: 3 }],
    ] as const;
    assert.deepEqual(putBack(planOf(historyOf(again))), { f_a: 0 });
    const emptied = historyOf(
      [
        ['meant', { f_a: 1 }],
        ['meant', null],
        ['undo', { f_a: null }],
      ],
      { f_a: null, f_b: 0 },
    );
    assert.equal(planOf(emptied).kind, 'as-before');
    const made = [
      ['meant', {}],
      ['other', { f_a: 2 }],
      ['undo', { f_a: 0 }],
    ] as const;
    assert.equal(planOf(historyOf(made, null)).kind, 'delete');
  });

  it('never alters what somebody else wrote last, and restores each other field to a value that it held before a write that is undone', () => {
    const write = fc.tuple(
      fc.constantFrom<By>('meant', 'other'),
      fc.record({ f_a: fc.integer({ min: 0, max: 3 }), f_b: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }),
    );
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 8 }), (writes) => {
        const steps = historyOf(writes as readonly (readonly [By, JsonObject])[]);
        const plan = planOf(steps);
        const to = putBack(plan) ?? {};
        for (const { id } of fields) {
          const changed = steps.filter(({ before, after }) => before?.[id] !== after?.[id]);
          const last = changed.at(-1);
          if (last === undefined || last.by === 'other') assert.ok(!(id in to));
          else {
            const own = changed.slice(changed.findLastIndex(({ by }) => by === 'other') + 1);
            const before = own[0]?.before?.[id];
            assert.equal(to[id] ?? last.after?.[id], before);
          }
        }
      }),
    );
  });

  it('comes to rest: once it is done, there is nothing more to do', () => {
    const write = fc.tuple(fc.constantFrom<By>('meant', 'other'), fc.record({ f_a: fc.integer({ min: 0, max: 3 }) }));
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 8 }), (writes) => {
        const first = planOf(historyOf(writes as readonly (readonly [By, JsonObject])[]));
        const done = putBack(first);
        if (done === undefined) return;
        const again = planOf(historyOf([...(writes as readonly (readonly [By, JsonObject])[]), ['undo', done]]));
        assert.ok(again.kind === 'as-before' || (again.kind === 'put-back' && Object.keys(again.to).length === 0));
      }),
    );
  });
});
