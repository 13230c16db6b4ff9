/**
 * Tries: the error of an ask that the machine refused is made outside: its constructor, its cause, its evidence.
 * Must: it is made in the realm, of plain data.
 */
import { refuse } from '#kernel';
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `try { await data.product.get('x'); take('the ask was not refused'); } catch (error) {
  deed(error.constructor.constructor);
  deed(error.evidence?.constructor?.constructor);
  deed(error.cause?.constructor?.constructor);
  deed(Object.getPrototypeOf(error).constructor.constructor);
}`,
  asks: /^(log|product\.get)$/,
  perform: async (capability) => (capability === 'log' ? null : refuse('not-found', 'There is none.', { id: ['x'] })),
};
