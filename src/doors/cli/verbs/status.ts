/** theseus status [CHANGE]: what became of a change, checks too; without one, the latest. */
import type { ChangeDetail } from '#api/client';
import { exitCodes } from '../failure.ts';
import { findChange } from '../find-change.ts';
import { codeOf } from '../follow-change.ts';
import { printEcho, printOutcome } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

export function statusVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('status', 'what became of a change; without one, the latest changes and checks'))
    .argument('[change]', 'its id, or the beginning of it')
    .action(
      deed<[string | undefined]>(async ({ say, client }, given) => {
        const api = client();
        if (given === undefined) {
          const page = await api.changes({ limit: 20, checks: 'yes' });
          for (const { id, kind, request, state, outcome } of page.items)
            say.line(`${id}  ${kind.padEnd(6)}  ${(outcome ?? state).padEnd(20)}  ${request.replaceAll(/\s+/g, ' ').slice(0, 80)}`);
          if (page.items.length === 0) say.line('Nothing was asked for yet.');
          say.document(page);
          return exitCodes.done;
        }
        const change: ChangeDetail = await api.change(await findChange(api, given));
        say.line(say.style('bold', change.request));
        printEcho(change, say);
        printOutcome(change, say);
        say.document(change);
        return change.outcome === null ? exitCodes.done : codeOf(change);
      }),
    );
}
