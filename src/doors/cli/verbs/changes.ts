/** theseus changes: the changes that were asked for, newest first. */
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function changesVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('changes', 'list the changes, newest first'))
    .option('--limit <number>', 'how many', '20')
    .option('--checks', 'with those of which the evidence alone was wanted')
    .action(
      deed<[{ readonly limit: string; readonly checks?: boolean }]>(async ({ say, client }, { limit, checks }) => {
        if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > 500) throw new Usage('--limit must be a whole number from 1 to 500.');
        const page = await client().changes({ limit: Number(limit), ...(checks === true ? { checks: 'yes' } : {}) });
        for (const { id, kind, handedInBy, request, state, outcome, askedAt } of page.items) {
          say.line(`${say.style('dim', askedAt.slice(0, 16).replace('T', ' '))}  ${(outcome ?? state).padEnd(20)}  ${oneLine(request)}`);
          const from = handedInBy === null ? '' : `, code from ${handedInBy === 'agent' ? 'an agent' : 'a person'}`;
          say.line(say.style('dim', `                    ${kind === 'check' ? 'check ' : ''}${id}${from}`));
        }
        if (page.items.length === 0) say.line('No change was asked for yet. Ask for one: theseus change "Add a phone to customers"');
        say.document(page);
        return exitCodes.done;
      }),
    );
}
const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};
