/** theseus generations: every generation there was, newest first, and which is in force. */
import { exitCodes } from '../failure.ts';
import { short } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

export function generationsVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('generations', 'list the generations, newest first')).action(
    deed<[]>(async ({ say, client }) => {
      const page = await client().generations();
      for (const { id, request, createdAt, serving, inForce } of page.items) {
        const mark = serving ? say.style('green', 'serves   ') : inForce ? 'in force ' : say.style('dim', 'was      ');
        say.line(
          `${mark} ${short(id)}  ${say.style('dim', createdAt.slice(0, 16).replace('T', ' '))}  ${request ?? 'as it was installed'}`,
        );
      }
      const { quarantined } = await client().health();
      const held = quarantined > 0 ? (await client().held()).items.filter((each) => each.quarantined !== null) : [];
      for (const { component, quarantined: since } of held)
        say.line(
          `${say.style('red', 'quarantined')} ${component}: ${since?.why ?? ''}\n            theseus release ${component}, or ask for a change`,
        );
      say.document({ ...page, quarantined: held });
      return exitCodes.done;
    }),
  );
}
