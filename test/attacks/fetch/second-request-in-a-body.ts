/**
 * Tries: a second request hidden in a body, by lengths and codings of its own.
 * Must: one request of the right length is sent.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "const to = 'http://send.test:' + port + '/one'; const evil = '0\\r\\n\\r\\nPOST /two HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n'; for (const headers of [{}, { 'content-length': '1' }, { 'transfer-encoding': 'chunked' }, { 'Content-Length': '1' }, { te: 'trailers' }, { expect: '100-continue' }, { connection: 'keep-alive' }, { trailer: 'x' }, { 'x-note': 'ok' }]) await attempt(() => fetch(to, { method: 'POST', headers, body: evil }));",
  watch: ({ heard, said }) => {
    assert.equal(said.filter((each) => each.includes('"queued":true')).length, 2, said.join('; '));
    assert.equal(heard.length, 2);
    for (const request of heard) {
      const [head = '', ...body] = request.split('\r\n\r\n');
      assert.match(head, /^POST \/one HTTP\/1\.1/);
      assert.equal(Number(/content-length: (\d+)/i.exec(head)?.[1]), body.join('\r\n\r\n').length);
      assert.doesNotMatch(head, /transfer-encoding|expect|trailer/i);
    }
  },
};
