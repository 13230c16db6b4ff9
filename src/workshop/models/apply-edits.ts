/**
 * From what a model wrote to the texts of files: its edits are applied by us, each in exactly one place, and only to files of the scope.
 * What does not fit is told in words that the model can act on.
 */
import type { ComponentKind, Scope } from '#kernel';
import { pathOf, testPathOf } from '#model';
import type { Edit, FileAnswer } from './answers.ts';

export type Files = { readonly [path: string]: string | null };
export type Sources = { readonly [path: string]: string };
const LONGEST_FILE = 60_000;
const LONGEST_ALL = 400_000;

/** Every file that a change of this scope may write: components, and the tests beside them. */
export const pathsOf = (scope: Scope): readonly string[] =>
  scope.components.flatMap((key) => {
    const [kind, name = ''] = key.split('/');
    const path = pathOf(kind as ComponentKind, name);
    return [path, testPathOf(path)];
  });

/** `shown` are the texts that the model was shown. Files that come out as in `sources` are left out. */
export function applied(
  answers: readonly FileAnswer[],
  scope: Scope,
  shown: Sources,
  sources: Sources,
): Files | { readonly wrong: readonly string[] } {
  const paths = new Set(pathsOf(scope));
  const wrong: string[] = [];
  const files: { [path: string]: string | null } = {};
  for (const answer of answers) {
    const { path } = answer;
    if (!paths.has(path)) wrong.push(`${path.slice(0, 120)} may not be written. You may write ${[...paths].join(', ')}.`);
    else if (Object.hasOwn(files, path)) wrong.push(`${path} stands there twice. Put all of its edits together.`);
    else if ('remove' in answer) {
      if (shown[path] === undefined) wrong.push(`${path} cannot be removed: it is not there.`);
      files[path] = null;
    } else if ('text' in answer) files[path] = answer.text;
    else {
      const edited = edit(path, shown[path], answer.edits);
      if (typeof edited === 'string') files[path] = edited;
      else wrong.push(...edited.wrong);
    }
  }
  for (const [path, text] of Object.entries(files))
    if (text !== null && text.length > LONGEST_FILE)
      wrong.push(`${path} has ${text.length} characters; at most ${LONGEST_FILE} are taken.`);
  if (Object.values(files).reduce((sum, text) => sum + (text?.length ?? 0), 0) > LONGEST_ALL)
    wrong.push(`All files together have over ${LONGEST_ALL} characters. Change less.`);
  if (wrong.length > 0) return { wrong };
  const changed = Object.entries(files).filter(([path, text]) => (sources[path] ?? null) !== text);
  return changed.length === 0 ? { wrong: ['Nothing differs from what is there.'] } : Object.fromEntries(changed);
}

/** The line that has the beginning of what was looked for, cut to where they part: ids are put into what was written, so a text may differ from it. */
function nearest(text: string, find: string): string {
  const wanted = find.trim().split('\n')[0] ?? '';
  for (let length = wanted.length; length >= 8; length -= 1) {
    const at = text.indexOf(wanted.slice(0, length));
    if (at >= 0) return ` There stands ${JSON.stringify(text.slice(at, at + Math.max(80, wanted.length + 40)).split('\n')[0])}.`;
  }
  return '';
}

function edit(path: string, text: string | undefined, edits: readonly Edit[]): string | { readonly wrong: readonly string[] } {
  if (text === undefined) return { wrong: [`${path} is not there, so nothing in it can be edited. Give its whole text.`] };
  const wrong: string[] = [];
  const found = edits.map(({ find, replace }, at) => {
    const first = text.indexOf(find);
    const times = first < 0 ? 0 : text.indexOf(find, first + 1) < 0 ? 1 : 2;
    const shown = JSON.stringify(find.length > 80 ? `${find.slice(0, 80)}...` : find);
    if (times === 0)
      wrong.push(
        `${path}, edit ${at + 1}: ${shown} does not stand in the file.${nearest(text, find)} Copy it from the file as it is shown.`,
      );
    if (times > 1) wrong.push(`${path}, edit ${at + 1}: ${shown} stands there more than once. Take more of what is around it.`);
    return { start: first, end: first + find.length, replace };
  });
  const inOrder = found.toSorted((a, b) => a.start - b.start);
  if (inOrder.some(({ start }, at) => at > 0 && start < (inOrder[at - 1]?.end ?? 0)))
    wrong.push(`${path}: two edits touch the same text. Make one of them.`);
  if (wrong.length > 0) return { wrong };
  let made = '';
  let at = 0;
  for (const { start, end, replace } of inOrder) {
    made += text.slice(at, start) + replace;
    at = end;
  }
  return made + text.slice(at);
}
