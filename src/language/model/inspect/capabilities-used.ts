/**
 * What a body reaches through the broker: `data.<entity>.<verb>(...)` and `emit('name', ...)`. Written
 * only so, so that a reader and a gate see all of it; the broker enforces the contract at run time whatever stands here.
 */
import { accessOf } from '#kernel';
import type { CapabilityUse } from './code-facts.ts';
import type { Finding } from './refused-shapes.ts';
import { childrenOf, everyNode, isFunction, nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

/** `noted`: statements that only write to the log: `log(...)` of values that nothing is done for. No caller and no row shows what they say. */
interface Used {
  readonly uses: readonly CapabilityUse[];
  readonly findings: readonly Finding[];
  readonly noted: readonly SyntaxNode[];
}
export function capabilitiesUsed(run: SyntaxNode): Used {
  const uses: CapabilityUse[] = [];
  const findings: Finding[] = [];
  const { data, emit, call, fetch, event, log } = localNames(run);
  const visit = (node: SyntaxNode, parents: readonly SyntaxNode[]): void => {
    if (node.type === 'Identifier' && !isKey(node, parents)) {
      const name = textIn(node, 'name');
      if (name === data && !parents.some((parent) => parent.type === 'ObjectPattern')) useOfData(node, parents);
      if (name === emit && !parents.some((parent) => parent.type === 'ObjectPattern')) useOfName(node, parents, 'emit');
      if (name === call && !parents.some((parent) => parent.type === 'ObjectPattern')) useOfName(node, parents, 'call');
      if (name === event && !parents.some((parent) => parent.type === 'ObjectPattern')) useOfEvent(node, parents[0]);
      if (name === fetch && !parents.some((parent) => parent.type === 'ObjectPattern')) useOfFetch(node, parents);
    }
    for (const child of childrenOf(node)) visit(child, [node, ...parents]);
  };
  const useOfData = (node: SyntaxNode, parents: readonly SyntaxNode[]): void => {
    const [entity, verb, call] = parents;
    const whole =
      entity?.type === 'MemberExpression' &&
      entity['object'] === node &&
      entity['computed'] !== true &&
      verb?.type === 'MemberExpression' &&
      verb['object'] === entity &&
      verb['computed'] !== true &&
      call?.type === 'CallExpression' &&
      call['callee'] === verb;
    if (!whole) {
      findings.push({
        at: node.start,
        message: 'write data.<entity>.<verb>(...) in one piece, so that a reader sees what may be reached',
      });
      return;
    }
    const name = textIn(nodeIn(entity, 'property') ?? node, 'name');
    const method = textIn(nodeIn(verb, 'property') ?? node, 'name');
    const access = Object.hasOwn(accessOf, method) ? (accessOf[method] ?? null) : null;
    if (access === null)
      findings.push({
        at: verb.start,
        message: `data.${name} has no ${method}; it has ${Object.keys(accessOf).join(', ')} (rows that meet conditions: all({ filters: [{ field, op, value }] }))`,
      });
    uses.push({ kind: 'data', name, access, at: entity.start });
  };
  const useOfFetch = (node: SyntaxNode, parents: readonly SyntaxNode[]): void => {
    const asked = parents[0];
    const first = asked === undefined ? undefined : nodesIn(asked, 'arguments')[0];
    const host =
      asked?.type === 'CallExpression' && asked['callee'] === node ? /^https?:\/\/([^/?#]+)[/?#]/.exec(startOf(first))?.[1] : undefined;
    if (host === undefined)
      findings.push({
        at: node.start,
        message: "write fetch('https://host/...'), the host in letters, so that a reader sees who is asked",
      });
    else uses.push({ kind: 'fetch', name: host, access: null, at: node.start });
  };
  const useOfEvent = (node: SyntaxNode, member: SyntaxNode | undefined): void => {
    if (member?.type !== 'MemberExpression' || member['object'] !== node || member['computed'] === true) return;
    const name = textIn(nodeIn(member, 'property') ?? node, 'name');
    if (name === 'before' || name === 'after') uses.push({ kind: 'event', name, access: null, at: member.start });
  };
  const useOfName = (node: SyntaxNode, parents: readonly SyntaxNode[], kind: 'emit' | 'call'): void => {
    const call = parents[0];
    const first = call === undefined ? undefined : nodesIn(call, 'arguments')[0];
    if (call?.type !== 'CallExpression' || call['callee'] !== node || first?.type !== 'Literal' || typeof first['value'] !== 'string') {
      findings.push({
        at: node.start,
        message:
          kind === 'emit'
            ? "write emit('name of the event', { ... }), so that a reader sees what is emitted"
            : "write call('name of the operation', { on, with }), so that a reader sees what is called",
      });
      return;
    }
    uses.push({ kind, name: first['value'], access: null, at: node.start });
  };
  const body = nodeIn(run, 'body');
  if (body !== undefined) visit(body, []);
  if (data === null)
    findings.push({ at: run.start, message: 'take the parts of a call by name: async run({ data, input, row, today }) { ... }' });
  return { uses, findings, noted: body === undefined || log === undefined ? [] : notedIn(body, log) };
}

/** None where the body gives the name to something else as well: then it is not known what is called. */
function notedIn(body: SyntaxNode, log: string): readonly SyntaxNode[] {
  const all = [...everyNode(body)];
  const calls = all.flatMap((node) => {
    const call = node.type === 'ExpressionStatement' ? nodeIn(node, 'expression') : undefined;
    const callee = call?.type === 'CallExpression' ? nodeIn(call, 'callee') : undefined;
    return callee?.type === 'Identifier' && textIn(callee, 'name') === log && call !== undefined ? [{ node, call, callee }] : [];
  });
  const called = new Set(calls.map(({ callee }) => callee));
  const keys = new Set(
    all.flatMap((node) =>
      node.type === 'Property' || node.type === 'MemberExpression' ? [nodeIn(node, node.type === 'Property' ? 'key' : 'property')] : [],
    ),
  );
  if (all.some((node) => node.type === 'Identifier' && textIn(node, 'name') === log && !called.has(node) && !keys.has(node))) return [];
  return calls
    .filter(({ call }) => nodesIn(call, 'arguments').every((given) => [...everyNode(given)].every(({ type }) => plain.has(type))))
    .map(({ node }) => node);
}
/** Reading what is there, and nothing that does anything. */
const plain: ReadonlySet<string> = new Set([
  'Literal',
  'TemplateLiteral',
  'TemplateElement',
  'Identifier',
  'MemberExpression',
  'ChainExpression',
  'ObjectExpression',
  'Property',
  'ArrayExpression',
  'BinaryExpression',
  'LogicalExpression',
  'ConditionalExpression',
]);

/** What a text or a template begins with. */
function startOf(node: SyntaxNode | undefined): string {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return `${node['value']}/`;
  const [first] = node?.type === 'TemplateLiteral' ? nodesIn(node, 'quasis') : [];
  const value: unknown = first?.['value'];
  return typeof value === 'object' && value !== null && 'cooked' in value && typeof value.cooked === 'string' ? value.cooked : '';
}

/** The local names of what a body is given; `data: null` where the parameter is not taken apart. */
interface LocalNames {
  readonly data: string | null | undefined;
  readonly emit?: string | undefined;
  readonly call?: string | undefined;
  readonly fetch?: string | undefined;
  readonly event?: string | undefined;
  readonly log?: string | undefined;
}
function localNames(run: SyntaxNode): LocalNames {
  const [parameter] = nodesIn(run, 'params');
  if (parameter === undefined) return { data: undefined };
  if (parameter.type !== 'ObjectPattern') return { data: null };
  const local = (name: string): string | undefined => {
    for (const property of nodesIn(parameter, 'properties')) {
      const key = nodeIn(property, 'key');
      const value = nodeIn(property, 'value');
      if (key !== undefined && textIn(key, 'name') === name && value?.type === 'Identifier') return textIn(value, 'name');
    }
    return undefined;
  };
  const rest = nodesIn(parameter, 'properties').some((property) => property.type === 'RestElement');
  return {
    data: rest ? null : local('data'),
    emit: local('emit'),
    call: local('call'),
    fetch: local('fetch'),
    event: local('event'),
    log: local('log'),
  };
}

const isKey = (node: SyntaxNode, parents: readonly SyntaxNode[]): boolean => {
  const parent = parents[0];
  if (parent === undefined) return false;
  if (parent.type === 'MemberExpression') return parent['property'] === node && parent['computed'] !== true;
  return parent.type === 'Property' && parent['key'] === node && parent['computed'] !== true && parent['shorthand'] !== true;
};

/** The function `run` of `operation({ ..., run(...) { } })`. */
export function runOf(program: SyntaxNode): SyntaxNode | undefined {
  for (const node of everyNode(program)) {
    if (node.type !== 'Property') continue;
    const key = nodeIn(node, 'key');
    const value = nodeIn(node, 'value');
    if (key !== undefined && textIn(key, 'name') === 'run' && value !== undefined && isFunction(value)) return value;
  }
  return undefined;
}
