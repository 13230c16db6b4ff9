/**
 * Tries: revivers and replacers run in the middle of the engine's own parsing, with the holder as receiver.
 * Must: they are given values of the realm.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `JSON.parse('{"a":{"b":[1]}}', function (key, value, context) { deed(this.constructor.constructor); deed(context?.constructor?.constructor); if (key === 'b') this.c = this; return value; });
JSON.stringify({ a: 1 }, function (key, value) { deed(this.constructor.constructor); return value; });
deed(JSON.rawJSON?.('1')?.constructor?.constructor);`,
};
