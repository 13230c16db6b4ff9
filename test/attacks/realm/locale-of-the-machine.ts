/**
 * Tries: to learn language and time zone of the machine by what is written for a place.
 * Must: everybody sees one language, whatever the machine is set to.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `return [(1234.5).toLocaleString(), 'I'.toLocaleLowerCase(), ['z', 'ä', 'a'].sort((a, b) => a.localeCompare(b)).join(''), (10n ** 6n).toLocaleString()];`,
  ends: /"said":\["1,234.5","i","aäz","1,000,000"\]/,
};
