import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeDetail } from '#api/client';
import { toldChange } from './told-change.ts';

type Evidence = ChangeDetail['evidence'][number];
const evidence = (gate: string, findings: readonly object[]): Evidence => ({ gate, verdict: 'pass', findings }) as unknown as Evidence;
const checked = (all: readonly Evidence[]): ChangeDetail =>
  ({
    id: 'c1',
    kind: 'check',
    state: 'ended',
    outcome: 'checked',
    why: '',
    understanding: null,
    evidence: all,
    options: [],
    witness: { passed: true },
    candidate: null,
    generation: null,
  }) as unknown as ChangeDetail;

test('what a statement says already is not said again as its witness', () => {
  const { value } = toldChange(
    checked([
      evidence('types', [
        {
          verdict: 'fail',
          statement: "jobs/a.ts:9:1 'x' is not there",
          witness: { path: 'jobs/a.ts', line: 9, column: 1, message: "'x' is not there" },
        },
        { verdict: 'fail', statement: 'jobs/a.ts declares the capability order read and never uses it', witness: 'order read' },
        { verdict: 'fail', statement: 'step 2: it was refused', witness: { step: 1, actual: { refused: 'invalid' } } },
      ]),
    ]),
  );
  assert.deepEqual(value['failures'], [
    { gate: 'types', verdict: 'fail', statement: "jobs/a.ts:9:1 'x' is not there" },
    { gate: 'types', verdict: 'fail', statement: 'jobs/a.ts declares the capability order read and never uses it' },
    { gate: 'types', verdict: 'fail', statement: 'step 2: it was refused', witness: { step: 1, actual: { refused: 'invalid' } } },
  ]);
});

test('of a check that passed, what its tests leave open is told, and of one that failed what failed alone', () => {
  const open = ['jobs/a.ts:9: x became y'];
  const mutation = evidence('mutation', [{ verdict: 'pass', statement: 'the tests notice 6 of 8 mutants', witness: open }]);
  const parsed = evidence('parse', [{ verdict: 'pass', statement: 'reads' }]);
  const passed = toldChange(checked([parsed, mutation]));
  assert.deepEqual([passed.value['passed'], passed.failed, passed.value['notShown']], [true, false, open]);
  const failed = toldChange(checked([parsed, mutation, evidence('examples', [{ verdict: 'fail', statement: 'no' }])]));
  assert.deepEqual([failed.value['passed'], failed.failed, failed.value['notShown']], [false, true, undefined]);
});

test('of a large change the beginning is told, and how much more there is', () => {
  const components = Array.from({ length: 180 }, (_, at) => `entity/thing${at}`);
  const large = {
    ...checked([]),
    understanding: { echo: components, notes: [], scope: { components, members: [], data: [] }, risk: 'medium' },
    candidate: { files: components.map((path) => ({ path, kind: 'added' })) },
  } as unknown as ChangeDetail;
  const { understood, scope, files, moreFiles } = toldChange(large).value as { readonly [name: string]: readonly string[] };
  assert.deepEqual([understood?.length, understood?.at(-1), files?.length, moreFiles], [41, 'and 140 more', 40, 140]);
  assert.deepEqual(Object.keys(scope ?? {}), ['components']);
});

test('whoever asked in words and is refused is shown the two ways on, and whoever handed code in the one', () => {
  const next = (handedInBy: string | null): unknown =>
    toldChange({ ...checked([]), kind: 'change', outcome: 'refused', handedInBy } as unknown as ChangeDetail).value['next'];
  assert.match(String(next(null)), /other words, or write the code/);
  assert.match(String(next('agent')), /Mend what is named/);
});
