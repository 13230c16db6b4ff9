/** What callers put into headers is read by the names that the contract has, and nothing else is. */
import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { type Field, isRefusal, type OperationContract, type PermanentId } from '#kernel';
import type { RouteRequest } from '../routes.ts';
import { placesOf, valuesOf } from './operation-request.ts';

const field = (name: string): Field => ({
  id: `f_${name}` as PermanentId,
  no: 1,
  name,
  type: { kind: 'text' },
  required: false,
  unique: false,
  sensitive: false,
});
const settings = { currency: { code: 'EUR', digits: 2 }, zone: 'UTC' };

test('names that every object has are headers like others: absent where nobody sent them', async () => {
  const input = [field('one'), field('two')];
  const http: OperationContract['http'] = {
    method: 'GET',
    path: '/api/operations/find',
    status: 200,
    headers: ['one', 'two'],
    names: { one: 'constructor', two: 'valueof' },
  };
  const operation = { http, input } as unknown as OperationContract;
  const incoming = new IncomingMessage(new Socket());
  const request = {
    incoming,
    identity: { caller: { id: 'c', name: 'C', roles: [] } },
    search: '',
    parameter: () => '',
  } as unknown as RouteRequest;
  const read = async (): Promise<unknown> => {
    const found = await valuesOf(request, operation, placesOf(operation), settings as never);
    return isRefusal(found) ? found : found.values;
  };
  const none = await read();
  incoming.headers['constructor'] = 'said' as never;
  const said = await read();
  assert.deepEqual([none, said], [{}, { one: 'said' }]);
});
