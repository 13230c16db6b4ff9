/**
 * Tries: to let the stack end inside functions of the host, whose error then is the host's own (the classic of vm2).
 * Must: whatever error is thrown at whatever depth leads nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const uses = [() => log('x'), () => data.product, () => emit('x', {}), () => random(), () => JSON.stringify({ a: [1] }), () => Promise.resolve().then(() => 1)];
for (const use of uses) {
  const sink = (depth) => { try { return sink(depth + 1); } catch (error) { deed(error.constructor.constructor); try { use(); } catch (inner) { deed(inner.constructor.constructor); } throw error; } };
  try { sink(0); } catch (error) { deed(error.constructor.constructor); }
}`,
  caps: { capabilityCalls: 10_000, bytes: 5_000_000 },
  asks: /^(log|emit\.x)$/,
};
