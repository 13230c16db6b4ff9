/** Which names may be given. A name that means something to the language or to us is refused with the reason. */
import type { Reporter } from './reporter.ts';

const CAMEL = /^[a-z][a-zA-Z0-9]{0,39}$/;
/** Members of Object.prototype: a look-up of such a name in any plain object would find something that is not there. */
const inherited = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
  'prototype',
]);
const given = new Set(['id', 'version']);
/** A value with a member `then` is taken for a promise. */
const awaited = new Set(['then']);

/** Names of fields, list items, columns, entities, operations, rules, views. */
export function checkName(name: string, what: string, start: number, report: Reporter): void {
  if (!CAMEL.test(name))
    report(
      start,
      `the name of ${what} must be camelCase of at most 40 letters and digits, such as dueDate, not ${JSON.stringify(name.slice(0, 60))}`,
    );
  else if (inherited.has(name) || name.startsWith('__'))
    report(start, `${name} cannot be the name of ${what}: every JavaScript object has a member of that name; take another word`);
  else if (given.has(name))
    report(
      start,
      `${name} cannot be the name of ${what}: every row has one already, given by the system; what callers get by that name is a member of the shape of a body`,
    );
  else if (awaited.has(name)) report(start, `${name} cannot be the name of ${what}: JavaScript would take the row for a promise`);
}

/** Labels of choices: a short text that stands in addresses and JSON as it is. */
export function checkChoice(name: string, start: number, report: Reporter): void {
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,58}[\p{L}\p{N}])?$/u.test(name))
    report(start, `a choice is 1 to 60 letters, digits, spaces, - or _, such as inProgress, not ${JSON.stringify(name.slice(0, 60))}`);
  else if (inherited.has(name))
    report(start, `${name} cannot be a choice: every JavaScript object has a member of that name; take another word`);
}
