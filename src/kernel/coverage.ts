/**
 * How much of what is there a stated region covers, and whose word the region is. Whoever writes code may state one that holds for nearly
 * every row, and would be held to nothing: so it is measured, and what covers too much is asked of a person. What the asker stated, or
 * wrote as a sentence, is the asker's to say. Pure.
 */
import type { AdmissionFacts } from './admission-facts.ts';
import type { CertificatePredicate } from './certificate.ts';
import { coverInWords, ENOUGH_ROWS, isWideCover } from './cover.ts';
import type { AssurancePolicy } from './policy.ts';

/** Of regions that are counted before a change may serve. */
export const MOST_REGIONS = 20;

/** What the machine itself knows of who stated what. */
type Word = Pick<AdmissionFacts, 'handedIn' | 'askedRegions'>;
/**
 * Formulas whose regions are the word of whoever wrote the code. The asker's are those that the request states, and those of a sentence,
 * which says them: that the sentences wrote is taken from the workshop, unless code came with the request.
 */
export function authorsRegions(
  { scope: { regions = {} }, generator }: Pick<CertificatePredicate, 'scope' | 'generator'>,
  { handedIn, askedRegions }: Word,
): readonly string[] {
  return Object.keys(regions).filter(
    (formula) => handedIn || (generator !== 'sentences' && (regions[formula] === undefined || askedRegions[formula] !== regions[formula])),
  );
}

/** Why what the author states of the formulas that are altered covers too much. What the machine counted stands before what the certificate says. */
export function coversTooMuch(
  { predicate, changedFormulas, covers, ...word }: Pick<AdmissionFacts, 'predicate' | 'changedFormulas' | 'covers'> & Word,
  policy: Pick<AssurancePolicy, 'wideRegion'>,
): string | undefined {
  const said = predicate.evidence.flatMap(({ findings }) => findings.flatMap((finding) => finding.covers ?? []));
  // Of what is stated the gate tells how much it covers, where it holds anything to it: whoever stated it.
  const unseen = changedFormulas.find((formula) => predicate.evidence.length > 0 && !said.some((cover) => cover.formula === formula));
  if (unseen !== undefined) return `nothing is shown of the region that is stated of ${unseen}`;
  const stated = authorsRegions(predicate, word).filter((formula) => changedFormulas.includes(formula));
  if (stated.length > MOST_REGIONS) return `it alters ${stated.length} formulas, and states a region of each`;
  for (const formula of stated) {
    const counted = covers.filter((cover) => cover.formula === formula && cover.of >= ENOUGH_ROWS);
    const measured = counted.length > 0 ? counted : said.filter((cover) => cover.formula === formula);
    const wide = measured.find((cover) => isWideCover(cover, policy));
    if (wide?.of === 0) return `it is not known how much of what is there the region covers that is stated of ${formula}`;
    if (wide !== undefined) return `the region that whoever wrote the code states of ${formula} covers ${coverInWords(wide, 'rows')}`;
  }
  return undefined;
}
