/**
 * Tries: the statics of RegExp hold the last match of anybody.
 * Must: there are none.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const found = ['$1', '$_', '$&', 'input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', "$'", '$\`', '$+'].map((name) => RegExp[name]).filter((each) => each !== undefined);
/(given.*)/.exec(input.secret);
return found;`,
  turns: 2,
};
