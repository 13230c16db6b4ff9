/** Counts of rows that go back, in words. Pure. */
export const counted = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** Of rows that a change made, changed and deleted: what is to become of them. */
export function deedsOf({ made, changed, deleted }: { readonly made: number; readonly changed: number; readonly deleted: number }): string {
  const deeds = [made > 0 ? `${made} deleted` : '', changed > 0 ? `${changed} put back` : '', deleted > 0 ? `${deleted} made again` : ''];
  return deeds.filter((deed) => deed !== '').join(', ') || 'nothing to do';
}
