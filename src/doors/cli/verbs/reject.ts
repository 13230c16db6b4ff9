/** theseus reject CHANGE: says no to a change that waits for an approval. */
import { exitCodes } from '../failure.ts';
import { findChange } from '../find-change.ts';
import { printOutcome } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

export function rejectVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('reject', 'reject a change that waits for approval'))
    .argument('<change>', 'its id, the beginning of it, or last')
    .option('--why <reason>', 'told to the one who asked')
    .action(
      deed<[string, { readonly why?: string }]>(async ({ say, client }, given, { why }) => {
        const api = client();
        const change = await api.rejectChange(await findChange(api, given), why);
        printOutcome(change, say);
        say.document(change);
        return exitCodes.done;
      }),
    );
}
