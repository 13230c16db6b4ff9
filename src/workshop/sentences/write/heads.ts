/** The opening comment of what a sentence wrote or changed: what it is, and the request in quotes as the reason. */
import type { Head } from '#model';

export interface Reason {
  readonly request: string;
  readonly change: string;
  readonly date: string;
}
const quotedRequest = (request: string): string => {
  const line = request.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /').trim();
  return `"${line.length > 300 ? `${line.slice(0, 297)}...` : line}"`;
};
export const newHead = (what: string, reason: Reason): Head => ({
  what,
  why: quotedRequest(reason.request),
  change: reason.change,
  generator: 'sentences',
  date: reason.date,
});
/** What it is stays; the reason is the old one, and the request that changed it last. */
export function changedHead(head: Head, reason: Reason): Head {
  const own = head.why.replace(/;? ?".*"$/, '').trim();
  return {
    what: head.what,
    why: own === '' ? quotedRequest(reason.request) : `${own}; ${quotedRequest(reason.request)}`,
    change: reason.change,
    generator: 'sentences',
    date: reason.date,
  };
}
