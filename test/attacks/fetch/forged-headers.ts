/**
 * Tries: headers that are not a component's: who asks, for whom, with what right, under which key.
 * Must: none goes out; those of the machine stand.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const name of ['host', 'Host', 'HOST', 'authorization', 'Proxy-Authorization', 'cookie', 'Cookie2', 'idempotency-key', 'user-agent', 'origin', 'referer', 'x-forwarded-for', 'X-Forwarded-Host', 'x-real-ip', 'forwarded', 'via', 'x-api-key', 'x-auth-token', 'x-amz-security-token', 'x-aws-ec2-metadata-token', 'metadata', 'x-google-metadata-request', '__proto__', 'constructor', ' host', 'host ', 'x-token']) await attempt(() => fetch(api + '/h', { headers: { [name]: 'forged' } })); await attempt(() => fetch(api + '/h', { headers: [['host', 'forged']] })); await attempt(() => fetch('http://send.test:' + port + '/h', { method: 'POST', headers: { 'Idempotency-Key': 'forged' }, body: 'x' }));",
  watch: ({ heard, said }) => {
    assert.doesNotMatch(heard.join(''), /forged/, said.join('; '));
    for (const request of heard) assert.equal(request.match(/^host: /gim)?.length, 1);
  },
};
