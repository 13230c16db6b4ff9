/** theseus context NAME: source, tests and contract of a component, its neighbours, and how its kind is written. Or of what answers to a question. */
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function contextVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('context', 'what bears on a component (entity/order) or a question; how a kind (workflow) is written'))
    .argument('<name...>', 'kind/name, a kind, or a question in words')
    .action(
      deed<[string[]]>(async ({ say, client }, words) => {
        const name = words.join(' ').trim();
        if (name === '') throw new Usage('Name a component such as entity/order, a kind such as workflow, or put a question.');
        const context = await client().context(/^\w+\/\w+$/.test(name) ? { component: name } : { question: name });
        for (const { component, path, text, tests } of context.components) {
          say.line(say.style('bold', `${component}  ${path}`));
          say.line(text ?? '');
          if (tests !== null) say.line(say.style('bold', `${path.replace(/\.ts$/, '.test.ts')}`));
          if (tests !== null) say.line(tests);
        }
        if (context.neighbours.length > 0) say.line(say.style('bold', 'Neighbours'));
        for (const { short } of context.neighbours) for (const line of short.split('\n')) say.line(`  ${line}`);
        for (const { kind, says, path, example } of context.kinds) {
          say.line(say.style('bold', `How a ${kind} is written`));
          say.line(`  ${says}`);
          say.line(say.style('dim', `  such as ${path}:`));
          say.line(example);
        }
        for (const { title, text } of context.writing) {
          say.line(say.style('bold', title));
          say.line(text);
        }
        say.document(context);
        return exitCodes.done;
      }),
    );
}
