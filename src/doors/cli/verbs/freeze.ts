/** theseus freeze WHY: stops all self-change. Rows go on as before; a rollback is still possible. */
import { exitCodes } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function freezeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('freeze', 'stop all self-change'))
    .argument('[why...]', 'the reason, for all to read')
    .action(
      deed<[string[]]>(async ({ say, client }, words) => {
        const why = words.join(' ') || 'No reason was given.';
        await client().freeze(why);
        say.line('Frozen. Nothing changes by itself until: theseus unfreeze');
        say.document({ frozen: true, why });
        return exitCodes.done;
      }),
    );
}
