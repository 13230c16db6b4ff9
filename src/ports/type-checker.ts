/** A type checker that keeps a project open and checks edits of it. */
export interface TypeProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}
export interface TypeChecker {
  /** Opens the project: all files by path. */
  open(files: { readonly [path: string]: string }): Promise<void>;
  /** Changes files; `null` removes one. */
  change(files: { readonly [path: string]: string | null }): Promise<void>;
  diagnose(paths: readonly string[]): Promise<readonly TypeProblem[]>;
  close(): Promise<void>;
}
