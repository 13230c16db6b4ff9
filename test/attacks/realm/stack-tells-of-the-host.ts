/**
 * Tries: to read paths, program texts and arguments of the host out of stacks.
 * Must: a stack names the component and the realm, no place of the machine.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const stacks = [];
try { null.x; } catch (error) { stacks.push(error.stack); }
try { await data.product.get(1n); } catch (error) { stacks.push(error.stack); }
try { await data.product.get('x'); } catch (error) { stacks.push(error.stack); }
for (const stack of stacks) if (/(file:|node:|\\/(tmp|home|usr|proc|work|var|root)\\b|node_modules)/.test(String(stack))) take(stack);`,
  asks: /^(log|product\.get)$/,
};
