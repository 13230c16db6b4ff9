/** What a form says, whichever way it was sent: names as they were written, each with a text or a file, in order. */
export interface FilePart {
  /** As whoever sent it called it; not yet fit for anything. */
  readonly filename: string;
  readonly type: string;
  readonly bytes: Buffer;
}
export interface Entry {
  readonly name: string;
  readonly value: string | FilePart;
}
/** More names than these are in no form of ours; a name is no longer than this. */
export const mostEntries = 1_000;
export const longestName = 300;
