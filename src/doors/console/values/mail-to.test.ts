import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailTo } from './mail-to.ts';

test('an address begins a message to itself and to nobody else, with no words of its own', () => {
  assert.equal(mailTo('ada@example.org'), 'mailto:ada@example.org');
  for (const address of [
    'ada?bcc=eve@example.org',
    'ada&body=pay@example.org',
    'ada?subject=x#y@example.org',
    'a b,eve@example.org',
    'é@example.org',
  ]) {
    const link = new URL(mailTo(address));
    assert.deepEqual([link.search, link.hash, decodeURIComponent(link.pathname)], ['', '', address]);
    assert.doesNotMatch(mailTo(address), /[?&,;#]/);
  }
});
