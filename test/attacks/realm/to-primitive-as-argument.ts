/**
 * Tries: an object that becomes a text when the host wants a name: code that runs between the check and the use.
 * Must: the name is taken once.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `let turn = 0;
const name = { [Symbol.toPrimitive](hint) { deed(this.constructor.constructor); turn += 1; return turn === 1 ? 'granted' : 'other'; } };
await emit(name, {});
if (turn !== 1) take(\`the name was asked \${turn} times\`);`,
  asks: /^(log|emit\.granted)$/,
};
