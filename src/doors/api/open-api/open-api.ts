/** The live OpenAPI 3.1.1 document of one generation, from its model alone: every entity, operation, approval and view, every error, what keeps writes safe. */
import { type Digest, type Json, type JsonObject, refusalCodes } from '#kernel';
import type { SystemModel } from '#model';
import { withNamedShapes } from './named-shapes.ts';
import { paths } from './paths.ts';
import { rowSchemas } from './row-schemas.ts';

const actions: JsonObject = {
  type: 'object',
  required: ['version', 'actions'],
  properties: {
    version: { type: 'integer', description: 'Of the row that was judged.' },
    actions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'method', 'path', 'allowed', 'code', 'why'],
        properties: {
          name: { type: 'string' },
          method: { type: 'string' },
          path: { type: 'string', description: 'Of this very row.' },
          allowed: {
            type: 'boolean',
            description:
              'Whether it would be taken now. Of an operation: whether its body would run; what the body says is not known before.',
          },
          code: { type: ['string', 'null'], description: 'Of the refusal that it would get.' },
          why: { type: ['string', 'null'] },
        },
      },
    },
  },
};

export function openApiOf(model: SystemModel, generation: Digest, sessionCookie = 'theseus_session'): JsonObject {
  const { name } = model.settings;
  return {
    openapi: '3.1.1',
    info: {
      title: name,
      version: generation.slice('sha256:'.length, 'sha256:'.length + 12),
      description: `The interface of ${name}. It follows the generation that serves; each answer names it in the header Theseus-Generation.`,
      'x-theseus-generation': generation,
    },
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    servers: [{ url: '/' }],
    security: [{ key: [] }, { basic: [] }, { session: [] }],
    tags: [...model.entities.map((entity) => ({ name: entity.plural })), ...(model.views.length > 0 ? [{ name: 'views' }] : [])],
    paths: paths(model),
    components: {
      schemas: {
        ...withNamedShapes(rowSchemas(model), model),
        'Theseus.Comparison': {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in'].map((name) => [name, { type: 'string' }])),
        },
        'Theseus.Actions': actions,
        'Theseus.Problem': {
          type: 'object',
          required: ['type', 'title', 'status', 'detail', 'code'],
          properties: {
            type: { type: 'string', format: 'uri-reference' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string', description: 'What is wrong, and what to do.' },
            code: { type: 'string', enum: [...Object.keys(refusalCodes), 'bug'] },
            evidence: { description: 'A witness: of values that are not allowed, `fields` with a message by place.' },
          },
        },
      },
      responses: problems(),
      headers: {
        ETag: { description: 'The version of the row; send it as If-Match to write only what you have read.', schema: { type: 'string' } },
        Location: { description: 'The path of the new row.', schema: { type: 'string' } },
        'Theseus-Generation': {
          description: 'The generation that answered.',
          schema: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
        },
      },
      parameters: {
        id: { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        ifMatch: {
          name: 'If-Match',
          in: 'header',
          required: false,
          description: 'The ETag that was read; where the row has moved on, the answer is 412.',
          schema: { type: 'string' },
        },
        idempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description:
            'The same key of the same caller acts once and answers the same; with another body it is 422. It is kept for seven days at least.',
          schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
        },
        limit: { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 500 } },
        cursor: { name: 'cursor', in: 'query', required: false, description: '`next` of the page before.', schema: { type: 'string' } },
      },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        basic: { type: 'http', scheme: 'basic', description: 'The same key as the user name without a password, or as the password.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: 'The session of a browser that signed in by a one-time link.',
        },
      },
    },
  };
}

/** One response a status: which codes it has, as a problem document. */
function problems(): JsonObject {
  const byStatus = new Map<number, string[]>();
  for (const [code, { status }] of Object.entries(refusalCodes)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  byStatus.set(500, ['bug']);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]): readonly [string, Json] => [
      `Problem${status}`,
      {
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Theseus.Problem' } } },
      },
    ]),
  );
}
