/** PDFs of one page, made by hand: with one line of plain text, or with what a packed stream unfolds to. */
import { deflateSync } from 'node:zlib';

export const pdfOf = (text: string): Buffer =>
  pdfWith(Buffer.from(`BT /F1 12 Tf 20 700 Td (${text.replaceAll(/[()\\]/g, '\\$&')}) Tj ET`, 'latin1'), '');
export const packedPdf = (unfolded: Buffer): Buffer => pdfWith(deflateSync(unfolded), '/Filter /FlateDecode');

function pdfWith(stream: Buffer, filter: string): Buffer {
  const objects: readonly Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>'),
    Buffer.concat([Buffer.from(`<< /Length ${stream.length} ${filter} >>\nstream\n`), stream, Buffer.from('\nendstream')]),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [at, object] of objects.entries()) {
    places.push(length());
    parts.push(Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length()}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}
