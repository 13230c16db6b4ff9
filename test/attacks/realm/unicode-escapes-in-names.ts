/**
 * Tries: names that a search for forbidden words does not see.
 * Must: they name the same things, which lead nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `deed(({}).\\u0063onstructor.\\u{63}onstructor);
deed(({})['\\x63onstruct' + 'or']['constr\\u0075ctor']);
try { deed(\\u0065val); } catch {}
try { deed(pr\\u006fcess); } catch {}`,
};
