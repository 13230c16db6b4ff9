/** The address of an operation and the shape in which callers speak with it, out of the syntax. */
import { refusalCodes } from '#kernel';
import type { DeclaredOperation } from './declared.ts';
import { type Context, named, namedList } from './definition.ts';
import { jsonOf, membersOf, numberIn, numberOf, objectIn, textIn, textsIn, type Members } from './literal.ts';
import { answeredProblem, takenProblem } from './media-types.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** Letters and digits, or one input, alone or with something before or after it: `{status}.json`, `{project}:cancel`, `@{user}`. */
const SEGMENT =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?|[@A-Za-z0-9._~-]{0,40}\{[a-z][a-zA-Z0-9]{0,39}\}(?:[.:~_-][A-Za-z0-9._~-]{0,39}[A-Za-z0-9_~-])?)$/;
/** Addresses of the system itself. */
const own = /^\/(?:_theseus|console|errors|mcp|sign-in|openapi\.json|llms\.txt)(?:\/|$)|^\/api\/views(?:\/|$)/;

export function httpOf(members: Members, onRow: boolean, context: Context, start: number): Omit<DeclaredOperation['http'], 'start'> {
  const { report } = context;
  const node = objectIn(members, 'http', report);
  if (node === undefined) return {};
  const parts = membersOf(node, report, [
    'method',
    'path',
    'status',
    'query',
    'headers',
    'body',
    'names',
    'extra',
    'takes',
    'answers',
    'refusals',
  ]);
  const methodText = textIn(parts, 'method', report);
  const method = methods.find((candidate) => candidate === methodText);
  const at = (name: string): number => parts.get(name)?.value.start ?? start;
  if (methodText !== undefined && method === undefined) report(at('method'), `method must be one of ${methods.join(', ')}`);
  const path = textIn(parts, 'path', report);
  if (path !== undefined) {
    const problem = pathProblem(path, onRow);
    if (problem !== undefined) report(at('path'), problem);
  }
  const status = numberIn(parts, 'status', report, 200, 299);
  const query = parts.has('query') ? namedList(parts, 'query', context) : undefined;
  const headers = parts.has('headers') ? namedList(parts, 'headers', context) : undefined;
  const names = namesOf(parts, context);
  const body = named(parts, 'body', context);
  if (body !== undefined && (method === 'GET' || methodText === undefined))
    report(at('body'), 'a GET has no body; say method first where it has one');
  const extra = textIn(parts, 'extra', report);
  if (extra !== undefined && extra !== 'ignored' && extra !== 'refused') report(at('extra'), "extra is 'refused' or 'ignored'");
  const takes = parts.has('takes') ? textsIn(parts, 'takes', report).map((type) => type.toLowerCase()) : undefined;
  for (const type of takes ?? []) {
    const problem = takenProblem(type);
    if (problem !== undefined) report(at('takes'), problem);
  }
  if (takes?.length === 0) report(at('takes'), 'takes names at least one media type; leave it out for JSON');
  if (takes !== undefined && (method === 'GET' || methodText === undefined))
    report(at('takes'), 'a GET has no body; say method first where it has one');
  const answers = textIn(parts, 'answers', report)?.toLowerCase();
  const unfit = answers === undefined ? undefined : answeredProblem(answers);
  if (unfit !== undefined) report(at('answers'), unfit);
  const refusals = refusalsOf(parts, context);
  return {
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(status === undefined ? {} : { status }),
    ...(query === undefined ? {} : { query }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(names === undefined ? {} : { names }),
    ...(extra === 'ignored' ? { extra } : {}),
    ...(takes === undefined ? {} : { takes }),
    ...(answers === undefined ? {} : { answers }),
    ...(refusals === undefined ? {} : { refusals }),
  };
}

function pathProblem(path: string, onRow: boolean): string | undefined {
  if (own.test(path)) return 'this address is one of the system itself; take another';
  const segments = path.split('/').slice(1);
  const params = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  if (!path.startsWith('/') || path.length > 200 || !segments.every((segment) => SEGMENT.test(segment)))
    return "path must be such as '/api/orders/place' or '/articles/{slug}/comments': segments of letters, digits and -, or an input in braces, also as '{slug}.json' or '{slug}:cancel'";
  if (new Set(params).size !== params.length) return 'the same input stands twice in the path';
  if (params.includes('id') !== onRow)
    return onRow
      ? "path must hold {id}, such as '/api/orders/{id}/cancel': the row that it acts on"
      : '{id} is the row that it acts on: say on, or give the input another name';
  return undefined;
}

function namesOf(parts: Members, { report }: Context): { readonly [name: string]: string } | undefined {
  const node = objectIn(parts, 'names', report);
  if (node === undefined) return undefined;
  const members = membersOf(node, report);
  return Object.fromEntries([...members.keys()].map((name) => [name, textIn(members, name, report) ?? name]));
}

function refusalsOf(parts: Members, { report }: Context): DeclaredOperation['http']['refusals'] {
  const node = objectIn(parts, 'refusals', report);
  if (node === undefined) return undefined;
  const members = membersOf(node, report, ['statuses', 'body', 'bodies', 'faults']);
  const coded = (name: string): Members => {
    const stated = objectIn(members, name, report);
    const codes = stated === undefined ? new Map() : membersOf(stated, report);
    for (const [code, member] of codes)
      if (!Object.hasOwn(refusalCodes, code) && code !== 'unknown-token')
        report(member.start, `${code.slice(0, 60)} is no code of a refusal; docs/errors.md lists them`);
    return codes;
  };
  const statuses: { [code: string]: number } = {};
  const bodyNode = members.get('body')?.value;
  const codes = coded('statuses');
  for (const [code, member] of codes) {
    const silent = bodyNode !== undefined && numberOf(member.value) === 200;
    const status = silent ? 200 : numberIn(codes, code, report, 400, 499);
    if (status !== undefined) statuses[code] = status;
  }
  const body = bodyNode === undefined ? undefined : jsonOf(bodyNode, report);
  const bodies = Object.fromEntries(
    [...coded('bodies')].flatMap(([code, member]) => {
      const template = jsonOf(member.value, report);
      return template === undefined ? [] : [[code, template] as const];
    }),
  );
  const faultsNode = objectIn(members, 'faults', report);
  const worded = faultsNode === undefined ? new Map() : membersOf(faultsNode, report, ['missing', 'unknown', 'invalid']);
  const faults = Object.fromEntries([...worded.keys()].flatMap((name) => [[name, textIn(worded, name, report) ?? name] as const]));
  return {
    statuses,
    ...(body === undefined ? {} : { body }),
    ...(Object.keys(bodies).length === 0 ? {} : { bodies }),
    ...(worded.size === 0 ? {} : { faults }),
  };
}
