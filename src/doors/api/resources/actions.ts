/** What may be done with one row now, as the system's own interface tells it: GET /api/<plural>/<id>/actions. */
export interface ActionsJson {
  /** Of the row that was judged. */
  readonly version: number;
  readonly actions: readonly ActionJson[];
}
/** A move of a workflow, or an operation on the row. `code` and `why` are the refusal that it would get; null where it is allowed. */
export interface ActionJson {
  readonly name: string;
  readonly method: string;
  /** Of this very row. */
  readonly path: string;
  readonly allowed: boolean;
  readonly code: string | null;
  readonly why: string | null;
}
