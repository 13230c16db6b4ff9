/** A prepared statement: its text, and a name that is the digest of it, so that equal statements are shared by all generations. */
import { hash } from 'node:crypto';

export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Callers choose what stands in its text: there are more of these than a connection may keep. */
  readonly chosen: boolean;
}

/** Statements by text: the texts of lists are put together anew for each call. The oldest go when there are too many. */
const known = new Map<string, Statement>();
const MOST_KNOWN = 5_000;

export const statement = (text: string): Statement => ofText(text, false);
/** One whose text callers choose, by their filters, orders and limits. */
export const chosenStatement = (text: string): Statement => ofText(text, true);

function ofText(text: string, chosen: boolean): Statement {
  let made = known.get(text);
  if (made === undefined) {
    made = { name: `s${hash('sha256', text).slice(0, 24)}`, text, chosen };
    if (known.size >= MOST_KNOWN) for (const old of [...known.keys()].slice(0, MOST_KNOWN / 2)) known.delete(old);
    known.set(text, made);
  }
  return made;
}
