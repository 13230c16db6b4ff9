/** theseus link: a new one-time link to sign in with. */
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function linkVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('link', 'make a one-time sign-in link'))
    .option('--caller <id>', 'whom it signs in; the owner where nothing is said')
    .option('--minutes <number>', 'how long it may be used', '15')
    .action(
      deed<[{ readonly caller?: string; readonly minutes: string }]>(async ({ say, client }, { caller, minutes }) => {
        if (!/^[1-9]\d{0,4}$/.test(minutes)) throw new Usage('--minutes must be a whole number.');
        const link = await client().link({ minutes: Number(minutes), ...(caller === undefined ? {} : { caller }) });
        say.line(link.url);
        say.line(say.style('dim', `It works once, within ${link.minutes} minutes.`));
        say.document(link);
        return exitCodes.done;
      }),
    );
}
