/** Who signs in, by what, and what they may do. Types alone. */

/** GET /_theseus/session */
export interface SessionJson {
  readonly caller: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
  /** `session`: signed in by a link in a browser. `key`: by an API key. */
  readonly by: 'session' | 'key';
  readonly may: Rights;
}

/** What the caller may do, as the system's policy says. */
export interface Rights {
  readonly ask: boolean;
  readonly approve: boolean;
  readonly rollBack: boolean;
  readonly freeze: boolean;
  /** Rows of the system, unless a component says more. */
  readonly read: boolean;
  readonly write: boolean;
  readonly sensitive: boolean;
  /** Keys, callers, audit, sign-in links. */
  readonly administer: boolean;
}

/** GET /_theseus/who-can: what somebody can do in the generation that serves. */
export interface WhoCanJson {
  /** A role, `anyone`, or `the clock`. */
  readonly who: string;
  /** `read` is of a sensitive field, all else of rows. */
  readonly deed: 'read' | 'create' | 'update' | 'delete';
  /** `product`, or `customer.credit`. */
  readonly what: string;
  /** `some`: access rules let it meet only some. */
  readonly rows: 'all' | 'some';
  readonly path: readonly string[];
  /** The component that does it. */
  readonly by: string;
}

/** GET /_theseus/keys; POST { name, roles } answers a NewKey: the secret is shown once. */
export interface KeyJson {
  readonly id: string;
  readonly name: string;
  readonly caller: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly ended: boolean;
}

export interface NewKeyJson {
  readonly id: string;
  readonly key: string;
  readonly caller: string;
  readonly roles: readonly string[];
}

/** GET /_theseus/callers */
export interface CallerJson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}

/** POST /_theseus/links { caller?, minutes? } */
export interface LinkJson {
  readonly link: string;
  readonly url: string;
  readonly minutes: number;
}
