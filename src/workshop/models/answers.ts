/** The forms that a model answers in: JSON Schema for it and for the check, types for us. */
import type { ComponentKind, Json, JsonObject } from '#kernel';

export interface AnsweredExample {
  readonly component: string;
  readonly name: string;
  readonly steps: readonly JsonObject[];
}
export type UnderstandAnswer =
  | {
      readonly kind: 'understood';
      readonly statements: readonly string[];
      readonly components: readonly `${ComponentKind}/${string}`[];
      readonly members: readonly string[];
      /** Components that stay as they are, and that what is written may come to. */
      readonly reaches?: readonly string[];
      /** By formula that is there and will differ, the rows for which it may give something else, as a condition. */
      readonly regions?: { readonly [formula: string]: string };
      /** Earlier examples that the request makes untrue: `entity/order#its name`, or all beside `entity/order`. */
      readonly tests?: readonly string[];
      /** What bodies will read and write that they could not before: `order update`. */
      readonly data?: readonly string[];
      readonly examples: readonly AnsweredExample[];
      /** Other examples follow in another answer. */
      readonly more?: boolean;
      readonly risk?: 'medium' | 'high';
      readonly notes?: readonly string[];
    }
  | {
      readonly kind: 'question';
      readonly why: string;
      readonly options: readonly { readonly sentence: string; readonly meaning?: string }[];
    }
  | { readonly kind: 'nothing-to-do'; readonly why: string; readonly components: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

export interface ExamplesAnswer {
  readonly kind: 'examples';
  readonly examples: readonly AnsweredExample[];
  readonly more?: boolean;
}
export type FileAnswer =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly edits: readonly Edit[] }
  | { readonly path: string; readonly remove: true };
export interface Edit {
  readonly find: string;
  readonly replace: string;
}
export type GenerateAnswer =
  /** `more`: other files follow in another answer. */
  | {
      readonly kind: 'candidate';
      readonly files: readonly FileAnswer[];
      readonly more?: boolean;
      readonly notes?: readonly string[];
      /** Examples that are shown, and that cannot hold: the asker is asked about them. */
      readonly disputes?: readonly { readonly example: string; readonly why: string }[];
    }
  | { readonly kind: 'give-up'; readonly why: string };

const sentence = { type: 'string', minLength: 1, maxLength: 1_000 } as const;
const key = { type: 'string', pattern: '^(entity|rule|workflow|operation|view|reaction|job)/[a-z][A-Za-z0-9]{0,60}$' } as const;
const form = (kind: string, properties: { readonly [name: string]: Json }, optional: readonly string[] = []): Json => ({
  type: 'object',
  properties: { kind: { const: kind }, ...properties },
  required: ['kind', ...Object.keys(properties).filter((name) => !optional.includes(name))],
  additionalProperties: false,
});
const oneOf = (forms: readonly Json[]): Json => ({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: forms,
});

const examples = {
  type: 'array',
  maxItems: 80,
  items: {
    type: 'object',
    properties: {
      component: key,
      name: { type: 'string', minLength: 1, maxLength: 200 },
      steps: { type: 'array', minItems: 1, maxItems: 40, items: { type: 'object' } },
    },
    required: ['component', 'name', 'steps'],
    additionalProperties: false,
  },
} as const;
/** Examples beside those that were given with what was understood. */
export const examplesSchema: Json = oneOf([form('examples', { examples, more: { type: 'boolean' } }, ['more'])]);

export const understandSchema: Json = oneOf([
  form(
    'understood',
    {
      statements: { type: 'array', items: sentence, minItems: 1, maxItems: 30 },
      components: { type: 'array', items: key, minItems: 1, maxItems: 80, uniqueItems: true },
      members: { type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: 400 },
      reaches: {
        type: 'array',
        items: { type: 'string', pattern: '^(operation|reaction)/[a-z][A-Za-z0-9]{0,60}$' },
        maxItems: 40,
        uniqueItems: true,
      },
      regions: {
        type: 'object',
        propertyNames: { pattern: '^(rule/[a-z][A-Za-z0-9]{0,60}|entity/[a-z][A-Za-z0-9]{0,60}#field/[a-z][A-Za-z0-9]{0,60})$' },
        additionalProperties: { type: 'string', minLength: 1, maxLength: 2_000 },
        maxProperties: 50,
      },
      tests: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 400 }, maxItems: 200, uniqueItems: true },
      data: {
        type: 'array',
        items: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,60}([.][a-z][A-Za-z0-9]{0,60})?( (read|create|update|delete))?$' },
        maxItems: 200,
        uniqueItems: true,
      },
      examples,
      more: { type: 'boolean' },
      risk: { enum: ['medium', 'high'] },
      notes: { type: 'array', items: sentence, maxItems: 20 },
    },
    ['reaches', 'regions', 'tests', 'data', 'more', 'risk', 'notes'],
  ),
  form('question', {
    why: sentence,
    options: {
      type: 'array',
      maxItems: 5,
      items: { type: 'object', properties: { sentence, meaning: sentence }, required: ['sentence'], additionalProperties: false },
    },
  }),
  form('nothing-to-do', { why: sentence, components: { type: 'array', items: key, minItems: 1, maxItems: 10 } }),
  form('refused', { why: sentence }),
]);

const path = { type: 'string', maxLength: 200 } as const;
export const generateSchema: Json = oneOf([
  form(
    'candidate',
    {
      files: {
        type: 'array',
        minItems: 1,
        maxItems: 160,
        items: {
          type: 'object',
          properties: {
            path,
            text: { type: 'string' },
            edits: {
              type: 'array',
              minItems: 1,
              maxItems: 200,
              items: {
                type: 'object',
                properties: { find: { type: 'string', minLength: 1 }, replace: { type: 'string' } },
                required: ['find', 'replace'],
                additionalProperties: false,
              },
            },
            remove: { const: true },
          },
          required: ['path'],
          additionalProperties: false,
          oneOf: [{ required: ['text'] }, { required: ['edits'] }, { required: ['remove'] }],
        },
      },
      more: { type: 'boolean' },
      notes: { type: 'array', items: sentence, maxItems: 20 },
      disputes: {
        type: 'array',
        maxItems: 10,
        items: {
          type: 'object',
          properties: { example: { type: 'string', minLength: 1, maxLength: 200 }, why: { type: 'string', minLength: 1, maxLength: 500 } },
          required: ['example', 'why'],
          additionalProperties: false,
        },
      },
    },
    ['more', 'notes', 'disputes'],
  ),
  form('give-up', { why: sentence }),
]);
