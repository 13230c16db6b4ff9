/**
 * The console's files from one folder, under /console. Only files that were found in the folder are answered, so that no path
 * reaches outside it; any other path below is the page itself, which finds its own way. Strict content policy: scripts from here alone.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerProblem } from './answers.ts';
import { refuse } from '#kernel';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');
export const pageHeaders: { readonly [name: string]: string } = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};
const types: { readonly [ending: string]: string | undefined } = {
  html: 'text/html; charset=UTF-8',
  js: 'text/javascript; charset=UTF-8',
  css: 'text/css; charset=UTF-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=UTF-8',
  map: 'application/json',
};

export interface ConsoleFiles {
  answer(path: string): Promise<Response>;
}

export function consoleFiles(folder: string | undefined): ConsoleFiles {
  let files: Promise<ReadonlyMap<string, Buffer>> | undefined;
  async function page(all: ReadonlyMap<string, Buffer>): Promise<Response> {
    const index = all.get('index.html');
    if (index !== undefined) return file('index.html', index);
    files = undefined;
    return answerProblem(refuse('unavailable', 'The console has not been built. Build it with: npm run build'));
  }
  return {
    async answer(path) {
      const name = path.replace(/^\/console\/?/, '');
      const all = folder === undefined ? new Map<string, Buffer>() : await (files ??= readAll(folder));
      const found = all.get(name);
      if (found !== undefined) return file(name, found);
      if (name.startsWith('assets/')) return answerProblem(refuse('not-found', 'There is no such file of the console. Reload the page.'));
      return page(all);
    },
  };
}

function file(name: string, content: Buffer): Response {
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const cache = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return new Response(new Uint8Array(content), { status: 200, headers: { ...pageHeaders, 'content-type': type, 'cache-control': cache } });
}

async function readAll(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(
      path
        .slice(folder.length)
        .replace(/^[/\\]+/, '')
        .replaceAll('\\', '/'),
      await readFile(path),
    );
  }
  return files;
}
