/** What every verb is made with and does its deed with; the verbs stand in verbs/, one a file. */
import type { Command } from 'commander';
import type { Client } from '#api/client';
import type { Environment } from './environment.ts';
import type { Say } from './say.ts';

/** What a verb is made with: its own command to describe, and how its deed is run. */
export interface VerbParts {
  readonly environment: Environment;
  /** A new verb; every verb knows --json. */
  verb(name: string, description: string): Command;
  /** Options with which a verb finds the running system. `words`: what --data may say instead of a folder; it is then told as `rows`. */
  reaching(command: Command, words?: readonly string[]): Command;
  /** Runs a deed with the arguments and options of its verb: failures are told, its exit code becomes that of the process. */
  deed<Given extends readonly unknown[]>(act: (doing: Doing, ...given: Given) => Promise<number>): (...given: unknown[]) => Promise<void>;
}
export interface Doing {
  readonly say: Say;
  readonly environment: Environment;
  readonly client: () => Client;
}
