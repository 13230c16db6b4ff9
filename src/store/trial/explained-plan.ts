/** How PostgreSQL answered a statement, read from `explain (analyze, buffers, format json)`: counts, which are the same at every run, and never times. */
export interface ExplainedPlan {
  /** What reads or sorts rows, outermost first: `Index Scan of e_inv_x_1`. */
  readonly nodes: readonly string[];
  /** Rows that were looked at. */
  readonly rows: number;
  /** Pages that were read, from memory or disk. */
  readonly pages: number;
}

interface Node {
  readonly 'Node Type'?: string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly Node[];
}

export function planOf(explained: unknown): ExplainedPlan {
  const [first] = explained as readonly { readonly Plan: Node }[];
  const nodes: string[] = [];
  let rows = 0;
  const visit = (node: Node): void => {
    const kind = node['Node Type'] ?? '';
    if (/Scan$|^Sort$|^Incremental Sort$/.test(kind)) {
      const of = node['Index Name'] ?? node['Relation Name'];
      nodes.push(of === undefined ? kind : `${kind} of ${of}`);
    }
    if (kind.endsWith('Scan') && kind !== 'Bitmap Index Scan') rows += looked(node) * (node['Actual Loops'] ?? 1);
    for (const inner of node.Plans ?? []) visit(inner);
  };
  const plan = first?.Plan ?? {};
  visit(plan);
  return { nodes, rows: Math.round(rows), pages: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0) };
}
const looked = (node: Node): number =>
  (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
