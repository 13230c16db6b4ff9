/**
 * Tries: a comment that names another source for what fails.
 * Must: it is a comment, nothing is loaded for it.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'return null;\n//# sourceMappingURL=file:///etc/passwd\n//# sourceURL=node:internal/process',
  must: 'harmless',
};
