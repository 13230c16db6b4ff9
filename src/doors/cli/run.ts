/** The command line: its verbs, what they share, and the exit code. Never ends the process itself. */
import { Command, CommanderError } from 'commander';
import { type Connection, connect, reachOf } from './connect.ts';
import type { Environment } from './environment.ts';
import { exitCodes, tellFailure, Usage } from './failure.ts';
import { asCalledHere, sayTo } from './say.ts';
import type { Doing, VerbParts } from './verb.ts';
import { answerVerb } from './verbs/answer.ts';
import { approveVerb } from './verbs/approve.ts';
import { cancelVerb } from './verbs/cancel.ts';
import { changeVerb } from './verbs/change.ts';
import { changesVerb } from './verbs/changes.ts';
import { costVerb } from './verbs/cost.ts';
import { checkVerb } from './verbs/check.ts';
import { checkoutVerb } from './verbs/checkout.ts';
import { contextVerb } from './verbs/context.ts';
import { describeVerb } from './verbs/describe.ts';
import { doctorVerb } from './verbs/doctor.ts';
import { freezeVerb } from './verbs/freeze.ts';
import { generationsVerb } from './verbs/generations.ts';
import { initVerb } from './verbs/init.ts';
import { keyVerb } from './verbs/key.ts';
import { linkVerb } from './verbs/link.ts';
import { mcpVerb } from './verbs/mcp.ts';
import { proposeVerb } from './verbs/propose.ts';
import { receiveVerb } from './verbs/receive.ts';
import { rejectVerb } from './verbs/reject.ts';
import { releaseVerb } from './verbs/release.ts';
import { rollbackVerb } from './verbs/rollback.ts';
import { showVerb } from './verbs/show.ts';
import { startVerb } from './verbs/start.ts';
import { secretVerb } from './verbs/secret.ts';
import { statusVerb } from './verbs/status.ts';
import { accessVerb } from './verbs/access.ts';
import { unaskedVerb } from './verbs/unasked.ts';
import { unfreezeVerb } from './verbs/unfreeze.ts';
import { verifyVerb } from './verbs/verify.ts';

const verbs = [
  initVerb,
  startVerb,
  changeVerb,
  changesVerb,
  answerVerb,
  showVerb,
  approveVerb,
  rejectVerb,
  describeVerb,
  contextVerb,
  checkoutVerb,
  checkVerb,
  proposeVerb,
  statusVerb,
  cancelVerb,
  mcpVerb,
  receiveVerb,
  rollbackVerb,
  generationsVerb,
  verifyVerb,
  freezeVerb,
  unfreezeVerb,
  releaseVerb,
  unaskedVerb,
  accessVerb,
  secretVerb,
  costVerb,
  linkVerb,
  keyVerb,
  doctorVerb,
];

export async function runCommandLine(words: readonly string[], environment: Environment): Promise<number> {
  let code: number = exitCodes.done;
  const json = words.includes('--json');
  const program = new Command('theseus')
    .description('A self-coding information system: ask in a sentence, and the running system changes.')
    .version(environment.version)
    .exitOverride()
    .configureOutput({ writeOut: environment.out, writeErr: (text) => json || environment.err(asCalledHere(text, environment.command)) })
    .showHelpAfterError('(theseus --help, or theseus VERB --help)')
    .showSuggestionAfterError();
  const parts: VerbParts = {
    environment,
    verb: (name, description) => program.command(name).description(description).exitOverride().option('--json', 'answer as JSON'),
    reaching: (command, words = []) =>
      command
        .option('--url <address>', 'the running system (or THESEUS_URL)')
        .option('--key <key>', 'an API key (or THESEUS_KEY); else the operator key of the data folder')
        .option(
          '--data <folder>',
          'the data folder of the running system (or THESEUS_DATA)',
          (given: string, before: string | undefined): string | undefined => {
            if (!words.includes(given)) return given;
            command.setOptionValue('rows', given);
            return before;
          },
        )
        .option('--system <folder>', 'the folder of the system, with theseus.json; else the one here'),
    deed:
      <Given extends readonly unknown[]>(act: (doing: Doing, ...given: Given) => Promise<number>) =>
      async (...given: unknown[]): Promise<void> => {
        const command = given.at(-1) as Command;
        const options = command.optsWithGlobals<Connection & { readonly json?: boolean }>();
        const reach = (starting: boolean): string => reachOf(environment, options, command.name() === 'start', starting);
        const say = sayTo(environment, options.json === true, reach(false), reach(true));
        try {
          code = await act({ say, environment, client: () => connect(environment, options) }, ...(given.slice(0, -1) as unknown as Given));
        } catch (cause) {
          code = tellFailure(cause, say);
        }
      },
  };
  for (const add of verbs) add(parts);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    if (cause.exitCode === 0) return exitCodes.done;
    return tellFailure(new Usage(cause.message.replace(/^error: /, '')), sayTo({ ...environment, err: () => {} }, json));
  }
}
