/** theseus rollback [CHANGE]: takes the newest change back, or an older one with all that came after it. */
import { confirm, isCancel } from '@clack/prompts';
import { ApiProblem, type Client, type RolledBackJson } from '#api/client';
import type { Environment } from '../environment.ts';
import { exitCodes } from '../failure.ts';
import { findChange } from '../find-change.ts';
import { short } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

export function rollbackVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('rollback', 'take the newest change back, or an older one'))
    .argument('[change]', 'its id or the beginning of it; the newest where nothing is said')
    .option('--with-later', 'and all changes that came after it')
    .action(
      deed<[string | undefined, { readonly withLater?: boolean }]>(async ({ say, client, environment }, given, { withLater }) => {
        const api = client();
        const change = given === undefined ? undefined : await findChange(api, given);
        const done = await rollBack(
          api,
          environment,
          { ...(change === undefined ? {} : { change }), withLater: withLater === true },
          say.json,
        );
        for (const taken of done.changes) say.line(`Taken back  ${(await api.change(taken)).request}`);
        say.line(`Generation ${short(done.generation)} serves.`);
        for (const rows of done.stranded) say.line(`But ${rows}.`);
        say.document(done);
        return exitCodes.done;
      }),
    );
}

/** Where later changes stand on it, a person is asked whether to take all of them back. */
async function rollBack(
  api: Client,
  environment: Environment,
  wanted: { readonly change?: string; readonly withLater: boolean },
  json: boolean,
): Promise<RolledBackJson> {
  try {
    return await api.rollBack(wanted);
  } catch (cause) {
    const later =
      cause instanceof ApiProblem ? (cause.problem.evidence as { readonly later?: readonly string[] } | undefined)?.later : undefined;
    if (later === undefined || wanted.withLater) throw cause;
    const requests = await Promise.all(later.map(async (id) => (await api.change(id)).request));
    environment.err(`Later changes stand on it:\n${requests.map((request) => `  ${request}\n`).join('')}`);
    if (!environment.terminal || json) throw cause;
    const all = await confirm({ message: 'Take all of them back together?', initialValue: false });
    if (isCancel(all) || !all) throw cause;
    return api.rollBack({ ...wanted, withLater: true });
  }
}
