/** The text of one document, or why it is skipped. What is binary, broken or no text is a "no", never a fault: a folder may hold anything. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { documentCaps, type FoundFile } from './list-documents.ts';

export type ReadDocument = { readonly text: string } | { readonly skipped: string };
export type PdfText = (bytes: Buffer) => Promise<ReadDocument>;

export async function readDocument(folder: string, file: FoundFile, pdfText: PdfText): Promise<ReadDocument> {
  if (file.skipped !== undefined) return { skipped: file.skipped };
  const pdf = /\.pdf$/i.test(file.path);
  const bytes = await bytesOf(join(folder, file.path), pdf ? documentCaps.pdfBytes : documentCaps.textBytes);
  if (typeof bytes === 'string') return { skipped: bytes };
  if (!pdf) return textOf(bytes);
  if (!bytes.subarray(0, 1024).includes('%PDF-')) return { skipped: 'it is named PDF and is none' };
  const read = await pdfText(bytes);
  return 'skipped' in read || read.text.trim() !== '' ? read : { skipped: 'it holds no text: pictures of pages are not read' };
}

/** At most as many bytes as may be; a file may grow or change its kind while it is looked at. */
async function bytesOf(path: string, most: number): Promise<Buffer | string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) return 'it is no plain file';
      const bytes = Buffer.alloc(most + 1);
      let size = 0;
      for (;;) {
        const { bytesRead } = await file.read(bytes, size, bytes.length - size);
        if (bytesRead === 0) break;
        size += bytesRead;
      }
      return size > most ? `it has more than ${most} bytes` : bytes.subarray(0, size);
    } finally {
      await file.close();
    }
  } catch (cause) {
    return `it cannot be read: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'}`;
  }
}

function textOf(bytes: Buffer): ReadDocument {
  if (bytes.includes(0)) return { skipped: 'it holds bytes that no text has' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { skipped: 'it is no UTF-8 text' };
  }
  const strange = text.match(/[\p{Cc}\uFFFD]/gu)?.filter((char) => !'\n\r\t\f'.includes(char)).length ?? 0;
  if (strange > text.length / 100) return { skipped: 'it holds signs that no text has' };
  return text.trim() === '' ? { skipped: 'it is empty' } : { text: text.replaceAll('\r\n', '\n') };
}
