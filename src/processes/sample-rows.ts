/** Puts a system's sample rows in, by the ordinary write path, once: rows in plain form, references by the names in `as`. */
import { type Caller, isRefusal } from '#kernel';
import { entityNamed } from '#model';
import type { Machine, Running } from '#machine';

interface SampleRow {
  readonly as: string;
  readonly entity: string;
  readonly values: { readonly [field: string]: unknown };
}
const together = 8;

export async function putSampleRows(machine: Machine, running: Running, text: string, by: Caller): Promise<number> {
  const rows = JSON.parse(text) as readonly SampleRow[];
  const ids = new Map<string, string>();
  const resolved = (value: unknown): unknown =>
    typeof value === 'string'
      ? (ids.get(value) ?? value)
      : Array.isArray(value)
        ? value.map(resolved)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member)]))
          : value;
  const put = async (row: SampleRow): Promise<void> => {
    const entity = entityNamed(running.model, row.entity);
    if (entity === undefined) throw new Error(`sample rows name ${row.entity}, which this system does not have`);
    const { value } = await machine.create(running, entity, resolved(row.values) as { readonly [field: string]: unknown }, { caller: by });
    if (isRefusal(value)) throw new Error(`sample row ${row.as}: ${JSON.stringify(value)}`);
    ids.set(row.as, value.id);
  };
  // Entity by entity, since later ones refer to earlier ones.
  for (const entity of new Set(rows.map((row) => row.entity))) {
    const waiting = rows.filter((row) => row.entity === entity);
    await Promise.all(
      Array.from({ length: together }, async () => {
        for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) await put(row);
      }),
    );
  }
  return rows.length;
}
