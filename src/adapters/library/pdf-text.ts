/**
 * The text of a PDF, read in a disposable process: a parser of PDF is an attack surface. The child has no network, no children and no
 * files but the product's own code; memory, time and answer are capped; one that dies or is late means that the document is skipped.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openMemoryGauge } from '#hosts';
import type { ReadDocument } from './read-document.ts';

export interface PdfCaps {
  readonly memoryMb: number;
  readonly wallMs: number;
  readonly characters: number;
}
const defaults: PdfCaps = { memoryMb: 384, wallMs: 20_000, characters: 1_000_000 };
const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const folders: readonly string[] = [
  root,
  ...[...root.matchAll(/\/node_modules(?=\/)/g)].map((found) => root.slice(0, found.index + found[0].length)),
];
const entry = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../processes/pdf.ts' : '../../processes/pdf.js', import.meta.url),
);

export function pdfText(bytes: Buffer, caps: PdfCaps = defaults): Promise<ReadDocument> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--permission',
        ...folders.map((folder) => `--allow-fs-read=${folder}`),
        `--max-old-space-size=${caps.memoryMb}`,
        '--disable-warning=SecurityWarning',
        entry,
        String(caps.characters),
      ],
      { stdio: ['pipe', 'pipe', 'ignore'], env: { LANG: 'C.UTF-8' }, cwd: root },
    );
    const memory = openMemoryGauge(child.pid ?? 0);
    const end = (read: ReadDocument): void => {
      clearTimeout(late);
      clearInterval(watch);
      memory.close();
      child.kill('SIGKILL');
      resolve(read);
    };
    const late = setTimeout(() => end({ skipped: `its PDF was not read within ${caps.wallMs / 1000} seconds` }), caps.wallMs);
    // Bytes outside its heap are counted as well: a small PDF may unfold to a large picture.
    const watch = setInterval(() => {
      if ((memory.read() ?? 0) > caps.memoryMb * 2_000_000) end({ skipped: `its PDF takes more than ${caps.memoryMb * 2} MB to read` });
    }, 50);
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      // Four bytes a character at most, and the frame of JSON.
      if (size > caps.characters * 8) return end({ skipped: 'its PDF holds more text than is read' });
      parts.push(part);
    });
    child.stdin.on('error', () => {});
    child.on('error', () => end({ skipped: 'the process that reads PDF did not start' }));
    child.on('close', () => end(answerOf(Buffer.concat(parts).toString('utf8'))));
    child.stdin.end(bytes);
  });
}

function answerOf(said: string): ReadDocument {
  try {
    const answer = JSON.parse(said) as { readonly text?: unknown };
    if (typeof answer.text === 'string') return { text: answer.text.toWellFormed().replaceAll('\u0000', ' ') };
  } catch {
    // Told below: a child that dies says nothing, or half of it.
  }
  return { skipped: 'it is no PDF that can be read (broken, encrypted, or hostile)' };
}
