/** theseus show CHANGE: all that a change left behind: echo, decision, evidence, differences, cost, outcome. */
import { exitCodes } from '../failure.ts';
import { findChange } from '../find-change.ts';
import { printWhole } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

export function showVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('show', 'show a change with its evidence'))
    .argument('[change]', 'its id, the beginning of it, or last', 'last')
    .option('--diff', 'with the differences of each file')
    .option('--all', 'every statement of the evidence')
    .action(
      deed<[string, { readonly diff?: boolean; readonly all?: boolean }]>(async ({ say, client }, given, { diff, all }) => {
        const api = client();
        const change = await api.change(await findChange(api, given));
        printWhole(change, say, { differences: diff === true, all: all === true });
        say.document(change);
        return exitCodes.done;
      }),
    );
}
