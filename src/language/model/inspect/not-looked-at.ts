/**
 * Capability calls whose answer the body itself never looks at: a write that is only waited for, and the one whose answer is returned as it is.
 * A host need not wait for those: it sends the first on with what follows (`soon`), and the second is the end of the call
 * (`ends`). Each saves a message between processes and back. Found only where nothing in the body could tell the difference: all calls
 * stand in `run` itself, one after the other, none where something would catch its refusal.
 */
import { runOf } from './capabilities-used.ts';
import { childrenOf, everyNode, isFunction, nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

/** The names under which a realm hands out `data` for those calls, as long as `data` itself, so that nothing is moved by them. */
export const soonName = 'soon';
export const endsName = 'ends';
export interface Mark {
  /** Where `data` stands. */
  readonly at: number;
  readonly name: typeof soonName | typeof endsName;
}
const writes = new Set(['create', 'update', 'delete']);
const asking = new Set(['data', 'emit', 'call', 'fetch']);

export function notLookedAt(program: SyntaxNode): readonly Mark[] {
  const run = runOf(program);
  const body = run === undefined ? undefined : nodeIn(run, 'body');
  if (run === undefined || body === undefined || !takesPlainParts(run)) return [];
  for (const node of everyNode(program)) if (node.type === 'Identifier' && [soonName, endsName].includes(textIn(node, 'name'))) return [];
  const marks: Mark[] = [];
  /** False where a call stands in a way that might be seen from elsewhere in the body. */
  const visit = (node: SyntaxNode, around: readonly SyntaxNode[]): boolean => {
    if (node.type === 'Identifier' && asking.has(textIn(node, 'name')) && !isMember(node, around)) {
      const ofData = textIn(node, 'name') === 'data';
      const [call, holder, next] = around.slice(ofData ? 2 : 0);
      const verb = ofData ? nodeIn(around[1] ?? node, 'property') : undefined;
      const named = !ofData || around.slice(0, 2).every(({ type, computed }) => type === 'MemberExpression' && computed !== true);
      const whole = named && call?.type === 'CallExpression' && call['callee'] === (ofData ? around[1] : node);
      const waited = holder?.type === 'AwaitExpression';
      const returned = (waited ? next : holder)?.type === 'ReturnStatement';
      if (!whole || !(waited || returned) || around.some(isFunction)) return false;
      const only = waited && next?.type === 'ExpressionStatement' && writes.has(textIn(verb ?? node, 'name'));
      if (ofData && (returned || only) && !around.some(({ type }) => type === 'TryStatement'))
        marks.push({ at: node.start, name: returned ? endsName : soonName });
    }
    for (const child of childrenOf(node)) if (!visit(child, [node, ...around])) return false;
    return true;
  };
  return visit(body, []) ? marks : [];
}

/** `async run({ data, input })`: each part under its own name, and nothing computed in between. */
function takesPlainParts(run: SyntaxNode): boolean {
  const [parts, more] = nodesIn(run, 'params');
  if (parts?.type !== 'ObjectPattern' || more !== undefined) return false;
  return nodesIn(parts, 'properties').every((part) => {
    const value = nodeIn(part, 'value');
    if (part.type !== 'Property' || part['computed'] === true || value?.type !== 'Identifier') return false;
    return part['shorthand'] === true || ![value, nodeIn(part, 'key') ?? part].some((named) => asking.has(textIn(named, 'name')));
  });
}
/** `x.data`, `{ data: 1 }`: another thing of that name. */
function isMember(node: SyntaxNode, [parent]: readonly SyntaxNode[]): boolean {
  if (parent?.type === 'MemberExpression') return parent['property'] === node && parent['computed'] !== true;
  return parent?.type === 'Property' && parent['key'] === node && parent['computed'] !== true && parent['shorthand'] !== true;
}
