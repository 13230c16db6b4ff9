/**
 * What a push holds, read with git's own plumbing from inside its hook: the commits that are not in main yet, as files against
 * the generation that they were made on. Nothing of it is checked out, run or believed: modes, sizes and texts are looked at first.
 */
import { isUtf8 } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { Refused } from './failure.ts';

export interface Pushed {
  readonly base: string;
  /** Of the commit that was pushed. */
  readonly message: string;
  /** Of lines `Reaches: reaction/closePaid` in that message: what stays as it is and is set off all the same. */
  readonly reaches: readonly string[];
  /** First lines of the commits before it. */
  readonly notes: readonly string[];
  /** Of the trailers `Region: rule/discount: order.total > money('500.00')` of that commit. */
  readonly regions: readonly string[];
  readonly files: { readonly [path: string]: string | null };
}
const most = { refs: 1, files: 200, fileBytes: 200_000, commits: 50, message: 4_000 } as const;
const gone = /^0+$/;

/** `lines` as git gives them to the hook: `old new ref`. Null where refs are only taken away. */
export function pushedIn(folder: string, lines: string): Pushed | null {
  const updates = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
  for (const [, , ref = ''] of updates)
    if (!/^refs\/proposals\/[A-Za-z0-9][\w.-]{0,99}$/.test(ref))
      throw new Refused(
        'forbidden',
        `${ref.slice(0, 100)} cannot be pushed. Push what you propose to refs/proposals/NAME: git push origin HEAD:refs/proposals/my-change`,
      );
  const made = updates.filter(([, to = '']) => !gone.test(to));
  if (made.length === 0) return null;
  if (made.length > most.refs) throw new Refused('invalid', 'Push one proposal at a time.');
  const tip = made[0]?.[1] ?? '';
  const base = git(folder, ['merge-base', 'refs/heads/main', tip]);
  const generation = base === null ? '' : (git(folder, ['log', '-1', '--format=%(trailers:key=Generation,valueonly)', base]) ?? '').trim();
  if (base === null || !/^sha256:[0-9a-f]{64}$/.test(generation))
    throw new Refused(
      'invalid',
      'These commits do not stand on main, so it is not known what they change. Clone this repository, and commit on its main.',
    );
  const message = (git(folder, ['log', '-1', '--format=%B', tip]) ?? '').trim().slice(0, most.message);
  const notes = (git(folder, ['log', `--max-count=${most.commits}`, '--skip=1', '--format=%s', `${base}..${tip}`]) ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const reaches = [...message.matchAll(/^Reaches:[ \t]*(\S+)[ \t]*$/gim)].map(([, component = '']) => component);
  const regions = (git(folder, ['log', '-1', '--format=%(trailers:key=Region,valueonly,unfold)', tip]) ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return {
    base: generation,
    message,
    reaches,
    regions,
    notes: notes.slice(0, 20).map((note) => note.slice(0, 1_000)),
    files: filesIn(folder, base, tip),
  };
}

function filesIn(folder: string, base: string, tip: string): Pushed['files'] {
  const fields = (git(folder, ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', base, tip]) ?? '')
    .split('\0')
    .filter((field) => field !== '');
  if (fields.length / 2 > most.files) throw new Refused('too-large', `At most ${most.files} files are taken at once.`);
  const files: { [path: string]: string | null } = {};
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , blob = ''] = (fields[at] ?? '').replace(/^:/, '').split(' ');
    const path = fields[at + 1] ?? '';
    files[path] = gone.test(blob) ? null : textOf(folder, path, mode, blob);
  }
  return files;
}

function textOf(folder: string, path: string, mode: string, blob: string): string {
  const shown = JSON.stringify(path.slice(0, 100));
  if (mode !== '100644')
    throw new Refused('invalid', `${shown} is no plain file (mode ${mode}): links, programs and submodules are no sources.`);
  if (Number(git(folder, ['cat-file', '-s', blob])) > most.fileBytes)
    throw new Refused('too-large', `${shown} is larger than ${most.fileBytes} bytes.`);
  const { stdout } = spawnSync('git', ['-C', folder, 'cat-file', 'blob', blob], { maxBuffer: most.fileBytes * 2 });
  if (!isUtf8(stdout)) throw new Refused('invalid', `${shown} is not UTF-8 text.`);
  return stdout.toString('utf8');
}

/** What git says, or null where it refuses. It sees the objects of the push, which are not in the repository yet. */
function git(folder: string, words: readonly string[]): string | null {
  const { status, stdout, error } = spawnSync('git', ['-C', folder, ...words], { encoding: 'utf8', maxBuffer: 8_000_000 });
  if (error !== undefined) throw new Refused('unavailable', `git did not answer: ${error.message}`);
  return status === 0 ? stdout.trimEnd() : null;
}
