/**
 * Tries: a regular expression of the text keeps its place (lastIndex) from call to call.
 * Must: each call has its own.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  before: `const walk = /g/g;`,
  body: `const at = walk.lastIndex + (() => /a/g)().lastIndex;
walk.lastIndex = input.turn * 100;
(() => /a/g)().lastIndex = 7;
if (at !== 0) take(\`a place was kept: \${at}\`);`,
  turns: 2,
};
