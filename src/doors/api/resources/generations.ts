/** Generations, their certificates and the log that names them; taking back; and the bundle by which all is verified elsewhere. Types alone. */
import type { Envelope, Evidence, Json, KernelEvent, RiskClass, Scope } from '#kernel';

/** GET /_theseus/generations */
export interface GenerationSummary {
  readonly id: string;
  readonly parent: string | null;
  readonly change: string | null;
  readonly request: string | null;
  readonly createdAt: string;
  readonly serving: boolean;
  /** In the line of generations in force: a rollback can reach it. */
  readonly inForce: boolean;
}

/** GET /_theseus/generations/<id> */
export interface GenerationDetail extends GenerationSummary {
  readonly settings: string;
  readonly components: readonly GenerationComponent[];
  readonly certificate: CertificateJson | null;
  /** Of the kernel's log: admitted, activated, rolled back, closed; countersigned and chained. */
  readonly events: readonly LogEntry[];
}

export interface GenerationComponent {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly source: string;
  readonly contract: string;
  readonly tests: string | null;
}

export interface CertificateJson {
  readonly digest: string;
  readonly envelope: Envelope;
  readonly risk: RiskClass;
  readonly scope: Scope;
  readonly generator: string;
  readonly evidence: readonly Evidence[];
  readonly issued: string;
}

export interface LogEntry {
  readonly seq: number;
  readonly at: string;
  readonly event: KernelEvent;
  readonly previous: string;
  readonly digest: string;
  readonly signature: string;
}

/** GET /_theseus/generations/<id>/bundle: all that `theseus verify` needs without the system. */
export interface BundleJson {
  readonly format: 'theseus/bundle/1';
  readonly generation: string;
  readonly content: Json;
  /** Null for the generation that the system started with. */
  readonly certificate: { readonly digest: string; readonly envelope: Envelope } | null;
  /** Text by digest: every source, test and theseus.json. */
  readonly sources: { readonly [digest: string]: string };
  readonly log: readonly LogEntry[];
  /** Public keys by name (`workshop`, `machine`), PEM. */
  readonly publicKeys: { readonly [name: string]: string };
}
