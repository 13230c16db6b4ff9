/**
 * Tries: to put a then of one's own before that of promises, so that the host's own waiting runs through it.
 * Must: the prototype is frozen; a then on one promise sees only what the component itself waits for.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const was = Promise.prototype.then;
try { Promise.prototype.then = function (...handlers) { take('all waiting runs through the component'); return was.apply(this, handlers); }; take('then was overridden'); } catch {}
try { Object.defineProperty(Promise.prototype, 'then', { value: () => take('then') }); take('then was defined'); } catch {}
for (const name of ['catch', 'finally']) try { Promise.prototype[name] = () => take(name); take(\`\${name} was overridden\`); } catch {}
const promise = data.product.get('x');
promise.then = function (resolve, reject) { deed(resolve.constructor); deed(reject.constructor); return was.call(this, resolve, reject); };
await promise;`,
  asks: /^(log|product\.get)$/,
};
