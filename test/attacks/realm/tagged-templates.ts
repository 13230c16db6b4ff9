/**
 * Tries: the object of a tagged template is one and the same at each call: to write upon it.
 * Must: it is frozen, deeply.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const keep = (strings) => strings;
const object = keep\`a\`;
try { object.kept = 1; take('a template was altered'); } catch {}
try { object.raw.kept = 1; take('a template was altered'); } catch {}
deed(object.constructor.constructor);`,
};
