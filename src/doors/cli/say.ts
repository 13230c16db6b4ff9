/** What verbs print: lines for people, or with --json one JSON document at the end and nothing else on standard output. */
import { styleText } from 'node:util';
import type { Environment } from './environment.ts';

type Style = Parameters<typeof styleText>[0];
export interface Say {
  readonly json: boolean;
  /** A person sits there who can be asked. */
  readonly asks: boolean;
  line(text?: string): void;
  /** Progress and advice: to standard error, so that standard output stays the answer. */
  aside(text: string): void;
  /** The answer as JSON where it is wanted. */
  document(value: unknown): void;
  style(style: Style, text: string): string;
}

/** Advice that names a command names it as it is called here: `./theseus` in a clone, and of the system that this call was about. */
export const asCalledHere = (text: string, command: string | undefined, reach = '', start: string = reach): string =>
  text.replaceAll(
    /(?<![\w./-])theseus (?:(init |help )|([a-z]+)(?= --(?:system|data|url)\b)|([a-z]+)\b|(?=--help|VERB))/g,
    (_, apart: string | undefined, stated: string | undefined, verb: string | undefined) =>
      `${command ?? 'theseus'} ${apart ?? stated ?? (verb === undefined ? '' : `${verb}${verb === 'start' ? start : reach}`)}`,
  );

/** `reach`: the options that find the same system again, as `connect.ts` tells them; `start`: those that start it. */
export function sayTo(environment: Environment, json: boolean, reach = '', start: string = reach): Say {
  const coloured = environment.terminal && environment.variables['NO_COLOR'] === undefined;
  return {
    json,
    asks: environment.terminal && !json,
    line: (text = '') => {
      if (!json) environment.out(`${asCalledHere(text, environment.command, reach, start)}\n`);
    },
    aside: (text) => environment.err(`${asCalledHere(text, environment.command, reach, start)}\n`),
    document: (value) => {
      if (json) environment.out(`${JSON.stringify(value, null, 2)}\n`);
    },
    style: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
  };
}
