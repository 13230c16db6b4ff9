/** The regions of a change that are written out. What the built-in sentences state is said in words, and follows from the sentence. Pure. */
import type { ChangeDetail } from '#api/client';

export type WrittenRegions = { readonly [formula: string]: string };

export const regionsOf = ({ understanding }: Pick<ChangeDetail, 'understanding'>): WrittenRegions =>
  Object.fromEntries(
    Object.entries(understanding?.scope.regions ?? {}).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
