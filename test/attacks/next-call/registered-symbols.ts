/**
 * Tries: symbols that are registered for all code: their descriptions, and members hung on them.
 * Must: a symbol holds nothing.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const symbol = Symbol.for('kept');
const found = [symbol.kept, Symbol.keyFor(symbol) === 'kept' ? null : 'strange', Symbol.prototype.kept].filter((each) => each !== undefined && each !== null);
try { symbol.kept = input.secret; } catch {}
try { Symbol.prototype[symbol] = input.secret; take('a symbol was hung on a prototype'); } catch {}
return found;`,
  turns: 2,
};
