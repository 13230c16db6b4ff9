/** Media types that an operation states are held when it is read: each must be able to carry what the operation takes or answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareContracts, printOperation, type SourceFiles } from './index.ts';
import { readSystem } from './read.ts';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-24\n */\n';
const files = (http: string, input: string, output = "{ body: json({ id: 'f_out', no: 1 }) }"): SourceFiles => ({
  'theseus.json': JSON.stringify({ name: 'it', currency: 'EUR', roles: { owner: { read: true, write: true } } }),
  'operations/it.ts': `${head}import { json, list, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_itit',
  name: 'it',
  http: { method: 'POST', path: '/v1/it', ${http} },
  input: { ${input} },
  output: ${output},
  capabilities: {},
  async run() {
    return '';
  },
});
`,
});
const problemsOf = (...given: Parameters<typeof files>): string => {
  const reading = readSystem(files(...given));
  return reading.ok ? '' : reading.problems.map(({ message }) => message).join('\n');
};
const text = "a: text({ id: 'f_aaa', no: 1, multiline: true })";
const file = (more = ''): string => `a: json({ id: 'f_aaa', no: 1, shape: { format: 'file'${more} } })`;
const plain = "{ body: text({ id: 'f_out', no: 1, multiline: true }) }";

test('forms, parts, texts and files are taken where they fit, and a text is answered as one', () => {
  const all: readonly Parameters<typeof files>[] = [
    ["takes: ['application/x-www-form-urlencoded', 'application/json']", text],
    ["takes: ['multipart/form-data']", file(", mediaTypes: ['image/*'], maxBytes: 10")],
    [
      "takes: ['multipart/form-data'], body: 'a'",
      "a: json({ id: 'f_aaa', no: 1, shape: { type: 'object', properties: { b: { format: 'file' } } } })",
    ],
    ["body: 'a'", file()],
    ["takes: ['image/*'], body: 'a'", file()],
    ["takes: ['text/csv'], body: 'a', answers: 'text/csv'", text, plain],
    ["answers: 'application/vnd.it+json'", text],
  ];
  for (const good of all) assert.equal(problemsOf(...good), '', good[0]);
});

test('what cannot be carried is refused with what to write', () => {
  for (const [http, input, problem, output] of [
    ["takes: ['application/xml']", text, /XML, which is neither read nor written here/],
    ["answers: 'application/soap+xml'", text, /XML/, plain],
    ["answers: 'text/html'", text, /is not answered as a text/, plain],
    ["answers: 'image/svg+xml'", text, /XML/, plain],
    ["answers: 'text/csv'", text, /is a text: output/],
    ["takes: ['multipart/mixed']", text, /no media type that a body may come in/],
    ["takes: ['text/csv; charset=utf-8']", text, /parameters such as charset are left out/],
    ["takes: ['text/csv']", text, /so the whole body is one/],
    ["takes: ['image/png'], body: 'a'", text, /comes as bytes/],
    ["takes: ['application/json']", file(), /comes as a part of a form/],
    ["takes: ['application/json'], body: 'a'", file(), /does not carry/],
    ["takes: ['application/x-www-form-urlencoded'], body: 'a'", text, /does not carry/],
    ['takes: []', text, /at least one media type/],
    [
      "takes: ['multipart/form-data']",
      "a: list({ id: 'f_aaa', no: 1, item: 'b', itemId: 'e_bbb', fields: { c: json({ id: 'f_ccc', no: 1, shape: { format: 'file' } }) } })",
      /in which no file stands/,
    ],
    ["takes: ['multipart/form-data']", file(', maxBytes: 4194305'), /maxBytes is a whole number/],
    ["takes: ['multipart/form-data']", file(", mediaTypes: ['png']"), /mediaTypes names types/],
    ["takes: ['multipart/form-data']", file(', properties: {}'), /and nothing beside it/],
    ['', "a: json({ id: 'f_aaa', no: 1, shape: { type: 'string', maxBytes: 3 } })", /are said of a file/],
  ] as const)
    assert.match(problemsOf(http, input, output), problem, `${http} ${input}`);
  const reading = readSystem({
    ...files('', text),
    'operations/it.ts': (files('', text)['operations/it.ts'] ?? '')
      .replace("'POST'", "'GET'")
      .replace("/v1/it',", "/v1/it', takes: ['text/csv'],"),
  });
  assert.ok(!reading.ok && reading.problems.some(({ message }) => /a GET has no body/.test(message)));
});

test('media types are printed as they were read, and taking one less is no longer compatible', () => {
  const read = (http: string): NonNullable<Parameters<typeof printOperation>[0]> => {
    const reading = readSystem(files(http, text));
    assert.ok(reading.ok);
    const [operation] = reading.model.operations;
    assert.ok(operation);
    return operation;
  };
  const both = read("takes: ['application/x-www-form-urlencoded', 'application/json'], answers: 'application/vnd.it+json'");
  assert.deepEqual(
    [both.http.takes, both.http.answers],
    [['application/x-www-form-urlencoded', 'application/json'], 'application/vnd.it+json'],
  );
  const reading = readSystem(files('', text));
  assert.ok(reading.ok);
  const printed = printOperation(
    both,
    { takes: [], statements: "return '';" },
    { model: reading.model, head: { what: 'It.', why: 'it', change: 'c', generator: 'person', date: '2026-11-24' } },
  );
  assert.match(printed, /takes: \['application\/x-www-form-urlencoded', 'application\/json'\],\s+answers: 'application\/vnd\.it\+json'/);
  const told = (was: typeof both, now: typeof both): readonly boolean[] =>
    compareContracts([was], [now], reading.settings).map(({ compatible }) => compatible);
  const form = read("takes: ['application/x-www-form-urlencoded'], answers: 'application/vnd.it+json'");
  assert.deepEqual([told(both, form), told(form, both), told(both, both)], [[false], [true], []]);
});
