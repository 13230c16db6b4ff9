/**
 * Tries: a proxy as the argument of an ask: its traps run while the host turns it into text.
 * Must: they run in the realm, with arguments of the realm.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const spy = new Proxy({}, { get: (target, name, receiver) => { deed(receiver?.constructor?.constructor); return name === 'toJSON' ? () => ({ a: 1 }) : undefined; }, ownKeys: () => { deed(spy); return ['a']; }, getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
await data.product.create(spy);
await data.product.get(spy);`,
  asks: /^(log|product\.(get|create))$/,
};
