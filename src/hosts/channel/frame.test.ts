import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameOf, openFrameReader } from './frame.ts';
import { headChars, payloadChars } from './limits.ts';
import { parsePayload, withinDepth } from './payload.ts';

function read(pieces: Iterable<string>): { readonly frames: readonly unknown[]; readonly broken: readonly string[] } {
  const [frames, broken]: [unknown[], string[]] = [[], []];
  const reader = openFrameReader(
    (head, payload) => frames.push([head, payload === undefined ? undefined : JSON.parse(payload)]),
    (why) => broken.push(why),
  );
  for (const piece of pieces) reader.feed(piece);
  return { frames, broken };
}

test('frames arrive as they were sent, wherever the stream is cut', () => {
  const frame = fc.record({
    head: fc.record({ kind: fc.string(), call: fc.nat() }),
    payload: fc.option(fc.jsonValue(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }), (sent, cuts) => {
      const stream = sent.map(({ head, payload }) => frameOf(head, payload === undefined ? undefined : JSON.stringify(payload))).join('');
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const length = 1 + (cuts[turn % cuts.length] ?? 0);
        pieces.push(stream.slice(at, at + length));
        at += length;
      }
      const { frames, broken } = read(pieces);
      assert.deepEqual(broken, []);
      assert.deepEqual(
        frames,
        sent.map(({ head, payload }) => [{ ...head }, payload === undefined ? undefined : JSON.parse(JSON.stringify(payload))]),
      );
    }),
  );
});

test('a stream that breaks a cap or the form is broken once and read no further', () => {
  for (const [stream, why] of [
    ['no json\n{"kind":"pong"}\n', /no JSON/],
    ['[1]\n', /no object/],
    ['null\n', /no object/],
    [`{"kind":"${'x'.repeat(headChars)}"}\n`, /head is too long/],
  ] as const) {
    const { frames, broken } = read([stream, '{"kind":"pong"}\n']);
    assert.deepEqual([frames, broken.length], [[], 1]);
    assert.match(broken[0] ?? '', why);
  }
});

test('a line without an end is broken before it is kept', () => {
  const piece = 'x'.repeat(1_000_000);
  const { broken } = read(Array.from({ length: Math.ceil((payloadChars + headChars) / piece.length) + 1 }, () => piece));
  assert.deepEqual(broken, ['a frame is too long']);
});

test('payloads are measured before they are parsed', () => {
  assert.deepEqual(parsePayload('{"a":[1]}', 9), { ok: true, value: { a: [1] } });
  assert.deepEqual(parsePayload('{"a":[1]}', 8), { ok: false, why: 'more than 8 characters' });
  assert.deepEqual(parsePayload('{"a":', 100), { ok: false, why: 'no JSON' });
  assert.equal(parsePayload('['.repeat(1_000_000), 2_000_000).ok, false);
});

test('depth counts brackets, and none inside a text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const depthOf = (inner: unknown): number =>
        typeof inner === 'object' && inner !== null ? 1 + Math.max(0, ...Object.values(inner).map(depthOf)) : 0;
      const text = JSON.stringify(value);
      assert.equal(withinDepth(text, depthOf(value)), true);
      if (depthOf(value) > 0) assert.equal(withinDepth(text, depthOf(value) - 1), false);
    }),
  );
  assert.equal(withinDepth(JSON.stringify({ a: '[[[\\"[[', b: '\\' }), 1), true);
});
