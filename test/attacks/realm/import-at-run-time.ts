/**
 * Tries: to load modules of Node, of the disk and of a text.
 * Must: nothing is loaded.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const name of ['node:fs', 'fs', 'node:child_process', '/etc/passwd', 'file:///etc/passwd', 'data:text/javascript,export default 1', 'isolated-vm', './x.js']) try { const module = await import(name); take(\`imported \${name}\`); deed({ getBuiltinModule: () => module }); } catch (error) { deed(error.constructor.constructor); }`,
};
