/**
 * Tries: a granted name as the user of another host, before a backslash, behind a fragment, in a query.
 * Must: the host that is asked is the one that is judged; no user goes along.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const url of ['http://api.test:' + port + '@127.0.0.1:' + insidePort + '/', 'http://127.0.0.1:' + insidePort + '#@api.test:' + port + '/', 'http://127.0.0.1:' + insidePort + '?@api.test:' + port, 'http://127.0.0.1:' + insidePort + '\\\\@api.test:' + port + '/', 'http://api.test:' + port + '%40127.0.0.1:' + insidePort + '/', 'http://me:secret@api.test:' + port + '/', 'http://@127.0.0.1:' + insidePort + '/api.test']) await attempt(() => fetch(url));",
  watch: ({ said, heard }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.deepEqual(heard, []);
  },
};
