import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Json } from '#kernel';
import { answerOf } from './answer.ts';

const schema: Json = {
  type: 'object',
  properties: { kind: { const: 'candidate' }, files: { type: 'array', items: { type: 'object', required: ['path', 'text'] } } },
  required: ['kind', 'files'],
};
const valueOf = async (text: string): Promise<Json> => {
  const answer = await answerOf(text, schema);
  return 'value' in answer ? answer.value : answer.why;
};
const whole = { kind: 'candidate', files: [{ path: 'rules/x.ts', text: 'a;\n' }] };

test('the object is found alone, in a fence, in prose and after thoughts', async () => {
  const said = JSON.stringify(whole);
  for (const text of [said, `\`\`\`json\n${said}\n\`\`\``, `Here {it} is: ${said} Bye {now}.`, `<think>{"kind":1}</think>${said}`])
    assert.deepEqual(await valueOf(text), whole);
});

test('a file that says nothing but its path has the text of the fence that names it, before the object or after it', async () => {
  const code = "const a = '{';\nconst b = `\\n${a}`;\n";
  const named = (path: string): string => `\`\`\`ts ${path}\n${code}\`\`\`\n`;
  const object = JSON.stringify({ kind: 'candidate', files: [{ path: 'rules/x.ts' }, { path: 'rules/y.ts' }] });
  const expected = {
    kind: 'candidate',
    files: [
      { path: 'rules/x.ts', text: code },
      { path: 'rules/y.ts', text: code },
    ],
  };
  const fences = named('rules/x.ts') + named('rules/y.ts');
  assert.deepEqual(await valueOf(`${object}\n\n${fences}`), expected);
  assert.deepEqual(await valueOf(`\`\`\`json\n${object}\n\`\`\`\n${fences}`), expected);
  assert.deepEqual(await valueOf(`Look:\n${fences}\n${object}`), expected);
  assert.deepEqual(await valueOf(`${object}\r\n${fences.replaceAll('\n', '\r\n')}`), expected);
});

test('a text that stands in the object is not replaced by a fence, and a path without a text is told', async () => {
  assert.deepEqual(await valueOf(`${JSON.stringify(whole)}\n\`\`\`ts rules/x.ts\nother;\n\`\`\``), whole);
  const without = JSON.stringify({ kind: 'candidate', files: [{ path: 'rules/x.ts' }] });
  assert.match(String(await valueOf(`${without}\n\`\`\`ts rules/other.ts\nother;\n\`\`\``)), /files\/0 .*text/);
  assert.match(String(await valueOf(`${without}\n\`\`\`ts rules/x.ts\nnever closed`)), /files\/0 .*text/);
});

test('where the object is broken, it is said where', async () => {
  const answer = await answerOf('{"kind":"candidate","files":[{"path":"a","text":"say "hello""}]}', schema);
  assert.ok(isRefusal(answer));
  assert.match(answer.why, /did not answer with one JSON object\. It is broken: .*near .*hello/);
});

test('an answer made of openings, of line ends or of braces is read in a moment', async () => {
  for (const text of [
    '```ts a\n'.repeat(200_000),
    '```\n'.repeat(400_000),
    `\`\`\`${'\n'.repeat(1_000_000)}`,
    '{'.repeat(1_000_000),
    '```\n{'.repeat(200_000),
  ]) {
    const started = performance.now();
    assert.match(String(await valueOf(text)), /did not answer with one JSON object/);
    assert.ok(performance.now() - started < 2_000, text.slice(0, 8));
  }
});
