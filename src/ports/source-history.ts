/** A projection of the sources into a history that editors know (git). Optional: without it the system runs. */
export interface SourceHistory {
  /** One commit a change, with trailers: change id, evidence digest, generation. Committing a generation twice is harmless. */
  commit(entry: {
    readonly files: { readonly [path: string]: string };
    readonly message: string;
    readonly change: string;
    readonly evidence: string;
    readonly generation: string;
    readonly at: number;
  }): Promise<void>;
  close(): Promise<void>;
}
