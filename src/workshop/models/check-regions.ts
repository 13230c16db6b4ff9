/**
 * Whether the regions that a model states can be read: conditions over the row of a formula. One that names fields which the change
 * brings is read by the proof, once they are there.
 */
import type { Scope } from '#kernel';
import { entityNamed, type RegionRead, type SystemReading } from '#model';
import type { CodeReader } from '#ports';

export interface RegionParts {
  readonly reading: Extract<SystemReading, { ok: true }>;
  readonly sources: { readonly [path: string]: string };
  readonly reader: Pick<CodeReader, 'regions'>;
}

export async function regionProblems(
  { regions = {}, members }: Scope,
  { reading, sources, reader }: RegionParts,
): Promise<readonly string[]> {
  const stated = Object.entries(regions).filter((one): one is [string, string] => typeof one[1] === 'string');
  if (stated.length === 0) return [];
  const read = (await reader.regions(sources, Object.fromEntries(stated))) as unknown as { readonly [formula: string]: RegionRead };
  const brought = members.filter((member) => isBrought(member, reading)).map((member) => member.slice(member.lastIndexOf('/') + 1));
  return stated.flatMap(([formula, text]) => {
    const found = read[formula];
    if (found?.ok === true || brought.some((name) => new RegExp(`\\b${name}\\b`).test(text))) return [];
    return [
      `regions: ${formula} where ${JSON.stringify(text)} cannot be read: ${found?.why ?? 'it is no condition'}. Write a condition over the row, in the words of rules, such as order.total > money('500.00').`,
    ];
  });
}

/** A field that is not there yet. */
function isBrought(member: string, { model }: RegionParts['reading']): boolean {
  const [, entity = '', field = ''] = /^entity\/(\w+)#field\/(?:\w+\/)*(\w+)$/.exec(member) ?? [];
  return field !== '' && entityNamed(model, entity)?.fields.some(({ name }) => name === field) !== true;
}
