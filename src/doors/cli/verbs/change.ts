/** theseus change SENTENCE: asks for a change, shows each step, and what became of it. */
import { chooseOption } from '../answer-question.ts';
import { Usage } from '../failure.ts';
import { askAndFollow, codeOf } from '../follow-change.ts';
import type { VerbParts } from '../verb.ts';

export function changeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('change', 'ask for a change in a sentence'))
    .argument('<sentence...>', 'what should change')
    .action(
      deed<[string[]]>(async ({ say, client, environment }, words) => {
        const sentence = words.join(' ').trim();
        if (sentence === '') throw new Usage('Say what should change, in a sentence.');
        const api = client();
        let change = await askAndFollow(api, sentence, say);
        while (!say.json) {
          const chosen = await chooseOption(change, environment);
          if (chosen === null) break;
          change = await askAndFollow(api, chosen, say);
        }
        say.document(change);
        return codeOf(change);
      }),
    );
}
