/**
 * The program of a host as one text. Why: a host may open no file, and its user may not even be able to look into our folder;
 * so it is handed its whole program at start. The files are plain modules without imports at run time; they are put one
 * behind the other, in an order in which each finds what it uses.
 */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Fault } from '#kernel';

const realmFiles = [
  'channel/limits',
  '../kernel/pure-names',
  'child/realm/calendar',
  'child/realm/arithmetic',
  'child/realm/sdk',
  'child/realm/random',
  'child/realm/refusals',
  'child/realm/harden',
  'child/realm/realm',
];
const hostFiles = ['channel/limits', 'channel/frame', 'child/isolates', 'child/host'];
/** One argument of a process may have 131,072 bytes on Linux. */
const mostBytes = 100_000;

/** `terms` are what the host's main function takes. */
export function childProgram(terms: object): string {
  const program = `'use strict';\n${hostText()}\nrunHost(${JSON.stringify(terms)}, ${JSON.stringify(realmText())});\n`;
  if (Buffer.byteLength(program) > mostBytes) throw new Fault('bug', 'The program of a host has grown too long for one argument.');
  return program;
}

let realm: string | undefined;
let host: string | undefined;
/** Run once a host, to make the snapshot that its realms grow from. */
const realmText = (): string =>
  (realm ??= `(() => {\n'use strict';\n${joined(realmFiles)}\nhardenForAll();\nglobalThis.openRealm = openRealm;\n})();`);
const hostText = (): string => (host ??= joined(hostFiles));
const joined = (files: readonly string[]): string => files.map(scriptOf).join('\n');

/** A module of ours as part of a script: types, comments, imports and the word export are left out. */
function scriptOf(name: string): string {
  const typed = import.meta.url.endsWith('.ts');
  const text = readFileSync(new URL(`../${name}${typed ? '.ts' : '.js'}`, import.meta.url), 'utf8');
  return (typed ? stripTypeScriptTypes(text) : text)
    .replace(/^import [^;]*;$/gm, '')
    .replace(/^export (?=const|let|function|async|class)/gm, '')
    .replace(/^export \{[^}]*\};?$/gm, '')
    .replace(/^ *\/\*\*[\s\S]*?\*\/$/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
}
