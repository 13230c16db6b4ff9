/** /llms.txt: the way for a coding agent that knows nothing but this address. It says nothing of the system that runs here. */
import type { IncomingMessage } from 'node:http';
import { answerProblem, type Headers } from './answers.ts';
import { refuse } from '#kernel';

const headers: Headers = {
  'content-type': 'text/plain; charset=UTF-8',
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, max-age=3600',
};

export const llmsPath = '/llms.txt';

export const llmsText = (url: string): string => `# A Theseus system

> A running business system that changes itself: a request in words, or code that is handed in, passes gates and goes live without
> a restart, with a way back. Whoever calls needs an API key: a person makes one with \`theseus key new NAME --role ROLE\`
> (roles that may ask stand in the system's policy).

Send the key as \`Authorization: Bearer KEY\`.

## Ways in
- [MCP](${url}/mcp): streamable HTTP. The tools describe, context, read, check, propose, ask, status and cancel change the system; the
  others use it. \`?tools=change\` or \`?tools=system\` shows only those. Over standard input and output: \`theseus mcp --url ${url}\`
- Command line: \`theseus describe\`, \`theseus context entity/NAME\`, \`theseus checkout FOLDER\`, \`theseus check FOLDER\`,
  \`theseus propose FOLDER -m "what and why"\`, \`theseus status ID\`; each with --json
- git: \`git push REPOSITORY HEAD:refs/proposals/NAME\`, from a clone of history.git in the system's data folder; the commit message is
  the request
- [REST](${url}/openapi.json): the system's own interface, as OpenAPI of the generation that serves
- Control API: GET ${url}/_theseus/describe, GET ${url}/_theseus/context?component=entity/NAME (or kind=workflow), GET ${url}/_theseus/sources,
  POST ${url}/_theseus/changes with \`{ "request": "...", "kind": "check", "proposal": { "from": "agent", "files": { "path": "text" } } }\`

## How to change it
1. describe: what is there, what each kind of component may say, what policy asks.
2. context of the component that you mean to change: its source, tests and neighbours. Of a kind (\`kind=workflow\`): how it is written,
   whole; ask for it before you write one for the first time.
3. Write small TypeScript files, tests beside them. Leave out permanent ids of what is new; never alter those that are there.
4. check until every gate passes. What fails is told with a witness. Earlier examples stay in force.
5. propose. It goes live by itself, or when a person approves it, as policy says.
`;

export function answerLlms(incoming: IncomingMessage, url: string): Response {
  return incoming.method === 'GET' || incoming.method === 'HEAD'
    ? new Response(llmsText(url), { headers })
    : answerProblem(refuse('method-not-allowed', `${llmsPath} takes GET.`), { allow: 'GET, HEAD' });
}
