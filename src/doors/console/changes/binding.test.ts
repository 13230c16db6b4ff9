import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AcceptanceExample, ChangeDetail } from '#api/client';
import { bindingOf, restated } from './binding.ts';

const example = (name: string, value: string): AcceptanceExample => ({
  component: 'entity/order',
  example: { name, steps: [{ create: 'order', with: { value } }] },
  hidden: false,
});
const understanding = { echo: [], notes: [], scope: { components: [], members: [] }, risk: 'medium' } as const;

test('what the asker states stands in place of what was understood under the same name', () => {
  const change = {
    stated: [example('a', 'mine')],
    understanding: { ...understanding, acceptance: [example('a', 'theirs'), example('b', 'theirs')] },
  } as unknown as ChangeDetail;
  assert.deepEqual(
    bindingOf(change).map(({ example: said, from }) => [JSON.stringify(said).includes('mine'), from]),
    [
      [true, 'asker'],
      [false, 'understanding'],
    ],
  );
  assert.deepEqual(bindingOf({ stated: [], understanding: null }), []);
});

test('asked again, hidden examples stay hidden, and those that may not be read are not sent', () => {
  const shut: AcceptanceExample = { component: 'entity/order', example: null, hidden: true };
  const hidden = { ...example('c', 'x'), hidden: true };
  assert.deepEqual(restated(bindingOf({ stated: [shut, hidden], understanding: null })), [hidden]);
});
