/** A candidate on another base: the same text, where nobody altered the files that it alters; otherwise it must be made again. */
import type { Candidate } from '#change';
import type { GateInput } from '#gates';

export function rebased(candidate: Candidate, from: GateInput, to: GateInput): Candidate | undefined {
  const untouched = Object.keys(candidate.files).every((path) => from.files[path] === to.files[path]);
  return untouched ? { ...candidate, base: to.generation.id } : undefined;
}
