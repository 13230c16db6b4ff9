/**
 * Mutants of what a body lets go out with its commit: an event that is not emitted or tells nothing, a request that is not sent, says nothing, or goes to another address of
 * its host. Why: no row and no answer shows any of it, so that nothing but an example of what left notices. Loads no parser.
 */
import { nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

export interface EffectMutant {
  readonly mutator: 'effect';
  readonly replacement: string;
  /** The event, or how the address begins that a request goes to: '' where that is not written out. */
  readonly effect: { readonly kind: 'emit' | 'send'; readonly name: string };
}
const QUEUED = '({ status: 202, headers: {}, body: null, queued: true })';

/** What stands at this node instead, as `text` writes it; nothing where it is no effect. */
export function effectMutantsAt(node: SyntaxNode, around: readonly SyntaxNode[], text: string): readonly EffectMutant[] {
  const own = wholeEffect(node);
  if (own !== undefined) return [{ mutator: 'effect', replacement: own.kind === 'emit' ? 'undefined' : QUEUED, effect: own }];
  const [outer] = around;
  const part = outer?.type === 'CallExpression' ? nodesIn(outer, 'arguments').indexOf(node) : -1;
  const of = outer === undefined ? undefined : wholeEffect(outer);
  if (of?.kind === 'emit' && part === 1) return saysNothing(node, of);
  if (of?.kind === 'send' && part === 0)
    return [{ mutator: 'effect', replacement: `(${text.slice(node.start, node.end)}) + '/elsewhere'`, effect: of }];
  const [property, request, call] = around;
  const sent = call === undefined ? undefined : wholeEffect(call);
  if (sent?.kind !== 'send' || request === undefined || nodesIn(call ?? node, 'arguments')[1] !== request) return [];
  return property?.type === 'Property' && property['value'] === node && property['shorthand'] !== true && keyOf(property) === 'body'
    ? saysNothing(node, sent)
    : [];
}
/** What tells nothing already cannot tell less. */
function saysNothing(node: SyntaxNode, effect: EffectMutant['effect']): readonly EffectMutant[] {
  const members = node.type === 'ObjectExpression' ? nodesIn(node, 'properties') : undefined;
  return members?.length === 0 ? [] : [{ mutator: 'effect', replacement: members === undefined ? 'null' : '({})', effect }];
}

/** `emit('sold', ...)`, and `fetch(address, { method: 'POST', ... })`: what is not GET or HEAD leaves after the commit. */
function wholeEffect(node: SyntaxNode): EffectMutant['effect'] | undefined {
  const callee = node.type === 'CallExpression' ? nodeIn(node, 'callee') : undefined;
  const name = callee?.type === 'Identifier' ? textIn(callee, 'name') : '';
  const [first, request] = node.type === 'CallExpression' ? nodesIn(node, 'arguments') : [];
  if (name === 'emit') return { kind: 'emit', name: written(first) };
  if (name !== 'fetch' || request?.type !== 'ObjectExpression') return undefined;
  const method = nodesIn(request, 'properties').find((each) => keyOf(each) === 'method');
  const said = method === undefined ? '' : written(nodeIn(method, 'value'));
  return !/^(?:POST|PUT|PATCH|DELETE)$/.test(said) ? undefined : { kind: 'send', name: written(first).replace(/^https?:\/\//, '') };
}
const keyOf = (property: SyntaxNode): string => {
  const key = nodeIn(property, 'key');
  return key?.type === 'Identifier' ? textIn(key, 'name') : written(key);
};
/** A text as far as it is written out. */
function written(node: SyntaxNode | undefined): string {
  if (node?.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : '';
  if (node?.type === 'BinaryExpression') return written(nodeIn(node, 'left'));
  const first = node?.type === 'TemplateLiteral' ? nodesIn(node, 'quasis')[0] : undefined;
  const value = first?.['value'] as { readonly cooked?: unknown } | undefined;
  return typeof value?.cooked === 'string' ? value.cooked : '';
}
