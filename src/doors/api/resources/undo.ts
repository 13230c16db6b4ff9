/** Taking changes back, with or without what they wrote: what would go back, what did, and what could not. Types alone. */
import type { Json } from '#kernel';

/** POST /_theseus/rollback. Refused with code `conflict` and `evidence.later` where later changes stand on it. */
export interface RollbackJson {
  readonly change?: string;
  readonly withLater?: boolean;
  /** `revert`: rows that it wrote go back as well, also of a change that is taken back already. `keep` where nothing is said. */
  readonly data?: 'keep' | 'revert';
}
export interface RolledBackJson {
  readonly generation: string;
  readonly changes: readonly string[];
  /** In words: rows that stand in a state which a workflow of that generation does not name. */
  readonly stranded: readonly string[];
  /** Where rows go back: GET undos/<id>. */
  readonly undo: string | null;
}

/** GET /_theseus/rollback?change&withLater: what the POST would do. */
export interface WouldRollBackJson {
  /** That which would serve. */
  readonly generation: string;
  readonly changes: readonly string[];
  /** It serves no more; its rows alone would follow. */
  readonly already: boolean;
  readonly rows: {
    /** `kind/name`: whose writes would go back. */
    readonly components: readonly string[];
    /** Rows that these made, changed and deleted, and those of them that somebody else has written since: these are conflicts, mostly. */
    readonly entities: readonly {
      readonly entity: string;
      readonly made: number;
      readonly changed: number;
      readonly deleted: number;
      readonly since: number;
    }[];
    /** Rows that others wrote meanwhile: they stay as they are. */
    readonly others: number;
    readonly outside: LeftJson;
  };
}
/** Requests to hosts outside: `sent` have left and are not undone, `waiting` are given up. The first of them. */
export interface LeftJson {
  readonly sent: number;
  readonly waiting: number;
  readonly first: readonly {
    readonly id: string;
    readonly call: string;
    readonly component: string;
    readonly method: string;
    readonly host: string;
    readonly state: 'waiting' | 'sent' | 'dead' | 'stopped';
    readonly at: string;
  }[];
}

/** GET /_theseus/undos/<id>, and undos?change. It runs until the calls of what was taken back are over. */
export interface UndoJson {
  readonly id: string;
  readonly changes: readonly string[];
  /** Id of the caller. */
  readonly by: string;
  readonly at: string;
  readonly state: 'running' | 'done';
  readonly endedAt: string | null;
  readonly components: readonly string[];
  readonly rows: {
    readonly found: number;
    readonly waiting: number;
    /** They were made by what is undone. */
    readonly deleted: number;
    /** They were deleted by it. */
    readonly madeAgain: number;
    readonly putBack: number;
    /** They stood as before already, or nothing that serves now shows them. */
    readonly asBefore: number;
    readonly conflicts: number;
  };
  readonly outside: LeftJson & { readonly stopped: number };
}
/** GET /_theseus/undos/<id>/conflicts: a row that could not be put back, or not all of it. Pages by `before`. */
export interface UndoConflictJson {
  readonly no: number;
  /** Null where the caller may not see it. */
  readonly row: string | null;
  readonly entity: string;
  /** What went back of it all the same. */
  readonly deed: 'deleted' | 'made-again' | 'put-back' | null;
  /** `written-since`, `gone`, or the code of what refused it. */
  readonly code: string | null;
  readonly why: string;
  /** Values that the caller may not see are left out. */
  readonly fields: readonly { readonly field: string; readonly before?: Json; readonly now?: Json }[];
}
