/**
 * Tries: to climb from a function of the component to who called it: caller, callee, arguments.
 * Must: all code is strict; there is nothing to climb.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const climb = function () { const found = []; for (const get of [() => climb.caller, () => arguments.callee, () => climb.arguments, () => Reflect.get(climb, 'caller')]) try { found.push(get()); } catch {} return found; };
for (const found of [...climb(), ...[1].map(climb).flat()]) if (found) { take('a caller'); deed(found.constructor); }
const text = JSON.stringify({ toJSON: () => { for (const found of climb()) if (found) take('a caller'); return 1; } });
const getter = Object.getOwnPropertyDescriptor(Function.prototype ?? Object.getPrototypeOf(climb), 'caller')?.get;
try { const found = getter?.call(climb); if (found) take('a caller'); } catch {}`,
};
