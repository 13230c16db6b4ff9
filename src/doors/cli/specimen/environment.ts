/** The command line run in this process, with what it printed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { runCommandLine } from '../run.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function run(words: readonly string[], more: Partial<Environment> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const environment: Environment = {
    version: '0.0.0',
    startSystem: () => Promise.reject(new Error('nothing is started here')),
    dataFolder: (system) => join(tmpdir(), 'theseus-nowhere', system),
    consoleFolder: null,
    sampleSystem: null,
    sdkFolder: '',
    entityDeclarations: '/** none */\n',
    checks: async () => [],
    secrets: () => ({ names: () => [], set: () => null, remove: () => false }),
    input: async () => '',
    serveMcp: () => Promise.reject(new Error('no agent speaks here')),
    cwd: tmpdir(),
    variables: {},
    terminal: false,
    interrupted: () => new Promise((resolve) => void setImmediate(resolve)),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    ...more,
  };
  const code = await runCommandLine(words, environment);
  return { code, out, err };
}

/** A folder for the life of a test, with an SDK of one file beside it. */
export function emptyFolder(): { readonly path: string; readonly sdk: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'theseus-cli-folder-'));
  const sdk = mkdtempSync(join(tmpdir(), 'theseus-cli-sdk-'));
  writeFileSync(join(sdk, 'index.ts'), 'export const one = 1;\n');
  writeFileSync(join(sdk, 'index.test.ts'), 'no\n');
  return {
    path,
    sdk,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      rmSync(sdk, { recursive: true, force: true });
    },
  };
}
