import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { JsonObject } from '#kernel';
import { firstGeneration } from '../specimen/machine.ts';
import { specimenModel } from '../specimen/model.ts';
import { type Called, serveSpecimen, type ServedSpecimen } from '../specimen/serve-specimen.ts';
import { openApiOf } from './open-api.ts';

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: JsonObject } } };
  readonly responses: {
    readonly [status: string]: { readonly $ref?: string; readonly content?: { readonly [type: string]: { readonly schema: JsonObject } } };
  };
}
interface Document {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: { readonly responses: { readonly [name: string]: Operation['responses'][string] } };
}

describe('OpenAPI', () => {
  let shop: ServedSpecimen;
  let document: Document;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  before(async () => {
    shop = await serveSpecimen();
    const { json } = await shop.call('GET', '/openapi.json');
    document = json as unknown as Document;
    ajv.addSchema(json, 'openapi');
  });
  after(() => shop.close(0));

  it('is a valid document of version 3.1 by the judgement of others', async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(openApiOf(specimenModel, firstGeneration))));
    assert.deepEqual(result, { valid: true });
  });

  it('marks what is sensitive, in rows and in what makes and alters them, and says who is shown it', () => {
    const { schemas } = openApiOf(specimenModel, firstGeneration)['components'] as unknown as {
      readonly schemas: { readonly [name: string]: { readonly properties: { readonly [field: string]: JsonObject } } };
    };
    const shown = specimenModel.settings.roles.filter((role) => role.sensitive).map((role) => role.name);
    for (const entity of specimenModel.entities)
      for (const field of entity.fields) {
        const name = `${entity.name.slice(0, 1).toUpperCase()}${entity.name.slice(1)}`;
        const member = schemas[name]?.properties[field.name];
        if (!field.sensitive) continue;
        assert.equal(member?.['x-sensitive'], true, field.name);
        assert.match(String(member?.['description']), new RegExp(shown.join(', ')));
        assert.equal(schemas[`${name}.Change`]?.properties[field.name]?.['x-sensitive'], true);
      }
    const marked = JSON.stringify(schemas).match(/"x-sensitive":true/g)?.length ?? 0;
    assert.ok(marked >= 2, `${marked} are marked`);
    assert.equal(schemas['Customer']?.properties['name']?.['x-sensitive'], undefined);
  });

  it('gives every operation an id of its own', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((operation) => operation.operationId));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length >= 15);
  });

  it('allows what each operation answers, to good and to bad requests', async () => {
    const customer = String((await shop.call('POST', '/api/customers', { body: { name: 'Ada' } })).json['id']);
    const order = String((await shop.call('POST', '/api/sales-orders', { body: { customer, lines: [{ quantity: 2 }] } })).json['id']);
    const good: { readonly [schema: string]: unknown } = {
      'Customer.New': { name: 'Bea', extra: [1, null] },
      'Customer.Change': { note: 'x' },
      'SalesOrder.New': { customer },
      'SalesOrder.Change': { status: 'open' },
      'Operation.CancelSalesOrder.Input': {},
      'Operation.PlaceSalesOrder.Input': { customer },
      'Operation.Ping.Input': {},
    };
    let answered = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods).sort(([a], [b]) => Number(a === 'delete') - Number(b === 'delete'))) {
        const known = path.replace('{id}', path.includes('customers') ? customer : order) + (path === '/api/quote' ? '?quantity=1' : '');
        const name = (operation.requestBody?.content['application/json'].schema['$ref'] as string | undefined)?.split('/').at(-1);
        const body = operation.requestBody === undefined ? {} : { body: name === undefined ? {} : good[name] };
        const tries: readonly Called[] = [
          await shop.call(method.toUpperCase(), known, { as: 'manager', ...body }),
          await shop.call(method.toUpperCase(), path.replace('{id}', 'nothing'), { as: 'manager', ...body }),
          await shop.call(method.toUpperCase(), `${known}${known.includes('?') ? '&' : '?'}colour=red`, {
            as: 'viewer',
            ...(operation.requestBody === undefined ? {} : { body: { colour: 'red' } }),
          }),
          await shop.call(method.toUpperCase(), known, { as: null, ...body }),
        ];
        for (const answer of tries) {
          allows(operation, `${method} ${path}`, answer);
          answered++;
        }
        assert.ok((tries[0]?.status ?? 500) < 300, `${method} ${path} answered ${tries[0]?.text}`);
      }
    }
    assert.ok(answered >= 60);
  });

  it('refuses by its schema what the interface refuses', async () => {
    for (const body of [
      {},
      { name: '' },
      { name: 'A', colour: 1 },
      { name: 'A', tier: 'lead' },
      { name: 'A', patience: -1 },
      { name: 'A', creditLimit: { amount: '1.234', currency: 'EUR' } },
      { name: 'A', weight: 1 },
    ]) {
      const check = ajv.compile({ $ref: 'openapi#/components/schemas/Customer.New' });
      assert.equal(check(body), false, JSON.stringify(body));
      assert.equal((await shop.call('POST', '/api/customers', { body })).status, 422, JSON.stringify(body));
    }
  });

  function allows(operation: Operation, place: string, answer: Called): void {
    const stated = operation.responses[String(answer.status)];
    assert.ok(stated !== undefined, `${place} answers ${answer.status}, which is not described`);
    const response = stated.$ref === undefined ? stated : document.components.responses[stated.$ref.split('/').at(-1) ?? ''];
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (response?.content === undefined) {
      assert.equal(answer.text, '');
      return;
    }
    const schema = response.content[type]?.schema;
    assert.ok(schema !== undefined, `${place} answers ${type}`);
    const check = ajv.compile({ $ref: `openapi${String(schema['$ref'])}` });
    assert.ok(check(answer.json), `${place} ${answer.status}: ${ajv.errorsText(check.errors)} in ${answer.text}`);
  }
});
