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
      say.document(page);
      return exitCodes.done;
    }),
  );
}
