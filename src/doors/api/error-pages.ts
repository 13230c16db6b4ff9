/**
 * /errors/<code>: where the `type` of a problem leads (RFC 9457, section 3.1.1). Answers the entry of docs/errors.md, as a page for
 * browsers and as text for others, to whoever asks: it holds no secret. `/errors/` lists all.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { refuse } from '#kernel';
import { answerProblem } from './answers.ts';
import { pageHeaders } from './console-files.ts';

export const errorPath = '/errors/';

export interface ErrorPages {
  answer(incoming: IncomingMessage, path: string): Promise<Response>;
}

/** Where the document is missing no code is known. In the sources and in an installed package alike the documents lie three folders above. */
const documentAt = new URL('../../../docs/errors.md', import.meta.url);

export function errorPages(): ErrorPages {
  let entries: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    async answer(incoming, path) {
      if (incoming.method !== 'GET' && incoming.method !== 'HEAD')
        return answerProblem(refuse('method-not-allowed', `${path.slice(0, 100)} takes GET.`), { allow: 'GET, HEAD' });
      const all = await (entries ??= readFile(documentAt, 'utf8').then(entriesOf, () => new Map<string, string>()));
      const code = path.slice(errorPath.length);
      const text = all.get(code);
      if (code !== '' && text === undefined)
        return answerProblem(refuse('not-found', `There is no error called ${code.slice(0, 60)}. All are listed at ${errorPath}`));
      const page = (incoming.headers.accept ?? '').includes('text/html');
      if (text === undefined) return answer(page, 'Errors', [...all.keys()].map((each) => `- [${each}](${errorPath}${each})`).join('\n'));
      return answer(page, code, text);
    },
  };
}

function entriesOf(document: string): ReadonlyMap<string, string> {
  return new Map(
    document
      .split(/^### /m)
      .slice(1)
      .map((section) => {
        const end = section.indexOf('\n');
        return [
          section.slice(0, end).trim(),
          section
            .slice(end + 1)
            .replace(/^## [\s\S]*/m, '')
            .trim(),
        ] as const;
      }),
  );
}

function answer(page: boolean, title: string, text: string): Response {
  const headers = { ...pageHeaders, 'cache-control': 'public, max-age=3600', vary: 'accept' };
  if (!page)
    return new Response(`# ${title}\n\n${text}\n`, {
      status: 200,
      headers: { ...headers, 'content-type': 'text/markdown; charset=UTF-8' },
    });
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>
body{font:1.05rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}h1{font-size:1.5rem}code{font-size:.95em}p{white-space:pre-line}
</style></head><body><h1>${title}</h1>${paragraphs(text)}<p><a href="${errorPath}">All errors</a> · <a href="/console/">Console</a></p></body></html>`;
  return new Response(html, { status: 200, headers: { ...headers, 'content-type': 'text/html; charset=UTF-8' } });
}

/** The little Markdown that the document uses: bold, code, links; the text is ours, and escaped all the same. */
function paragraphs(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/^- \[([a-z-]+)\]\(([a-z/-]+)\)$/gm, '<a href="$2">$1</a>')
    .split(/\n\n+/)
    .map(
      (part) =>
        `<p>${part
          .replaceAll(/([^\n])\n(?!<a)/g, '$1 ')
          .replaceAll(/\s*\*\*([^*]+)\*\*/g, '\n<strong>$1</strong>')
          .trim()}</p>`,
    )
    .join('');
}
