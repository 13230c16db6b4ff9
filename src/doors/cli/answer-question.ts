/** On a terminal, lets the person choose among the readings of a question. Elsewhere nothing is chosen. */
import { isCancel, select } from '@clack/prompts';
import type { ChangeDetail } from '#api/client';
import type { Environment } from './environment.ts';

/** The sentence that was chosen, or null. */
export async function chooseOption(change: ChangeDetail, environment: Environment): Promise<string | null> {
  if (!environment.terminal || change.outcome !== 'question' || change.options.length === 0) return null;
  const chosen = await select({
    message: 'Which is meant?',
    options: [
      ...change.options.map(({ sentence, meaning }) => ({
        value: sentence,
        label: sentence,
        ...(meaning === undefined ? {} : { hint: meaning }),
      })),
      { value: '', label: 'None of these' },
    ],
  });
  return isCancel(chosen) || chosen === '' ? null : chosen;
}
