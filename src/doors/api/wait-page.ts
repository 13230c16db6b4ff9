/** What a person sees who opens a sign-in link while too many have failed from the same address. Plain HTML, no script; nothing of the request stands in it. */
import { type Refusal, refusalCodes } from '#kernel';
import { answerProblem } from './answers.ts';
import { pageHeaders } from './console-files.ts';

export function waitPage(refusal: Refusal): Response {
  const seconds = Number(answerProblem(refusal).headers.get('retry-after') ?? 1);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Please wait</title><style>
body{font:1.05rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}h1{font-size:1.5rem}
</style></head><body><h1>Please wait</h1><p>Too many sign-ins failed from this address. Your link is not used up: open it again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.</p></body></html>`;
  return new Response(html, {
    status: refusalCodes[refusal.code].status,
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=UTF-8', 'cache-control': 'no-store', 'retry-after': String(seconds) },
  });
}
