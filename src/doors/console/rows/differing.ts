/** What a person altered in a row, what somebody else altered meanwhile, and where both did. Pure. */
import type { FieldJson, Json, JsonObject, RowJson } from '#api/client';

const same = (a: Json | undefined, b: Json | undefined): boolean => sorted(a ?? null) === sorted(b ?? null);
function sorted(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Only what differs from the row that the form was filled from: nobody else's work is written over. */
export function alteredValues(row: RowJson, body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => !same(row[name] === undefined ? null : row[name], value) && !(row[name] === undefined && value === null),
    ),
  );
}

export interface Clash {
  readonly field: FieldJson;
  readonly before: Json | undefined;
  readonly theirs: Json | undefined;
  readonly mine: Json | undefined;
  readonly both: boolean;
}
export function clashesOf(fields: readonly FieldJson[], opened: RowJson, current: RowJson, mine: JsonObject): readonly Clash[] {
  return fields
    .filter((field) => field.derived === null && !same(opened[field.name], current[field.name]))
    .map((field) => ({
      field,
      before: opened[field.name],
      theirs: current[field.name],
      mine: mine[field.name],
      both: Object.hasOwn(mine, field.name) && !same(mine[field.name], current[field.name]),
    }));
}
