/**
 * The sources as a git history (port SourceHistory), written by native `git fast-import` into a bare repository: one commit
 * a change. Why: people and editors read lineage there. A projection: it can be rebuilt, and nothing depends on it. One writer.
 * Without git it does nothing, and `doctor` says so.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { Fault } from '#kernel';
import type { SourceHistory } from '#ports';

const run = promisify(execFile);
const BRANCH = 'refs/heads/main';
/** Nothing of the user's own configuration takes part. */
const environment: NodeJS.ProcessEnv = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };

export async function gitVersion(): Promise<string | null> {
  try {
    return (await run('git', ['--version'], { env: environment })).stdout.trim();
  } catch {
    return null;
  }
}

export async function gitHistory(folder: string): Promise<SourceHistory> {
  if ((await gitVersion()) === null) return { commit: async () => {}, close: async () => {} };
  if (!existsSync(`${folder}/HEAD`)) {
    mkdirSync(folder, { recursive: true });
    await run('git', ['init', '--bare', '--quiet', '--initial-branch=main', folder], { env: environment });
  }
  let turn: Promise<void> = Promise.resolve();
  return {
    commit(entry) {
      const mine = turn.then(() => commit(folder, entry));
      turn = mine.catch(() => {});
      return mine;
    },
    close: () => turn,
  };
}

async function commit(folder: string, entry: Parameters<SourceHistory['commit']>[0]): Promise<void> {
  const head = await headOf(folder);
  if (head !== null && head.generation === entry.generation) return;
  const message = `${entry.message.trim()}\n\nChange: ${entry.change}\nEvidence: ${entry.evidence}\nGeneration: ${entry.generation}\n`;
  const parts = [
    `commit ${BRANCH}\n`,
    `committer Theseus <theseus@localhost> ${Math.floor(entry.at / 1000)} +0000\n`,
    data(message),
    head === null ? '' : `from ${head.commit}\n`,
    'deleteall\n',
    ...Object.entries(entry.files).map(([path, text]) => `M 100644 inline ${JSON.stringify(path)}\n${data(text)}`),
    '\n',
  ];
  await fastImport(folder, parts.join(''));
}

const data = (text: string): string => `data ${Buffer.byteLength(text, 'utf8')}\n${text}\n`;

async function headOf(folder: string): Promise<{ readonly commit: string; readonly generation: string } | null> {
  try {
    const { stdout } = await run('git', ['-C', folder, 'log', '-1', '--format=%H %(trailers:key=Generation,valueonly)', BRANCH], {
      env: environment,
    });
    const [commitId, generation] = stdout.trim().split(/\s+/);
    return commitId === undefined ? null : { commit: commitId, generation: generation ?? '' };
  } catch {
    return null;
  }
}

function fastImport(folder: string, stream: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', folder, 'fast-import', '--quiet', '--date-format=raw', '--done', '--force'], {
      env: environment,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8').slice(0, 2000)));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Fault('setup', `git fast-import failed: ${complaint.trim().slice(0, 500)}`)),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(`${stream}done\n`);
  });
}
