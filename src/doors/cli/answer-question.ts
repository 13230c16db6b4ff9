/** A question of the system is answered with the number of an option or in words; the answer is asked as a change that goes on from it. Where nobody sits, nothing is answered. */
import type { AskJson, ChangeDetail, Client, Option } from '#api/client';
import type { Environment } from './environment.ts';
import { Usage } from './failure.ts';
import { askAndFollow } from './follow-change.ts';
import { terminalPrompts } from './prompts.ts';
import type { Say } from './say.ts';

/** The option of this number, else the words as they are. */
export function answerOf(options: readonly Option[], given: string): string {
  const words = given.trim();
  if (!/^\d{1,3}$/.test(words) || options.length === 0) return words;
  const option = options[Number(words) - 1];
  if (option === undefined)
    throw new Usage(`There are ${options.length} options: answer with a number from 1 to ${options.length}, or in words.`);
  return option.sentence;
}

/** Asks, and while there is a question back and a person to answer it, asks on. The last change of the conversation. */
export async function converse(
  client: Client,
  request: string,
  say: Say,
  environment: Environment,
  more: Omit<AskJson, 'request'> = {},
): Promise<ChangeDetail> {
  let change = await askAndFollow(client, request, say, more, environment);
  while (say.asks && change.outcome === 'question') {
    const answer = await answerAtOnce(change, environment, say);
    if (answer === null) break;
    change = await askAndFollow(client, answer, say, { continues: change.id }, environment);
  }
  return change;
}

async function answerAtOnce({ id, options }: ChangeDetail, environment: Environment, say: Say): Promise<string | null> {
  const prompts = environment.prompts ?? terminalPrompts;
  const message = options.length === 0 ? 'Your answer' : `Your answer: a number from 1 to ${options.length}, or in words`;
  for (;;) {
    const given = await prompts.write(message, 'nothing: leave it');
    if (given === null) {
      say.line(say.style('dim', `  answer it later: theseus answer ${id} "..."`));
      return null;
    }
    try {
      return answerOf(options, given);
    } catch (cause) {
      if (!(cause instanceof Usage)) throw cause;
      say.aside(cause.message);
    }
  }
}
