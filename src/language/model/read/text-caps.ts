/**
 * Caps on what a parser is given. Why: a parser is an attack surface and dies on deep nesting, taking its process along.
 * Promises: one linear pass, no recursion; refuses characters that make code look different from what it is. The caps make
 * an accident unlikely; containment is the disposable process.
 */
import { refusedCharacter } from '../hidden-characters.ts';
import type { Reporter } from './reporter.ts';

export const caps: { readonly fileBytes: number; readonly files: number; readonly nesting: number; readonly prefixRun: number } = {
  fileBytes: 200_000,
  files: 10_001,
  nesting: 200,
  prefixRun: 1_000,
};

/** What nests without brackets to be closed, until a statement or a member ends. */
const NESTING: ReadonlySet<number> = new Set(Array.from('!~+-*/%?=<>|&^.`([', (character) => character.charCodeAt(0)));

/** Reports the first thing that a text may not be; true where it may be parsed. */
export function withinCaps(text: string, report: Reporter): boolean {
  if (text.length > caps.fileBytes || Buffer.byteLength(text) > caps.fileBytes) {
    report(0, `the file is larger than ${caps.fileBytes.toLocaleString('en')} bytes; split it into smaller components`);
    return false;
  }
  const odd = refusedCharacter.exec(text);
  if (odd !== null) {
    const code = odd[0].codePointAt(0) ?? 0;
    report(
      odd.index,
      `the character U+${code.toString(16).toUpperCase().padStart(4, '0')} is invisible or changes the order of text, so code could look different from what it is; write \\u{${code.toString(16)}} inside a text instead`,
    );
    return false;
  }
  let depth = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 40 || unit === 91 || unit === 123) depth++;
    else if (unit === 41 || unit === 93 || unit === 125) depth = depth > 0 ? depth - 1 : 0;
    if (NESTING.has(unit)) run++;
    else if (unit === 59 || unit === 44 || unit === 125) run = 0;
    if (depth > caps.nesting || run > caps.prefixRun) {
      report(at, `nested more than ${caps.nesting} deep; give the inner parts names of their own`);
      return false;
    }
  }
  return fewWords(text, report);
}

const WORD = /[;,}]|\b(?:if|else|for|while|do|typeof|void|delete|await|yield|new|throw|return|keyof|infer|async)\b/g;

/** Words that nest what follows them, counted until a statement or a member ends. */
function fewWords(text: string, report: Reporter): boolean {
  let run = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    run = word.length === 1 ? 0 : run + 1;
    if (run > caps.prefixRun) {
      report(index, `more than ${caps.prefixRun} words such as if and typeof in one statement; give the inner parts names of their own`);
      return false;
    }
  }
  return true;
}
