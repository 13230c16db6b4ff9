/**
 * Tries: Error.stackTraceLimit is one for all: to set it, and read it at the next call.
 * Must: it cannot be set.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const was = Error.stackTraceLimit;
try { Error.stackTraceLimit = 1_000 + input.turn; } catch {}
if (was !== undefined && was > 1_000) take(\`it was \${was}\`);`,
  turns: 2,
};
