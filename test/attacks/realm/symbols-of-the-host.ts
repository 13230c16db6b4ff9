/**
 * Tries: well-known and registered symbols on what the host handed in: inspection hooks, unscopables, hidden members.
 * Must: there are none.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const value of [data, data.product, log, caller, input, sum]) for (let holder = value; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) for (const name of Object.getOwnPropertySymbols(holder)) if (!/^Symbol\\(Symbol\\./.test(String(name))) take(String(name));
for (const name of ['nodejs.util.inspect.custom', 'nodejs.util.promisify.custom', 'nodejs.rejection']) { const symbol = Symbol.for(name); if ([data, log, caller].some((value) => value[symbol] !== undefined)) take(name); }`,
};
