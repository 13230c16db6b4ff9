/**
 * Tries: to leave the secret of one call in the global object, under plain and odd names.
 * Must: the next call finds nothing.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const found = [globalThis.kept, globalThis[''], globalThis['__proto__']?.kept, Object.getOwnPropertyDescriptor(globalThis, 'kept')?.value];
try { globalThis.kept = input.secret; } catch {}
try { globalThis[''] = input.secret; } catch {}
try { Object.defineProperty(globalThis, 'kept', { value: input.secret, configurable: true }); } catch {}
return found.filter((each) => each !== undefined);`,
  turns: 2,
};
