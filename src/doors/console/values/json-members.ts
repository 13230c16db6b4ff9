/** The members of a JSON object; undefined of anything else. (`Array.isArray` does not rule read-only arrays out for the compiler.) */
import type { Json } from '#api/client';

export type Members = { readonly [name: string]: Json };

export function membersOf(json: Json | undefined): Members | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Members) : undefined;
}
