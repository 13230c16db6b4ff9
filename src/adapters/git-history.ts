/**
 * The sources as a git history (port SourceHistory), written by native `git fast-import` into a bare repository: one commit
 * a change. Why: people and editors read lineage there, and push what they propose. A projection: it can be rebuilt, and nothing
 * depends on it. One writer; a push to anything but refs/proposals/* is refused.
 * Without git it does nothing, and `doctor` says so.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** `receive`: the command that takes a push, with its arguments; without, every push is refused. */
export async function gitHistory(folder: string, receive: readonly string[] | null = null): Promise<SourceHistory> {
  if ((await gitVersion()) === null) return { commit: async () => {}, close: async () => {} };
  if (!existsSync(`${folder}/HEAD`)) {
    mkdirSync(folder, { recursive: true });
    await run('git', ['init', '--bare', '--quiet', '--initial-branch=main', folder], { env: environment });
  }
  await openForProposals(folder, receive);
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

/**
 * A push is a proposal, or nothing: the hook hands it in and refuses it where it does not pass, so that git drops what came with
 * it. Written at each start, since the product may have moved. The branch that shows what serves is written by us alone.
 */
async function openForProposals(folder: string, receive: readonly string[] | null): Promise<void> {
  const hooks = join(resolve(folder), 'hooks');
  mkdirSync(hooks, { recursive: true });
  const settings = {
    'core.hooksPath': hooks,
    'receive.maxInputSize': '5m',
    'receive.fsckObjects': 'true',
    'receive.advertisePushOptions': 'false',
    'receive.autogc': 'false',
  };
  for (const [name, value] of Object.entries(settings)) await run('git', ['-C', folder, 'config', name, value], { env: environment });
  const body =
    receive === null
      ? 'echo "This repository takes no push: it only shows what serves." >&2\nexit 1\n'
      : `exec ${receive.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')}\n`;
  const hook = join(hooks, 'pre-receive');
  writeFileSync(`${hook}.new`, `#!/bin/sh\n# Made by theseus; written anew at each start.\n${body}`, { mode: 0o755 });
  renameSync(`${hook}.new`, hook);
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
