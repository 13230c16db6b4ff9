/**
 * Tries: to end the stack, in plain calls, in getters, in toString, in JSON.
 * Must: an error of the component.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const sink = () => sink();
const loop = { get a() { return this.a; }, toString() { return \`\${this}\`; }, toJSON() { return JSON.stringify(this); } };
for (const go of [sink, () => loop.a, () => \`\${loop}\`, () => JSON.stringify(loop)]) try { go(); take('no end'); } catch {}
sink();`,
  ends: /^component-failed/,
};
