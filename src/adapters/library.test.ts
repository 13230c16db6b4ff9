import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { wordsOf } from '#retrieve';
import { startThrowAwayServer } from '#store/server';
import { openLibrary } from './library.ts';
import { pdfText } from './library/pdf-text.ts';
import { packedPdf, pdfOf } from './specimen/pdf-of.ts';

const server = await startThrowAwayServer();
const databaseUrl = server.url('workshop', 'theseus');
const records = new pg.Client({ connectionString: databaseUrl });
await records.connect();
const folders: string[] = [];
after(async () => {
  await records.end();
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A library over a folder of these files alone. */
async function libraryOf(files: { readonly [path: string]: string | Buffer }) {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  folders.push(folder);
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(files)) put(path, content);
  const told: string[] = [];
  const library = openLibrary({ databaseUrl, folder, words: wordsOf, log: (line) => void told.push(line), patienceMs: 60_000 });
  const find = async (question: string): Promise<readonly string[]> =>
    (await library.find(new Map(wordsOf(question).map((word) => [word, 1])), 10)).passages.map(({ source }) => source);
  return { folder, put, told, find, library };
}
const skipped = async (): Promise<{ readonly [path: string]: string | null }> =>
  Object.fromEntries(
    (await records.query<{ path: string; skipped: string | null }>('select path, skipped from theseus.documents')).rows.map((row) => [
      row.path,
      row.skipped,
    ]),
  );

test('a passage is found by its words in any of their forms, the one with the rarest words first', async () => {
  const { find, library } = await libraryOf({
    'fees.md': '# Fees\n\nA cancellation within three days costs half of the price.',
    'rules/house.txt': 'The price of everything stands on the wall. The wall is white.',
  });
  assert.deepEqual(await find('cancelled, price'), ['fees.md#1', 'rules/house.txt#1']);
  assert.deepEqual(await find('white walls'), ['rules/house.txt#1']);
  assert.deepEqual(await find('nothing of that'), []);
  await library.close();
});

test('a misspelt word finds what is spelt alike', async () => {
  const { find, library } = await libraryOf({ 'fees.md': 'The surcharge for hazardous goods is ten percent.' });
  assert.deepEqual(await find('hazardus'), ['fees.md#1']);
  await library.close();
});

test('what differs in the folder is read again at the next question, what is gone is not found any more', async () => {
  const { find, put, folder, library } = await libraryOf({ 'one.md': 'apples', 'two.md': 'pears' });
  assert.deepEqual(await find('apples pears'), ['one.md#1', 'two.md#1']);
  put('one.md', 'plums and more plums');
  rmSync(join(folder, 'two.md'));
  assert.deepEqual(await find('apples pears'), []);
  assert.deepEqual(await find('plums'), ['one.md#1']);
  await library.close();
});

test('long documents are cut into passages of whole paragraphs, under their heading', async () => {
  const long = Array.from(
    { length: 40 },
    (_, at) => `Clause ${at} of the statute speaks at some length of duties, sums and days of grace.`,
  );
  const { library } = await libraryOf({ 'statute.md': `# Statute\n\n${long.join('\n\n')}` });
  const { passages } = await library.find(new Map([['claus', 1]]), 10);
  assert.ok(passages.length > 2);
  for (const { text } of passages) {
    assert.ok(text.length <= 1_100, String(text.length));
    assert.match(text, /^# Statute\n\n/);
  }
  await library.close();
});

test('a PDF is read in a process of its own', async () => {
  const { find, told, library } = await libraryOf({ 'tariff.pdf': pdfOf('The levy is three euro twenty a night.') });
  assert.deepEqual(await find('levy a night'), ['tariff.pdf#1']);
  assert.deepEqual(told, []);
  await library.close();
});

test('binary junk, broken text and PDF that is none are skipped with a reason, and what lies beside them is found', async () => {
  const { find, told, folder, library } = await libraryOf({
    'good.md': 'The lending period is four weeks.',
    'nul.txt': Buffer.from('lending\u0000period'),
    'latin.txt': Buffer.from([0x6c, 0xe4, 0x6e, 0x67, 0x65, 0xff]),
    'escapes.txt': `\u001b[31m${'\u0007'.repeat(200)} lending period`,
    'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
    'empty.md': '  \n',
    'named.pdf': 'lending period, and no PDF at all',
    'broken.pdf': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256))]),
    'large.txt': 'lending '.repeat(200_000),
  });
  symlinkSync('/etc/hostname', join(folder, 'link.txt'));
  assert.deepEqual(await find('lending period hostname'), ['good.md#1']);
  const reasons = await skipped();
  assert.equal(reasons['good.md'], null);
  for (const path of [
    'nul.txt',
    'latin.txt',
    'escapes.txt',
    'picture.png',
    'empty.md',
    'named.pdf',
    'broken.pdf',
    'large.txt',
    'link.txt',
  ]) {
    assert.equal(typeof reasons[path], 'string', path);
    assert.ok(
      told.some((line) => line.includes(path)),
      path,
    );
  }
  await find('again');
  assert.equal(told.filter((line) => line.includes('nul.txt')).length, 1, 'each is told once');
  await library.close();
});

test('a PDF that is read for too long, or says too much, is skipped', async () => {
  const bytes = pdfOf('word '.repeat(2_000));
  assert.ok('skipped' in (await pdfText(bytes, { memoryMb: 256, wallMs: 1, characters: 1_000 })));
  const cut = await pdfText(bytes, { memoryMb: 256, wallMs: 30_000, characters: 100 });
  assert.ok('text' in cut && cut.text.length === 100);
  const large = await pdfText(bytes, { memoryMb: 8, wallMs: 30_000, characters: 1_000 });
  assert.ok('skipped' in large, 'no room to load the parser');
});

test('a small PDF that unfolds to a large page is ended by its memory', async () => {
  const bomb = packedPdf(Buffer.alloc(300_000_000, ' '));
  assert.ok(bomb.length < 500_000);
  const read = await pdfText(bomb, { memoryMb: 128, wallMs: 60_000, characters: 1_000 });
  assert.match('skipped' in read ? read.skipped : '', /takes more than 256 MB/);
});

test('a folder that is not there is told, and finds nothing', async () => {
  const told: string[] = [];
  const library = openLibrary({ databaseUrl, folder: '/nowhere/at/all', words: wordsOf, log: (line) => void told.push(line) });
  await library.find(new Map([['levi', 1]]), 10);
  assert.match(told.join('\n'), /cannot be looked at/);
  await library.close();
});

test('words of a question are never syntax of a statement', async () => {
  const { library } = await libraryOf({ 'one.md': 'plain' });
  const found = await library.find(
    new Map([
      ["'|!&<->:*\\", 1],
      ['%_', 1],
      ['plain', 1],
    ]),
    10,
  );
  assert.deepEqual(
    found.passages.map(({ source }) => source),
    ['one.md#1'],
  );
  await library.close();
});
