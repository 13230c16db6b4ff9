/** A sequence that broke a candidate binds whoever writes the change again, and stands in the tests of what passes. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Attempt, Generator } from '#ports';
import { gives, onlyHolder, onlyOpen, release, reservationFiles } from '../gates/specimens/reservations.ts';
import { openWorks } from './workshop.ts';

const path = 'operations/release.ts';
const careless = release(onlyHolder + gives);
const careful = release(onlyOpen.replace('It is', 'This is') + onlyHolder + gives);
const shown: (readonly Attempt[])[] = [];
const generator: Generator = {
  name: 'model/small',
  tries: { repairs: 2, variants: 1 },
  understand: async () => ({
    kind: 'understood',
    echo: ['What is released twice is refused in other words.'],
    notes: [],
    scope: { components: ['operation/release'], members: ['operation/release'] },
    risk: 'medium',
    plan: null,
  }),
  generate: async (_plan, context) => {
    const attempts = context.aid?.attempts ?? [];
    shown.push(attempts);
    return { files: { [path]: attempts.length === 0 ? careless : careful }, notes: [] };
  },
};
const works = await openWorks(generator, reservationFiles);
after(() => works.close());

test('what breaks one candidate is a test of the next, and goes live with it', async () => {
  await works.ask('f1', 'say it in other words');
  assert.match(shown.at(-1)?.[0]?.failures.join('\n') ?? '', /^properties: operation\/release: owner creates item .* does not hold of /m);
  const candidates = await works.query("select files from theseus.candidates where change = 'f1' order by id");
  const tests = candidates.map(({ files }) => (files as { readonly [file: string]: string })['operations/release.test.ts'] ?? '');
  assert.equal(tests.length, 2);
  assert.equal(tests[0], '', 'nothing was known to break the first');
  assert.match(tests[1] ?? '', /sequence\(\s*'found: owner creates item /);
  assert.match(tests[1] ?? '', /example\('what is released is in stock again'/, 'what stood there stands there');
  const done = (await works.events('f1')).flatMap((event) => (event.kind === 'step' && event.state === 'done' ? [event.step] : []));
  assert.equal(done.at(-1), 'roll-out', 'it was certified');
});
