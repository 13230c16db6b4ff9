/** Reads a system's sources in a disposable process: a parser is an attack surface, and one that dies refuses the candidate. */
import type { Json } from '#kernel';

export interface CodeReader {
  /** The reading (`SystemReading` of the model) as JSON; `{ ok: false, problems }` also where the parser died. */
  read(files: { readonly [path: string]: string }): Promise<Json>;
  /** Regions as a scope states them, by formula (`rule/discount`, `entity/order#field/total`), read in the names of these files: `RegionRead` of each. */
  regions(files: { readonly [path: string]: string }, regions: { readonly [member: string]: string }): Promise<Json>;
  close(): Promise<void>;
}
