/**
 * What was found of each candidate, one line of JSON each, so that a run can be ended at any time and taken up again. A line counts for the very files that it was
 * written for; whoever alters a gate begins a new record.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Verdict } from './judge.ts';
import type { Candidate } from './hand/every-candidate.ts';

export interface Found extends Verdict {
  readonly equivalent: boolean;
}
export interface FoundBefore {
  of(corpus: string, candidate: Candidate): Found | undefined;
  add(corpus: string, candidate: Candidate, found: Found): void;
}

export function openRecord(path: string | undefined): FoundBefore {
  const known = new Map<string, Found>();
  if (path !== undefined && existsSync(path))
    for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
      const { key, found } = JSON.parse(line) as { key: string; found: Found };
      known.set(key, found);
    }
  return {
    of: (corpus, candidate) => known.get(keyOf(corpus, candidate)),
    add: (corpus, candidate, found) => {
      if (path !== undefined) appendFileSync(path, `${JSON.stringify({ key: keyOf(corpus, candidate), found })}\n`);
    },
  };
}

const keyOf = (corpus: string, { id, base, files, scope }: Candidate): string =>
  `${corpus} ${id} ${createHash('sha256')
    .update(JSON.stringify([base, files, scope]))
    .digest('hex')
    .slice(0, 16)}`;
