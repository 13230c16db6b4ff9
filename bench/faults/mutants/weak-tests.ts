/** Tests made weak: what stood before is taken out or blunted, what is new says nothing, or something else than the asker said. */
import {
  definitionOf,
  type Edit,
  isNode,
  nameOf,
  nodesAt,
  placedIn,
  propertyOf,
  removed,
  replaced,
  type SyntaxNode,
  valueOf,
} from './edit.ts';

export interface WeakTests {
  /** `null`: the file goes. */
  readonly text: string | null;
  readonly what: string;
}

export function weakTests(path: string, text: string, before: string | undefined): readonly WeakTests[] {
  const placed = placedIn(path, text);
  const examples = nodesAt(definitionOf(placed)?.['elements']);
  const isOld = (example: SyntaxNode): boolean => before?.includes(`'${nameOf(nodesAt(example['arguments'])[0])}'`) === true;
  const told = (inside: SyntaxNode): readonly SyntaxNode[] =>
    placed.flatMap(({ node }) =>
      node.type === 'Property' && nameOf(node) === 'then' && node.start >= inside.start && node.end <= inside.end ? [node] : [],
    );
  const without = (which: readonly SyntaxNode[]): string =>
    cut(
      text,
      which.map((node) => removed(text, node, '')),
    );
  const found: WeakTests[] = [{ text: null, what: 'the file of tests is gone' }];
  const fresh = examples.filter((example) => !isOld(example));
  for (const example of examples.filter(isOld)) {
    found.push({ text: without([example]), what: 'an earlier example is gone' });
    const [first] = told(example);
    if (first !== undefined) found.push({ text: without([first]), what: 'an earlier example states less' });
  }
  if (fresh.length > 0) {
    found.push({ text: without(fresh.flatMap(told)), what: 'the new examples state nothing' });
    const refusals = fresh.flatMap(told).filter((then) => propertyOf(valueOf(then), 'refused') !== undefined);
    if (refusals.length > 0) {
      const steps = placed.flatMap(({ node }) => (refusals.some((then) => nodesAt(node['properties']).includes(then)) ? [node] : []));
      found.push({ text: without(steps), what: 'the new examples refuse nothing' });
    }
    found.push({
      text: without(fresh.flatMap((example) => nodesAt(nodesAt(example['arguments'])[1]?.['elements']).slice(1))),
      what: 'the new examples end after a step',
    });
  }
  const values = fresh
    .flatMap(told)
    .flatMap((then) => nodesAt(valueOf(then)?.['properties']))
    .flatMap((property) => valueOf(property) ?? []);
  for (const value of values.slice(0, 2)) {
    const wrong = otherOf(value);
    if (wrong !== undefined) found.push({ text: cut(text, [wrong]), what: `an example says otherwise: ${wrong.what}` });
  }
  return found;
}

function otherOf(value: SyntaxNode): Edit | undefined {
  const is: unknown = value['value'];
  if (!isNode(value) || value.type !== 'Literal') return undefined;
  if (is === null) return replaced(value, `'2026-01-01'`, 'a value instead of none');
  if (typeof is === 'number') return replaced(value, String(is + 1), 'a number');
  if (typeof is === 'string' && /^-?\d+\.\d+$/.test(is)) return replaced(value, `'${(Number(is) + 0.01).toFixed(2)}'`, 'an amount');
  return undefined;
}

function cut(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((made, { start, end, text: put }) => made.slice(0, start) + put + made.slice(end), text);
}
