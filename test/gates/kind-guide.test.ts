/** The guide of each kind holds an example; handed in as it stands, without ids, each is well formed, and the one with tests passes every gate. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Completed, idsIn, kindGuides, testsGuide } from '#model';
import type { Json } from '#kernel';
import { openWorkbench, scopeOf, shopFiles, told, type Workbench } from './engines.ts';

let bench: Workbench;
before(async () => {
  bench = await openWorkbench();
});
after(() => bench.close());

const head = { change: 'ch_1', generator: 'person', date: '2026-11-23', request: 'As in the guide' };
const nameOf = (text: string): string => /name: '(\w+)'/.exec(text)?.[1] ?? '';

for (const guide of kindGuides)
  test(`the example of the guide to ${guide.kind} is read`, async () => {
    const given = guide.path === testsGuide.path.replace('.test', '') ? { [testsGuide.path]: testsGuide.example } : {};
    const files = { [guide.path]: guide.example, ...given };
    const { files: made, problems } = (await bench.reader.complete({
      files,
      base: {},
      taken: idsIn(shopFiles),
      head,
    } as unknown as Json)) as unknown as Completed;
    assert.deepEqual(problems, []);
    const result = await bench.run(made, scopeOf([`${guide.kind}/${nameOf(guide.example)}`]));
    const gates = new Map(result.evidence.map((evidence) => [evidence.gate, evidence.verdict]));
    for (const gate of ['parse', 'types', 'contract'] as const) assert.equal(gates.get(gate), 'pass', told(result));
    // Bodies without tests of their own fail the gate that asks for them, and the others end there.
    assert.notEqual(gates.get('security'), 'fail', told(result));
    if (guide.kind === 'operation') assert.ok(result.passed, told(result));
  });
