/**
 * Prompts are files: instructions above the line of three dashes, the message below it. Every place is filled and every value has its
 * place, or it is a fault. What comes from outside enters as a data block alone.
 */
import { readFileSync } from 'node:fs';
import { Fault } from '#kernel';

export type PromptName = 'understand' | 'more-examples' | 'generate' | 'again';
export interface Prompt {
  readonly instructions: string;
  readonly message: string;
}
const folder = new URL('./prompts/', import.meta.url);
const texts = new Map<PromptName, string>();

export function promptText(name: PromptName): string {
  const text = texts.get(name) ?? readFileSync(new URL(`${name}.md`, folder), 'utf8').trim();
  texts.set(name, text);
  return text;
}

export function prompt(name: PromptName, values: { readonly [place: string]: string }): Prompt {
  const used = new Set<string>();
  // Filled in one pass: a value that looks like a place stays as it is.
  const filled = promptText(name).replaceAll(/\{\{(\w+)\}\}/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Fault('bug', `the prompt ${name} has no value for ${place}`);
    used.add(place);
    return value.replaceAll(/^---$/gm, '- - -');
  });
  const unused = Object.keys(values).find((place) => !used.has(place));
  if (unused !== undefined) throw new Fault('bug', `the prompt ${name} has no place for ${unused}`);
  const [instructions = '', message = ''] = filled.split(/^---$/m);
  return { instructions: instructions.trim(), message: message.trim() };
}
