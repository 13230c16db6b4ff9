/**
 * Facts about the code of a component that its contract does not show: complexity, refused shapes, capabilities used,
 * branches. Why apart from the reading: gates judge by these. Loads oxc-parser: disposable process only.
 */
import { parseSync } from 'oxc-parser';
import { branchesOf } from './inspect/branches.ts';
import { capabilitiesUsed, runOf } from './inspect/capabilities-used.ts';
import type { CodeFacts } from './inspect/code-facts.ts';
import { cognitiveComplexity } from './inspect/cognitive-complexity.ts';
import { refusedShapes } from './inspect/refused-shapes.ts';
import { everyNode, isFunction, isNode, nodeIn, type SyntaxNode, textIn } from './inspect/syntax-walk.ts';
import { kindOfPath } from './paths.ts';

/** The text has been read without a problem before: caps on bytes and nesting hold. */
export function inspectComponent(path: string, text: string): CodeFacts {
  const result = parseSync(path, text, { lang: 'ts', sourceType: 'module', astType: 'ts', preserveParens: false });
  const program: unknown = result.program;
  if (!isNode(program)) return { functions: [], findings: [], capabilities: [], branches: [], noted: [] };
  const kind = kindOfPath(path);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const run = kind === 'operation' || kind === 'reaction' || kind === 'job' ? runOf(program) : undefined;
  const used = run === undefined ? { uses: [], findings: [], noted: [] } : capabilitiesUsed(run);
  const comments = result.comments
    .filter((comment) => /@ts-(ignore|expect-error|nocheck)/.test(comment.value))
    .map((comment) => ({ at: comment.start, message: 'a comment may not switch the type check off' }));
  const findings = [...comments, ...refusedShapes(program), ...used.findings].sort((a, b) => a.at - b.at);
  return {
    functions: functionsOf(program).map(({ name, node }) => ({
      name,
      line: lineAt(node.start),
      complexity: cognitiveComplexity(nodeIn(node, 'body') ?? node, name),
    })),
    findings: findings.map(({ at, message }) => ({ line: lineAt(at), column: at - text.lastIndexOf('\n', at - 1), message })),
    capabilities: used.uses,
    branches: run === undefined ? [] : branchesOf(run, lineAt),
    noted: used.noted.map(({ start, end }) => ({ start, end })),
  };
}

/** Functions that stand in no other function, with the name of the member or variable that they are the value of. */
function functionsOf(program: SyntaxNode): { name: string; node: SyntaxNode }[] {
  const inner = new Set<SyntaxNode>();
  const found: { name: string; node: SyntaxNode }[] = [];
  const names = new Map<SyntaxNode, string>();
  for (const node of everyNode(program)) {
    const named = nodeIn(node, node.type === 'Property' ? 'key' : 'id');
    const value = nodeIn(node, node.type === 'Property' ? 'value' : 'init');
    if (named !== undefined && value !== undefined) names.set(value, textIn(named, 'name'));
    if (!isFunction(node)) continue;
    if (!inner.has(node)) found.push({ node, name: names.get(node) ?? textIn(nodeIn(node, 'id') ?? node, 'name') });
    for (const below of everyNode(node)) if (below !== node) inner.add(below);
  }
  return found;
}
