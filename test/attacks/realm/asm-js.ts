/**
 * Tries: asm.js, which V8 compiles by its own way, linked with a heap and functions of the component.
 * Must: it computes or is refused, and reaches nothing.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const module = function (library, foreign, heap) { 'use asm'; var bytes = new library.Uint8Array(heap); function peek(at) { at = at | 0; return bytes[at >> 0] | 0; } return { peek: peek }; };
try { const { peek } = module({ Uint8Array }, {}, new ArrayBuffer(65_536)); for (const at of [-1, 65_536, 2 ** 31, -(2 ** 31)]) if (peek(at) !== 0) take(\`read outside the heap at \${at}\`); deed(peek.constructor); } catch {}`,
};
