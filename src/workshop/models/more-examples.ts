/**
 * Acceptance examples that come in several answers. Why: an interface of many operations has more of them than one answer of a model may be long, and what is cut off
 * costs all of it. What was understood stands; each part is held against it like the first.
 */
import { isRefusal, type Refusal } from '#kernel';
import { type AnsweredExample, type ExamplesAnswer, examplesSchema, type UnderstandAnswer } from './answers.ts';
import { ask, type Question } from './ask.ts';
import { exampleProblems } from './check-examples.ts';
import { dataBlock } from './data-block.ts';
import { prompt } from './prompt.ts';
import type { Work } from './work.ts';

/** Answers that the examples of one request may come in. */
const PARTS = 8;
type Understood = Extract<UnderstandAnswer, { kind: 'understood' }>;

/** All examples of what was understood: those that came with it and, where more were announced, the others. */
export async function withMoreExamples(
  { model, reading }: Pick<Work, 'model' | 'reading'>,
  question: Question,
  understood: Understood,
): Promise<readonly AnsweredExample[] | Refusal> {
  let examples = understood.examples;
  for (let part = 2, more = understood.more === true; more; part++) {
    const given = examples;
    const { examples: _examples, more: _more, ...rest } = understood;
    const names = given.map(({ component, name }) => ({ component, name }));
    const answer = await ask<ExamplesAnswer>(
      model,
      {
        ...question,
        schema: examplesSchema,
        prompt: prompt('more-examples', {
          ...question.prompt,
          understood: dataBlock('what was understood', JSON.stringify({ ...rest, examples: names })),
          schema: JSON.stringify(examplesSchema),
        }),
      },
      async (value) => {
        const said = value as unknown as ExamplesAnswer;
        const before = new Set(exampleProblems(given, understood, reading.model));
        const wrong = exampleProblems([...given, ...said.examples], understood, reading.model).filter((problem) => !before.has(problem));
        if (said.more === true && part >= PARTS) wrong.push(`${PARTS} parts are the most: give all that is missing now, without more.`);
        return wrong.length > 0 ? { wrong } : said;
      },
    );
    if (isRefusal(answer)) return answer;
    examples = [...given, ...answer.examples];
    more = answer.more === true;
  }
  return examples;
}
