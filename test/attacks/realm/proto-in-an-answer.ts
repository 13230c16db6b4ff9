/**
 * Tries: a row whose field is called __proto__, to alter the prototype of what it is copied into.
 * Must: it is a field as any other.
 */
import type { Json } from '#kernel';
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const row0 = await data.product.get('x');
const copy = { ...row0, ...Object.assign({}, JSON.parse(JSON.stringify(row0))) };
if (({}).strange !== undefined || [].strange !== undefined) take('a prototype was altered');`,
  asks: /^(log|product\.get)$/,
  perform: async () => JSON.parse('{"__proto__":{"strange":1},"constructor":{"prototype":{"strange":1}}}') as Json,
};
