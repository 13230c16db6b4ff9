/** theseus change SENTENCE: asks for a change, shows each step, and what became of it. */
import { converse } from '../answer-question.ts';
import { Usage } from '../failure.ts';
import { codeOf } from '../follow-change.ts';
import type { VerbParts } from '../verb.ts';

export function changeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('change', 'ask for a change in a sentence'))
    .argument('<sentence...>', 'what should change')
    .action(
      deed<[string[]]>(async ({ say, client, environment }, words) => {
        const sentence = words.join(' ').trim();
        if (sentence === '') throw new Usage('Say what should change, in a sentence.');
        const change = await converse(client(), sentence, say, environment);
        say.document(change);
        return codeOf(change);
      }),
    );
}
