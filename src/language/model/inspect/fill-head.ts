/** The opening comment of what is handed in: the lines that say which change brought it, from whom and when, are ours to write. */
import { hiddenCharacter } from '../hidden-characters.ts';

export interface HeadFacts {
  readonly change: string;
  readonly generator: string;
  readonly date: string;
  /** Stands for `why` where the comment gives no reason. */
  readonly request: string;
}
const longest = 200;

/** `comment` from its `/*` to its end. One that is no doc comment stays as it is: the reading says what is missing. */
export function filledHead(comment: string, facts: HeadFacts): string {
  if (!comment.startsWith('/**')) return comment;
  const lines = comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const own = new Set(['change', 'generator', 'date']);
  const kept = lines.filter((line) => !own.has(/^(\w+):/.exec(line.trim())?.[1] ?? ''));
  while (kept[0] === '') kept.shift();
  while (kept.at(-1) === '') kept.pop();
  const hasWhy = kept.some((line) => line.startsWith('why:'));
  const all = [
    ...kept,
    ...(hasWhy ? [] : ['', `why: ${oneLine(facts.request)}`]),
    `change: ${oneLine(facts.change)}`,
    `generator: ${oneLine(facts.generator)}`,
    `date: ${oneLine(facts.date)}`,
  ];
  return `/**\n${all.map((line) => (line === '' ? ' *' : ` * ${line}`)).join('\n')}\n */`;
}

const oneLine = (text: string): string =>
  text.replaceAll(hiddenCharacter, ' ').replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim().slice(0, longest).toWellFormed();
