/**
 * theseus rollback [CHANGE]: takes the newest change back, or an older one with all that came after it. With --data revert what it wrote
 * goes back as well: what that would alter is shown first, and done once it is confirmed.
 */
import { confirm, isCancel } from '@clack/prompts';
import { ApiProblem, type Client, type RollbackJson, type RolledBackJson, type UndoJson } from '#api/client';
import type { Environment } from '../environment.ts';
import { exitCodes, Usage } from '../failure.ts';
import { findChange } from '../find-change.ts';
import { short } from '../print-change.ts';
import { followUndo, printUndo, printWould } from '../print-undo.ts';
import type { Say } from '../say.ts';
import type { VerbParts } from '../verb.ts';

interface Options {
  readonly withLater?: boolean;
  /** What --data said of the rows. */
  readonly rows?: 'keep' | 'revert';
  readonly yes?: boolean;
}

export function rollbackVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('rollback', 'take the newest change back, or an older one'), ['keep', 'revert'])
    .argument('[change]', 'its id or the beginning of it; the newest where nothing is said')
    .option('--with-later', 'and all changes that came after it')
    .option('--yes', 'with --data revert: put the rows back without asking')
    .addHelpText(
      'after',
      '\n--data revert puts back the rows that it wrote, and --data keep leaves them, as without it. It may stand beside --data FOLDER.',
    )
    .action(
      deed<[string | undefined, Options]>(
        async ({ say, client, environment }, given, { withLater = false, rows = 'keep', yes = false }) => {
          const api = client();
          const change = given === undefined ? undefined : await findChange(api, given);
          const wanted = { ...(change === undefined ? {} : { change }), withLater };
          const agreed = rows === 'keep' ? wanted : await agree(api, environment, say, wanted, yes);
          const done = await withAllLater(environment, say, api, agreed, (asked) => api.rollBack({ ...asked, data: rows }));
          for (const taken of done.changes) say.line(`Taken back  ${(await api.change(taken)).request}`);
          say.line(`Generation ${short(done.generation)} serves.`);
          for (const stranded of done.stranded ?? []) say.line(`But ${stranded}.`);
          const undone = await told(api, say, done);
          say.document({ ...done, ...(undone === undefined ? {} : { rows: undone }) });
          return exitCodes.done;
        },
      ),
    );
}

/** Shows what would go back; goes on where a person or --yes says so. */
async function agree(
  api: Client,
  environment: Environment,
  say: Say,
  wanted: { readonly change?: string; readonly withLater: boolean },
  yes: boolean,
): Promise<Omit<RollbackJson, 'data'>> {
  let asked = wanted;
  const would = await withAllLater(environment, say, api, wanted, (again) => {
    asked = { ...asked, withLater: again.withLater === true };
    return api.wouldRollBack(again);
  });
  printWould(say, would);
  if (yes) return asked;
  if (!say.asks)
    throw new Usage(
      'Nothing was taken back. With --yes the rows are put back as well; without --data revert they stay as they are.',
      would,
    );
  const sure = await confirm({
    message: would.already ? 'Put these rows back?' : 'Take it back, and put these rows back?',
    initialValue: false,
  });
  if (isCancel(sure) || !sure) throw new Usage('Nothing was taken back.');
  return asked;
}

async function told(api: Client, say: Say, { undo }: RolledBackJson): Promise<UndoJson | undefined> {
  if (undo === null || undo === undefined) return undefined;
  const done = await followUndo(api, say, undo);
  await printUndo(api, say, done);
  return done;
}

/** Where later changes stand on it, a person is asked whether to take all of them back. */
async function withAllLater<Answer>(
  environment: Environment,
  say: Say,
  api: Client,
  wanted: Omit<RollbackJson, 'data'>,
  ask: (wanted: Omit<RollbackJson, 'data'>) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(wanted);
  } catch (cause) {
    const later =
      cause instanceof ApiProblem ? (cause.problem.evidence as { readonly later?: readonly string[] } | undefined)?.later : undefined;
    if (later === undefined || wanted.withLater === true) throw cause;
    const requests = await Promise.all(later.map(async (id) => (await api.change(id)).request));
    environment.err(`Later changes stand on it:\n${requests.map((request) => `  ${request}\n`).join('')}`);
    if (!say.asks) throw cause;
    const all = await confirm({ message: 'Take all of them back together?', initialValue: false });
    if (isCancel(all) || !all) throw cause;
    return ask({ ...wanted, withLater: true });
  }
}
