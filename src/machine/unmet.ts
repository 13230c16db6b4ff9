/**
 * Rows that would not meet what the fields of the next generation newly ask of them, and may not stay as they are. The gates asked the rows
 * that were there then; people wrote on meanwhile, and an approval may have taken days. So they are asked once more, right before the
 * switch, and of nothing else: from then on every write is held to it. A way back is never barred by it.
 */
import type { SystemModel } from '#model';
import type { Running, UnaskedCalls } from './running.ts';

/** `now` serves, and its rows are asked; `next` is to serve. For a person: "customer: 3 rows have no value in email". */
export async function unmetIn(calls: Pick<UnaskedCalls, 'barring'>, now: Running, next: SystemModel): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entity of next.entities)
    for (const { broken } of await calls.barring(now, entity)) if (broken !== null) found.push(`${entity.name}: ${broken}`);
  return found;
}
