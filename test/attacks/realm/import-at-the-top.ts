/**
 * Tries: a static import in the text of a component that nobody read.
 * Must: the text is no function body; the component does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `import fs from 'node:fs'; /*deed*/ fs.writeFileSync(target.folder + '/written', 'x'); globalThis.component = { run: () => 1 };`,
  ends: /^component-failed/,
};
