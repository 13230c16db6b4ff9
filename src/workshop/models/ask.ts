/**
 * Asks a model until its answer can be used, a bounded number of times. What was wrong goes back as text, beside the question alone and
 * the last answer: a conversation never grows. A model that cannot be reached, a budget and a filter end it at once.
 */
import { isRefusal, type Json, type Refusal, refuse } from '#kernel';
import type { LanguageModel, ModelCall } from '#ports';
import { dataBlock } from './data-block.ts';
import { type Prompt, prompt } from './prompt.ts';
import { tokensOf, within } from './tokens.ts';

export interface Question extends Pick<ModelCall, 'change' | 'phase' | 'schema' | 'maxOutputTokens' | 'signal'> {
  readonly prompt: Prompt;
}
/** What is wrong with a value of the right form, for the model to mend. */
export interface Wrong {
  readonly wrong: readonly string[];
}
const ASKED = 3;
/** As long as the longest that a provider is asked for where nothing is said: what cannot be seen cannot be mended. */
const LONGEST_ANSWER_SHOWN = 16_000;
const MOST_PROBLEMS = 20;
/** What the model itself may mend; all else is no matter of its words. */
const mendable: ReadonlySet<Refusal['code']> = new Set(['malformed', 'invalid', 'too-large']);

export async function ask<Value>(
  model: LanguageModel,
  question: Question,
  check: (value: Json) => Promise<Value | Wrong>,
): Promise<Value | Refusal> {
  const { prompt: asked, ...call } = question;
  const first = { role: 'user', text: asked.message } as const;
  let messages: ModelCall['messages'] = [first];
  let last: readonly string[] = [];
  for (let time = 1; time <= ASKED; time++) {
    const answer = await model.call({ ...call, instructions: asked.instructions, messages });
    if (isRefusal(answer) && !mendable.has(answer.code)) return answer;
    const checked = isRefusal(answer) ? { wrong: [answer.why] } : await check(answer.value);
    if (!isWrong(checked)) return checked;
    last = checked.wrong.slice(0, MOST_PROBLEMS);
    messages = [first, ...againAfter(isRefusal(answer) ? null : answer.value, last)];
  }
  return refuse(
    'impossible',
    `The model ${model.name} did not answer in a form that can be used, asked ${ASKED} times. The last time: ${last[0] ?? 'nothing'}`,
    last,
  );
}

function againAfter(answered: Json | null, problems: readonly string[]): ModelCall['messages'] {
  const { message } = prompt('again', {
    instructions: '',
    problems: dataBlock('the check of your answer', problems.map((line) => `- ${within(line, 200)}`).join('\n')),
  });
  const said = answered === null ? '' : JSON.stringify(answered);
  return said === '' || tokensOf(said) > LONGEST_ANSWER_SHOWN
    ? [
        { role: 'assistant', text: '(an answer that could not be used)' },
        { role: 'user', text: message },
      ]
    : [
        { role: 'assistant', text: said },
        { role: 'user', text: message },
      ];
}

const isWrong = <Value>(value: Value | Wrong): value is Wrong => typeof value === 'object' && value !== null && 'wrong' in value;
