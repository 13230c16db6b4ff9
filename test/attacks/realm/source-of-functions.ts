/**
 * Tries: to read the host's own program out of its functions, and secrets with it.
 * Must: what can be read holds no secret, no path.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const given of [log, emit, random, data.product.get, refuse, sum]) {
  const source = Object.getPrototypeOf(() => {}).toString.call(given);
  if (/(\\/(tmp|home|usr|proc|work|root)\\/|password|postgres|canary)/i.test(source)) take(source);
}`,
};
