/** theseus access [WHO]: who can cause which write and read what is sensitive, by which way, as all contracts together have it. */
import type { VerbParts } from '../verb.ts';
import { exitCodes } from '../failure.ts';

export function accessVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('access', 'who can write what, and read what is sensitive, and by which way'))
    .argument('[who]', 'a role, anyone, or "the clock"; all of them where nothing is said')
    .option('--of <what>', 'an entity, or a sensitive field such as customer.credit')
    .action(
      deed<[string | undefined, { readonly of?: string }]>(async ({ say, client }, who, { of }) => {
        const { items } = await client().whoCan();
        const shown = items.filter((item) => (who === undefined || item.who === who) && (of === undefined || item.what === of));
        for (const name of new Set(shown.map((item) => item.who))) {
          say.line(say.style('bold', name));
          for (const { deed: done, what, rows, path } of shown.filter((item) => item.who === name))
            say.line(`  ${done.padEnd(6)} ${what}${rows === 'some' ? ' (some rows)' : ''}${say.style('dim', `  ${path.join(', ')}`)}`);
        }
        if (shown.length === 0) say.line('Nobody can: no role, no operation, nothing that runs unasked.');
        say.document({ items: shown });
        return exitCodes.done;
      }),
    );
}
