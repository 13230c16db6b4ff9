/** What becomes of files that a person chose: taken as text, or refused in words while the rest stays. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attachmentCaps } from '#api/client';
import { attach, type Attached, type ChosenFile, detach, nothingAttached, readFileText } from './attached-files.ts';

const file = (name: string, content: string | Uint8Array<ArrayBuffer>): ChosenFile => new File([content], name);
const chosen = async (before: Attached, ...files: readonly ChosenFile[]): Promise<Attached> =>
  attach(before, await Promise.all(files.map(readFileText)));

describe('files that are attached to a request', () => {
  it('are taken as text, under a name that may travel, and told with their size', async () => {
    const { documents, told, refused } = await chosen(nothingAttached, file('openapi (1).yaml', 'openapi: 3.1.0\n'), file('.notes', 'ä'));
    assert.deepEqual(documents, [
      { name: 'openapi -1-.yaml', text: 'openapi: 3.1.0\n' },
      { name: 'notes', text: 'ä' },
    ]);
    assert.equal(told, 'Attached: openapi -1-.yaml, 15 characters; notes, one character.');
    assert.deepEqual(refused, []);
  });

  it('lose the mark of the byte order, and take the place of an earlier one of their name', async () => {
    const first = await chosen(nothingAttached, file('a.json', '\ufeff{}'));
    assert.deepEqual(first.documents, [{ name: 'a.json', text: '{}' }]);
    assert.deepEqual((await chosen(first, file('a.json', '[]'))).documents, [{ name: 'a.json', text: '[]' }]);
    assert.deepEqual(detach(first, 'a.json').documents, []);
  });

  it('say nothing by their names: what turns text round, marks up or leads out of a folder is gone, taken or refused', async () => {
    const { documents, refused, told } = await chosen(
      nothingAttached,
      file('../../etc/\u202epasswd.md', 'a'),
      file('<img src=x onerror=alert(1)>.html', '<script>alert(1)</script>'),
      file('\u202egnp.exe', ''),
      file('\u0000\r\nSet-Cookie: a=b', '\u0000'),
    );
    assert.deepEqual(
      documents.map(({ name }) => name),
      ['etc-passwd.md', 'img src-x onerror-alert-1-.html'],
    );
    assert.deepEqual(refused, [
      'gnp.exe is empty.',
      'Set-Cookie- a-b is no text in UTF-8. Save it as text, Markdown, JSON or YAML and attach that.',
    ]);
    assert.doesNotMatch([told, ...refused].join(' '), /[\u202a-\u202e\u2066-\u2069\0\r\n<>]/);
  });

  it('are refused where they are no text, empty or too large, and the others are taken', async () => {
    const { documents, refused } = await chosen(
      nothingAttached,
      file('logo.png', Uint8Array.of(0x89, 0x50, 0xff, 0xfe)),
      file('nul.txt', 'a\u0000b'),
      file('empty.md', ' \n'),
      { name: 'dump.sql', size: 5_000_000, arrayBuffer: () => assert.fail('it is not read') },
      { name: 'folder', size: 0, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) },
      file('good.md', 'Good.'),
    );
    assert.deepEqual(documents, [{ name: 'good.md', text: 'Good.' }]);
    assert.deepEqual(
      refused.map((why) => /no text|empty|too large|cannot be read/.exec(why)?.[0]),
      ['no text', 'no text', 'empty', 'too large', 'cannot be read'],
    );
  });

  it('are as many and as long together as the door takes, and not one more', async () => {
    const many = Array.from({ length: attachmentCaps.files + 1 }, (_, at) => file(`part${at}.md`, 'a'));
    const full = await chosen(nothingAttached, ...many);
    assert.equal(full.documents.length, attachmentCaps.files);
    assert.match(full.refused[0] ?? '', /^part8\.md \(one character\) is not attached: a request takes at most 8 documents/);
    const half = 'a'.repeat(attachmentCaps.characters / 2);
    const long = await chosen(nothingAttached, file('a.md', half), file('b.md', half), file('c.md', 'a'));
    assert.deepEqual([long.documents.length, long.refused.length], [2, 1]);
    const wide = await chosen(nothingAttached, file('wide.md', '語'.repeat(350_000)));
    assert.match(wide.refused[0] ?? '', /bytes together as they travel/);
  });
});
