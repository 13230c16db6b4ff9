/**
 * Tries: line ends and spaces in paths, queries and fragments, to write a second request.
 * Must: one request of one line goes out, or none.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const path of ['/a\\r\\nx-injected: 1', '/a HTTP/1.1\\r\\n\\r\\nGET /admin', '/a\\u010d\\u010aGET /admin', '/a?b=\\r\\nx-injected: 1', '/a%0d%0ax-injected:%201', '/a#\\r\\nx-injected']) await attempt(() => fetch(api + path));",
  watch: ({ heard }) => {
    for (const request of heard) {
      assert.match(request, /^GET \/a\S* HTTP\/1\.1\r\n/);
      assert.equal(request.split('\r\n\r\n').length, 2, request);
      assert.doesNotMatch(request, /\nx-injected|\nGET/);
    }
  },
};
