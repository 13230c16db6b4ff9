/** theseus answer CHANGE ANSWER: answers a question with the number of an option or in words, and follows what comes of it. */
import { answerOf, converse } from '../answer-question.ts';
import { Refused, Usage } from '../failure.ts';
import { findChange } from '../find-change.ts';
import { codeOf } from '../follow-change.ts';
import type { VerbParts } from '../verb.ts';

export function answerVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('answer', 'answer the question of a change'))
    .argument('<change>', 'its id, the beginning of it, or last')
    .argument('<answer...>', 'the number of an option, or words')
    .action(
      deed<[string, string[]]>(async ({ say, client, environment }, given, words) => {
        const api = client();
        const { id, outcome, options } = await api.change(await findChange(api, given));
        if (outcome !== 'question') throw new Refused('conflict', `This change asks nothing: it is ${outcome ?? 'under way'}.`);
        const answer = answerOf(options, words.join(' '));
        if (answer === '') throw new Usage('Say the number of an option, or what you mean in words.');
        const change = await converse(api, answer, say, environment, { continues: id });
        say.document(change);
        return codeOf(change);
      }),
    );
}
