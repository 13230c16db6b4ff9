/**
 * Tries: static methods of Promise with a constructor of one's own are handed inner functions of the engine.
 * Must: those functions lead nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const name of ['all', 'allSettled', 'any', 'race', 'resolve', 'withResolvers', 'try']) try {
  Promise[name].call(function (executor) { executor((...given) => given.forEach((each) => deed(each?.constructor?.constructor)), (...given) => given.forEach((each) => deed(each?.constructor?.constructor))); deed(executor.constructor); this.then = () => {}; }, [{ then: (resolve, reject) => { deed(resolve.constructor); deed(reject.constructor); } }]);
} catch (error) { deed(error.constructor.constructor); }`,
};
