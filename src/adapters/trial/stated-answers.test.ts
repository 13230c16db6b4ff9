import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel';
import { statedAnswers } from './stated-answers.ts';

test('a host answers what was stated of it, the longest address first, and no other host does', async () => {
  const outside = statedAnswers();
  const asked = async (url: string): Promise<unknown> => {
    const answer = await outside.send({ url, method: 'GET', headers: {}, body: null, hosts: [], privateHosts: [], wallMs: 1, bytes: 1 });
    return isRefusal(answer) ? answer.code : [answer.status, answer.body];
  };
  assert.equal(await asked('https://api.rates.example/latest'), 'unavailable');
  outside.state('api.rates.example', { rate: 1 }, 200);
  outside.state('api.rates.example/latest', { rate: 2 }, 503);
  assert.deepEqual(await asked('https://api.rates.example/'), [200, { rate: 1 }]);
  assert.deepEqual(await asked('https://api.rates.example/latest?from=EUR'), [503, { rate: 2 }]);
  assert.equal(await asked('https://api.rates.example.org/latest'), 'unavailable');
  outside.state('api.rates.example/latest', { rate: 3 }, 200);
  assert.deepEqual(await asked('https://api.rates.example/latest'), [200, { rate: 3 }]);
});
