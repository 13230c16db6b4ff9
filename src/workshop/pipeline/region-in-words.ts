/**
 * For which rows a change may give something else, as its scope states it, in words for whoever asked. What names fields that the change
 * brings cannot be read before its code is there: it stands as it was written, and the proof reads it then.
 */
import type { Expression, Json, Scope } from '#kernel';
import type { RegionRead } from '#model';
import type { GateInput } from '#gates';
import type { CodeReader } from '#ports';
import { describeExpression, ruleNames } from '#rules';

export async function regionInWords(
  regions: NonNullable<Scope['regions']>,
  { reading, files }: Pick<GateInput, 'reading' | 'files'>,
  reader: CodeReader,
): Promise<string> {
  const texts = Object.fromEntries(Object.entries(regions).filter((one): one is [string, string] => typeof one[1] === 'string'));
  const read: Json = Object.keys(texts).length === 0 ? {} : await reader.regions(files, texts);
  const found = read as unknown as { readonly [member: string]: RegionRead };
  const names = ruleNames(reading.model.entities, reading.settings.currency.digits);
  const said = (region: Expression): string =>
    region.node === 'constant' ? (region.value === true ? 'every row' : 'no row') : describeExpression(region, names);
  const byWords = Map.groupBy(Object.entries(regions), ([member, region]) => {
    if (typeof region !== 'string') return said(region);
    const known = found[member];
    return known?.ok === true ? said(known.expression) : region;
  });
  return byWords.size === 1
    ? ([...byWords.keys()][0] ?? '')
    : [...byWords].map(([words, members]) => `${members.map(([member]) => member).join(', ')}: ${words}`).join('; ');
}
