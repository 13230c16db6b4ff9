/** A generation: an immutable set of component versions; its id is the digest of its content. */
import type { Digest } from './brand.ts';
import type { ComponentKind } from './contract.ts';

export interface ComponentVersion {
  readonly kind: ComponentKind;
  readonly name: string;
  /** Path inside the system: `entities/invoice.ts`. */
  readonly path: string;
  /** Digest of the source text. */
  readonly source: Digest;
  /** Digest of the canonical contract. */
  readonly contract: Digest;
  /** Digest of the source text of its test file, where it has one. */
  readonly tests?: Digest;
}

export interface GenerationContent {
  readonly format: 'theseus/generation/1';
  readonly settings: Digest;
  /** In order of path. */
  readonly components: readonly ComponentVersion[];
}
export interface Generation extends GenerationContent {
  readonly id: Digest;
}

/** The id covers these bytes: canonicalJson(contentOf(generation)). */
export const contentOf = (generation: GenerationContent): GenerationContent => ({
  format: generation.format,
  settings: generation.settings,
  components: generation.components,
});
