/** theseus check [FOLDER]: what the gates say of what was edited in a working copy. Nothing is certified or changed. */
import { handIn, type HandInOptions } from '../hand-in.ts';
import { regionOption } from '../stated-regions.ts';
import type { VerbParts } from '../verb.ts';

export function checkVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('check', 'see what the gates say of a working copy, changing nothing'))
    .argument('[folder]', 'a folder that theseus checkout wrote; the one here where nothing is said')
    .option('-m, --message <text>', 'what it changes and why')
    .option('--reaches <component...>', 'what stays as it is and is set off all the same: reaction/closePaid')
    .option(...regionOption)
    .action(deed<[string | undefined, HandInOptions]>((doing, folder, options) => handIn(doing, folder, options, 'check')));
}
