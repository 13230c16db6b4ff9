/** The disposable process that reads one PDF: its bytes on standard input, its text as one JSON text on standard output. It may die of what it reads. */
import { extractText, getDocumentProxy } from 'unpdf';

const most = Number(process.argv[2]);
const parts: Buffer[] = [];
for await (const part of process.stdin) parts.push(part as Buffer);
const document = await getDocumentProxy(new Uint8Array(Buffer.concat(parts)), {
  verbosity: 0,
  stopAtErrors: false,
  useSystemFonts: false,
});
const { text } = await extractText(document, { mergePages: false });
process.stdout.write(JSON.stringify({ text: text.join('\n\n').slice(0, most) }), () => process.exit(0));
