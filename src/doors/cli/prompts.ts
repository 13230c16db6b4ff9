/** What a person at a terminal is asked. Ctrl-C, or an end of the input, leaves a question without an answer. */
import { isCancel, select, text } from '@clack/prompts';

export interface Prompts {
  /** Null: left without an answer. */
  choose(message: string, options: readonly { readonly value: string; readonly label: string }[]): Promise<string | null>;
  write(message: string, placeholder: string): Promise<string | null>;
}

export const terminalPrompts: Prompts = {
  choose: async (message, options) => {
    const chosen = await select({ message, options: [...options] });
    return isCancel(chosen) ? null : chosen;
  },
  write: async (message, placeholder) => {
    const written = await text({ message, placeholder });
    return isCancel(written) || typeof written !== 'string' || written.trim() === '' ? null : written.trim();
  },
};
