import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerJson, answerNothing, answerText } from '../answers.ts';
import { isAmong, unlessUnchanged } from './unchanged.ts';

test('what is read again and is as it was is 304 with its tag and no body; what differs is sent whole', async () => {
  const first = await unlessUnchanged(answerJson(200, [{ name: 'tea' }], { link: '</next>; rel="next"' }), undefined);
  const tag = first.headers.get('etag') ?? '';
  assert.match(tag, /^W\/"[0-9a-f]{24}"$/);
  assert.deepEqual(await first.json(), [{ name: 'tea' }]);
  const same = await unlessUnchanged(answerJson(200, [{ name: 'tea' }], { link: '</next>; rel="next"' }), `"other", ${tag}`);
  assert.equal(same.status, 304);
  assert.equal(await same.text(), '');
  assert.deepEqual(
    [same.headers.get('etag'), same.headers.get('link'), same.headers.get('content-type')],
    [tag, '</next>; rel="next"', null],
  );
  const other = await unlessUnchanged(answerJson(200, [{ name: 'coffee' }]), tag);
  assert.equal(other.status, 200);
  assert.notEqual(other.headers.get('etag'), tag);
});

test('a tag of its own stands as it is; refusals, other statuses and files have none', async () => {
  const own = await unlessUnchanged(answerJson(200, {}, { etag: '"7"' }), 'W/"7"');
  assert.deepEqual([own.status, own.headers.get('etag')], [304, '"7"']);
  assert.equal((await unlessUnchanged(answerJson(200, {}, { etag: '"7"' }), '"6"')).headers.get('etag'), '"7"');
  for (const answer of [
    answerJson(404, {}),
    answerJson(202, {}),
    answerNothing(204),
    answerText(200, 'a,b', { 'content-type': 'text/csv', 'content-disposition': 'attachment' }),
    answerText(200, 'bytes', { 'content-type': 'image/png' }),
  ])
    assert.equal((await unlessUnchanged(answer, '*')).headers.get('etag'), null);
  assert.ok(isAmong('*', '"1"'));
  assert.ok(!isAmong('"11", W/"2"', '"1"'));
});
