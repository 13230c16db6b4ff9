/**
 * Tries: files, data and other schemes, by each spelling.
 * Must: nothing is opened, and nothing is answered.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const url of ['file:///etc/passwd', 'FILE:/etc/passwd', 'file://api.test:' + port + '/etc/passwd', 'data:application/json,{\"a\":1}', 'ftp://api.test:' + port + '/', 'ws://api.test:' + port + '/', 'blob:http://api.test:' + port + '/x', 'javascript:1', 'about:blank', 'node:fs', 'unix:/tmp/x', 'gopher://api.test:' + port + '/', 'view-source:http://api.test:' + port + '/', '//api.test:' + port + '/', 'http:', 'http:///']) await attempt(() => fetch(url));",
  watch: ({ said, heard }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.doesNotMatch(said.join(), /root:/);
    assert.deepEqual(heard, []);
  },
};
