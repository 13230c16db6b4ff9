/** What the command line is given by whoever starts it: the outside of the process, and the parts of the product that it must not import itself. */
import type { Prompts } from './prompts.ts';

/** As the supervisor starts a system; see processes/supervisor. */
export interface StartSystem {
  readonly data: string;
  readonly files: { readonly [path: string]: string };
  readonly hostName: string;
  readonly port: number;
  readonly database?: string;
  readonly consoleFolder: string | null;
  readonly sampleData: string | null;
  readonly history: string | null;
  readonly documents: string | null;
  readonly log: (line: string) => void;
}
export interface StartedSystem {
  readonly url: string;
  /** Signs the owner in once. */
  readonly link: string;
  readonly operatorKey: string;
  stop(): Promise<void>;
}
export interface DoctorCheck {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly advice?: string;
}

export interface SecretNames {
  names(): readonly string[];
  /** Null where it is set, or why not. */
  set(name: string, value: string): { readonly why: string } | null;
  remove(name: string): boolean;
}

export interface Environment {
  readonly version: string;
  /** How a person calls it here: `./theseus` in a clone; `theseus` where nothing is said. */
  readonly command?: string;
  readonly startSystem: (options: StartSystem) => Promise<StartedSystem>;
  /** Where a system of this name keeps its data unless told otherwise. */
  readonly dataFolder: (system: string) => string;
  readonly consoleFolder: string | null;
  /** Started where no system is named and none is found here. */
  readonly sampleSystem: string | null;
  /** The types of `theseus/sdk`, and what `.theseus/entities.d.ts` of a system without entities holds. */
  readonly sdkFolder: string;
  readonly entityDeclarations: string;
  /** What only the product's own parts can say: PostgreSQL's binaries, isolation of hosts; with a data folder, which models are configured; with a folder of documents, what of it is skipped. */
  readonly checks: (data: string | undefined, documents: string | undefined) => Promise<readonly DoctorCheck[]>;
  /** Secrets of a data folder: names come out, values never. */
  readonly secrets: (data: string) => SecretNames;
  /** All that is written to its standard input. */
  readonly input: () => Promise<string>;
  /** Speaks MCP over standard input and output, with the caller's key, until the agent ends it. */
  readonly serveMcp: (system: { readonly url: string; readonly key: string | undefined; readonly tools: string }) => Promise<void>;
  readonly cwd: string;
  readonly variables: { readonly [name: string]: string | undefined };
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A person sits there: progress, colours, questions. */
  readonly terminal: boolean;
  /** Resolves when the person or the system asks the process to end. */
  readonly interrupted: () => Promise<void>;
  /** Calls at each Ctrl-C, and when the system wants the process to end, until what it returns is called. */
  readonly onInterrupt?: (listener: (by: Interrupter) => void) => () => void;
  /** Where nothing is said: the terminal's own. */
  readonly prompts?: Prompts;
}
export type Interrupter = 'person' | 'system';
