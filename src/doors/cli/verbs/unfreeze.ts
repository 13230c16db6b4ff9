/** theseus unfreeze: ends a freeze. */
import { exitCodes } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function unfreezeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('unfreeze', 'end a freeze')).action(
    deed<[]>(async ({ say, client }) => {
      await client().unfreeze();
      say.line('The freeze is over.');
      say.document({ frozen: false });
      return exitCodes.done;
    }),
  );
}
