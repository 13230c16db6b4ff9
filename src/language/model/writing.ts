/**
 * How a system is written, for whoever writes one and has never seen one: language models are taught all of it, a coding agent is
 * told the parts that a kind needs. One text (`writing.md`), whose code is read, type-checked and run by a test.
 */
import { readFileSync } from 'node:fs';
import type { ComponentKind } from '#kernel';

export interface WritingPart {
  readonly title: string;
  readonly text: string;
}

let kept: string | undefined;
export const writingText = (): string => (kept ??= readFileSync(new URL('./writing.md', import.meta.url), 'utf8').trim());

const formulas = 'Formulas';
const tests = 'Tests';
const titles: { readonly [Kind in ComponentKind]: readonly string[] } = {
  entity: ['Entities', formulas, tests],
  rule: ['Rules', formulas, tests],
  workflow: ['Workflows', formulas, tests],
  operation: ['Operations', 'Published interfaces', 'People who sign in by themselves', tests],
  view: ['Views', formulas, tests],
  reaction: ['Reactions and jobs', 'Operations', tests],
  job: ['Reactions and jobs', 'Operations', tests],
};

/** The parts that these kinds need, in the order of the text, each once. */
export function writingOf(kinds: ReadonlySet<string>): readonly WritingPart[] {
  const wanted = new Set((Object.keys(titles) as ComponentKind[]).filter((kind) => kinds.has(kind)).flatMap((kind) => titles[kind]));
  return writingText()
    .split(/^### /m)
    .slice(1)
    .map((part) => ({ title: part.slice(0, part.indexOf('\n')), text: part.slice(part.indexOf('\n')).trim() }))
    .filter(({ title }) => wanted.has(title));
}
