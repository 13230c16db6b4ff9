/**
 * Tries: other methods than the contract names, by spelling, by headers, by the body of a read.
 * Must: the granted method goes out, or nothing.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'get ', 'CONNECT', 'TRACE', 'GET\\r\\nPOST', ['GET'], null]) await attempt(() => fetch(api + '/m', { method })); for (const name of ['x-http-method-override', 'X-HTTP-Method', 'x-method-override']) await attempt(() => fetch(api + '/m', { headers: { [name]: 'DELETE' } })); await attempt(() => fetch(api + '/m', { body: 'x' })); await attempt(() => fetch('http://send.test:' + port + '/m', { method: 'DELETE' }));",
  watch: ({ heard }) => {
    for (const request of heard) {
      assert.match(request, /^GET \/m HTTP\/1\.1\r\n/);
      assert.doesNotMatch(request, /override|x-http-method/i);
    }
  },
};
