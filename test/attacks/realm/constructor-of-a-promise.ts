/**
 * Tries: to find a maker of code behind the promise of an ask and its methods.
 * Must: the promise is of the realm.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const promise = data.product.get('x');
deed(promise.constructor.constructor);
deed(promise.then.constructor);
deed((await promise).constructor.constructor);`,
  asks: /^(log|product\.get)$/,
};
