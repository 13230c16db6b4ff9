/**
 * The JavaScript of a body: of an operation, a reaction or a job. Types, imports and the definition's data are blanked out in place, so that every
 * line and column of the code is that of the source; calls whose answer nobody looks at are marked; what is left sets `globalThis.component` to an object with `run`.
 * Promises nothing about what the code does: it runs in an isolate without authority.
 */
import { stripTypeScriptTypes } from 'node:module';
import { notLookedAt } from '../inspect/not-looked-at.ts';
import type { SyntaxNode } from '../inspect/syntax-walk.ts';
import type { Reporter } from './reporter.ts';
import type { ObjectExpression, Syntax } from './syntax.ts';

const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ');
const assignment = 'globalThis.component =';
/** Where the word of the kind is too short for it: what is assigned is handed over at the end, where nothing is moved by it. */
const shortAssignment = 'const $component =';
const handOver = '\nglobalThis.component = $component;\n';

export function operationCode(text: string, syntax: Syntax, definition: ObjectExpression, report: Reporter): string {
  const head = text.slice(syntax.exportStart, syntax.callStart + syntax.kind.length);
  const assigned = head.length < assignment.length ? shortAssignment : assignment;
  if (head.includes('\n') || head.length < assigned.length) {
    report(syntax.exportStart, `write export default ${syntax.kind}({ on one line`);
    return '';
  }
  let stripped: string;
  try {
    stripped = stripTypeScriptTypes(text, { mode: 'strip' });
  } catch (error) {
    report(
      syntax.exportStart,
      `the body uses TypeScript that is more than types (enum, namespace, parameter properties); write plain JavaScript with types: ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
    );
    return '';
  }
  if (stripped.length !== text.length) {
    report(
      0,
      'the types of this file cannot be blanked out in place; write it without characters outside the Basic Latin alphabet beside types',
    );
    return '';
  }
  let code = stripped;
  const cut = (start: number, end: number, by: string): void => {
    code = code.slice(0, start) + by + blank(code.slice(start + by.length, end)) + code.slice(end);
  };
  for (const statement of syntax.program.body) if (statement.type === 'ImportDeclaration') cut(statement.start, statement.end, '');
  cut(syntax.exportStart, syntax.callStart + syntax.kind.length, assigned);
  for (const { at, name } of notLookedAt(syntax.program as unknown as SyntaxNode)) cut(at, at + name.length, name);
  for (const property of definition.properties) {
    if (property.type !== 'SpreadElement' && property.method) continue;
    const comma = code.indexOf(',', property.end);
    const after = comma >= 0 && code.slice(property.end, comma).trim() === '' ? comma + 1 : property.end;
    cut(property.start, after, '');
  }
  return assigned === shortAssignment ? code + handOver : code;
}
