/**
 * Tries: to be handed the resolving functions of the host by a species or a constructor of one's own.
 * Must: what is handed over is of the realm; what is frozen stays frozen.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const spy = function (executor) { executor((value) => { deed(value?.constructor?.constructor); }, (reason) => { deed(reason?.constructor?.constructor); }); deed(executor.constructor); };
try { Object.defineProperty(Promise, Symbol.species, { get: () => spy }); take('the species of promises was changed'); } catch {}
try { Promise.prototype.constructor = spy; take('the constructor of promises was changed'); } catch {}
class Own extends Promise { static get [Symbol.species]() { return spy; } }
Own.resolve(1).then(() => 1);
const promise = data.product.get('x');
try { Object.defineProperty(promise, 'constructor', { value: Own }); } catch {}
try { promise.then(() => 1); } catch {}`,
  asks: /^(log|product\.get)$/,
};
