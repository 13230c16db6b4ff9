/**
 * Tries: to build the removed constructors with a new target of one's own, or by subclasses of what is left of them.
 * Must: nothing that makes code can be built.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const kinds = [() => {}, async () => {}, function* () {}, async function* () {}].map((kind) => Object.getPrototypeOf(kind).constructor);
for (const kind of kinds) {
  for (const target of [Object, Array, class {}, function () {}]) try { deed(Reflect.construct(kind, ['return process'], target)); } catch {}
  try { deed(() => Reflect.construct(Object, [], kind)); } catch {}
  try { deed(new (class extends kind {})('return process')); } catch {}
  try { const made = kind.call(null, 'return process'); deed(() => made); } catch {}
  try { deed(kind.bind(null)); } catch {}
}`,
};
