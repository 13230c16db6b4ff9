/** theseus start [SENTENCE]: starts a system with all its processes, says where it is, takes the first change right there, and stops all of it at the end. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isCancel, text } from '@clack/prompts';
import { type Client, openClient } from '#api/client';
import { converse } from '../answer-question.ts';
import { documentsFolder } from '../documents-folder.ts';
import { nameOf, systemFolder } from '../connect.ts';
import type { Environment, StartedSystem, StartSystem } from '../environment.ts';
import { exitCodes, Refused, tellFailure, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';
import type { Say } from '../say.ts';
import { suggestionsFor } from '../suggestions.ts';
import { systemFiles } from '../system-files.ts';

const longestStopMs = 20_000;

interface Options {
  readonly system?: string;
  readonly data?: string;
  readonly host: string;
  readonly port: string;
  readonly database?: string;
  readonly documents?: string;
  readonly samples: boolean;
  readonly history: boolean;
  readonly verbose?: boolean;
}

export function startVerb({ verb, deed }: VerbParts): void {
  verb('start', 'start a system, and ask it for a first change')
    .argument('[sentence...]', 'a change to ask for as soon as it answers')
    .option('--system <folder>', 'the folder of the system, with theseus.json; else the one here')
    .option('--data <folder>', 'where its data are kept (or THESEUS_DATA)')
    .option('--host <address>', 'the address to listen at', '127.0.0.1')
    .option('--port <number>', 'the port to listen at; 0 takes any that is free', '7777')
    .option('--database <url>', 'an outside PostgreSQL of version 15 or newer (or DATABASE_URL)')
    .option('--documents <folder>', 'Markdown, text and PDF of the house, which models are shown parts of; else documents/ of the system')
    .option('--no-samples', 'without the sample rows of the system')
    .option('--no-history', 'without the mirror of the sources in git')
    .option('--verbose', 'show the log')
    .action(
      deed<[string[], Options]>(async ({ say, environment }, words, options) => {
        const ended = environment.interrupted();
        const started = await startUnlessEnded(environment.startSystem(startOptions(environment, options)), ended, say);
        try {
          const client = openClient({ url: started.url, key: started.operatorKey });
          await welcome(started, client, say);
          if (words.length > 0) await askOnce(client, words.join(' '), environment, say);
          if (environment.terminal && !say.json) await prompt(client, environment, say, ended);
          else await ended;
        } finally {
          if (!say.json) say.aside('Stopping ...');
          await started.stop();
        }
        return exitCodes.done;
      }),
    );
}

/** A start that is under way cannot be cut off without leaving half of it behind: it is let finish, and then stopped. */
async function startUnlessEnded(starting: Promise<StartedSystem>, ended: Promise<void>, say: Say): Promise<StartedSystem> {
  const outcome = await Promise.race([starting, ended]);
  if (outcome !== undefined) return outcome;
  say.aside('Stopping, once it has started ...');
  const started = await Promise.race([starting, new Promise<null>((resolve) => setTimeout(resolve, longestStopMs, null).unref())]);
  await started?.stop();
  throw new Refused('interrupted', 'The start was interrupted.');
}

function startOptions(environment: Environment, options: Options): StartSystem {
  const folder = systemFolder(environment, options.system);
  if (folder === null) throw new Refused('not-found', 'There is no system here (no theseus.json). Make one with: theseus init NAME');
  if (!/^\d{1,5}$/.test(options.port) || Number(options.port) > 65_535) throw new Usage('--port must be a whole number from 0 to 65535.');
  const given = options.data ?? environment.variables['THESEUS_DATA'];
  const data = given === undefined ? environment.dataFolder(nameOf(folder)) : resolve(environment.cwd, given);
  const database = options.database ?? environment.variables['DATABASE_URL'];
  const rows = join(folder, 'rows.json');
  const logFile = join(data, 'theseus.log');
  makeFolder(data);
  return {
    data,
    files: systemFiles(folder),
    hostName: options.host,
    port: Number(options.port),
    ...(database === undefined ? {} : { database }),
    consoleFolder: environment.consoleFolder,
    sampleData: options.samples && existsSync(rows) ? readFileSync(rows, 'utf8') : null,
    documents: documentsFolder(environment, folder, options.documents),
    history: options.history && spawnSync('git', ['--version']).status === 0 ? join(data, 'history.git') : null,
    log: (line) => {
      appendFileSync(logFile, `${line}\n`);
      if (options.verbose === true) environment.err(`${line}\n`);
    },
  };
}

function makeFolder(folder: string): void {
  try {
    // One by one: where the system denies a folder as "not there" (/proc), a recursive mkdir of Node 26 never ends.
    if (existsSync(folder)) return;
    if (dirname(folder) !== folder) makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o755 });
  } catch (cause) {
    if (cause instanceof Refused) throw cause;
    throw new Refused(
      'setup',
      `${folder} cannot be made: ${cause instanceof Error ? cause.message : ''}. Give another folder: --data FOLDER`,
    );
  }
}

async function welcome({ url, link }: StartedSystem, client: Client, say: Say): Promise<void> {
  const model = await client.model();
  const suggestions = suggestionsFor(model);
  say.line();
  say.line(`${say.style('bold', model.name)} runs at ${say.style('cyan', url)}`);
  say.line(`Sign in (once): ${say.style('cyan', link)}`);
  say.line();
  say.line('Ask for a change, here, in the console, or from another terminal:');
  for (const sentence of suggestions) say.line(`  theseus change "${sentence}"`);
  say.line();
  say.document({ name: model.name, url, link, generation: model.generation, suggestions });
}

async function askOnce(client: Client, sentence: string, environment: Environment, say: Say): Promise<void> {
  try {
    say.line(say.style('bold', sentence));
    // Ctrl-C stops the system here, and the change goes on with its next start.
    const { onInterrupt: _unheard, ...deaf } = environment;
    say.document(await converse(client, sentence, say, deaf));
  } catch (cause) {
    tellFailure(cause, say);
  }
}

/** Until the person ends it, or the process is told to end. */
async function prompt(client: Client, environment: Environment, say: Say, ended: Promise<void>): Promise<void> {
  const stop = new AbortController();
  void ended.then(() => stop.abort());
  while (!stop.signal.aborted) {
    const sentence = await text({
      message: 'What should change? (Ctrl-C stops the system)',
      placeholder: 'a sentence',
      signal: stop.signal,
    });
    if (isCancel(sentence)) return;
    if (typeof sentence === 'string' && sentence.trim() !== '') await askOnce(client, sentence.trim(), environment, say);
  }
}
