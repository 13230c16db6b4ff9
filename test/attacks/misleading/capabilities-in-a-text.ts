/**
 * Tries: a second definition in a text or a template that a careless reader takes for the true one.
 * Must: only the syntax counts.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  before: 'const twin = "export default operation({ capabilities: { order: [\'delete\'] } })";',
  body: 'return twin.length;',
  must: 'harmless',
};
