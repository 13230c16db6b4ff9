/**
 * Tries: the return of an async generator waits for a thenable in the engine's own code (a way out of several sandboxes).
 * Must: what the thenable is handed is of the realm.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const walk = async function* () { try { yield 1; } finally { yield { then: (resolve) => { deed(resolve.constructor); resolve(2); } }; } };
const steps = walk();
await steps.next();
for (const wait of [{ then: (resolve, reject) => { deed(resolve.constructor); deed(reject.constructor); resolve(1); } }, { get then() { deed(this.constructor.constructor); throw new Error('x'); } }]) try { await steps.return(wait); } catch (error) { deed(error.constructor.constructor); }
for await (const each of [Promise.reject(new Error('y')).catch((error) => error)]) deed(each.constructor.constructor);`,
};
