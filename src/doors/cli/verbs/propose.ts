/** theseus propose [FOLDER] -m MESSAGE: hands in what was edited in a working copy; it passes the gates like everything. */
import { Usage } from '../failure.ts';
import { handIn, type HandInOptions } from '../hand-in.ts';
import { regionOption } from '../stated-regions.ts';
import type { VerbParts } from '../verb.ts';

export function proposeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('propose', 'hand in what you edited in a working copy'))
    .argument('[folder]', 'a folder that theseus checkout wrote; the one here where nothing is said')
    .option('-m, --message <text>', 'what it changes and why: the request of the change')
    .option('--reaches <component...>', 'what stays as it is and is set off all the same: reaction/closePaid')
    .option('--note <text...>', 'what a reviewer should know')
    .option(...regionOption)
    .action(
      deed<[string | undefined, HandInOptions]>(async (doing, folder, options) => {
        if (options.message === undefined || options.message.trim() === '')
          throw new Usage('Say what it changes and why: theseus propose -m "..."');
        return handIn(doing, folder, options, 'change');
      }),
    );
}
