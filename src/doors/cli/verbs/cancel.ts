/** theseus cancel CHANGE: stops a change that is under way and not certified. */
import { exitCodes } from '../failure.ts';
import { findChange } from '../find-change.ts';
import type { VerbParts } from '../verb.ts';

export function cancelVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('cancel', 'stop a change that is under way'))
    .argument('<change>', 'its id, or the beginning of it')
    .option('--why <text>', 'why it is not wanted any more')
    .action(
      deed<[string, { readonly why?: string }]>(async ({ say, client }, given, { why }) => {
        const api = client();
        const change = await api.cancelChange(await findChange(api, given), why);
        say.line(`${say.style('bold', 'Cancelled')}  ${change.request}`);
        say.document(change);
        return exitCodes.done;
      }),
    );
}
