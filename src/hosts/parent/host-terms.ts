/** What a host is started with; child/host.ts reads the same members. */
export interface HostTerms {
  /** Milliseconds of processor time that one entry into an isolate may take. */
  readonly cpuMs: number;
  /** How many isolates a host keeps. */
  readonly most: number;
  readonly currencyDigits: number;
}
