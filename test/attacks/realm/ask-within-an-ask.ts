/**
 * Tries: a toJSON that asks again while it is turned into text, to confuse the count and the pairing of asks and answers.
 * Must: each ask is counted, and each answer goes to its own ask.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const answers = await Promise.all([data.product.create({ toJSON: () => { data.product.get('inner'); return { n: 'outer' }; } }), data.product.get('last')]);
if (answers[0].capability !== 'product.create' || answers[1].capability !== 'product.get') take('an answer went astray');`,
  asks: /^(log|product\.(get|create))$/,
};
