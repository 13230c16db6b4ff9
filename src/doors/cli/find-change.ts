/** A change by its id, the beginning of one, or `last`. */
import { ApiProblem, type Client } from '#api/client';
import { Refused } from './failure.ts';

export async function findChange(client: Client, given: string): Promise<string> {
  if (given === 'last') {
    const newest = (await client.changes({ limit: 1 })).items[0];
    if (newest === undefined) throw new Refused('not-found', 'No change was ever asked for.');
    return newest.id;
  }
  const { items } = await client.changes({ limit: 500, checks: 'yes' });
  const matches = items.filter(({ id }) => id === given || id.startsWith(given));
  const [only] = matches;
  if (matches.length === 1 && only !== undefined) return only.id;
  if (matches.length > 1) throw new Refused('ambiguous', `${matches.length} changes begin with ${given}. Give more of the id.`);
  try {
    return (await client.change(given)).id;
  } catch (cause) {
    if (cause instanceof ApiProblem && cause.problem.code === 'not-found')
      throw new Refused('not-found', `There is no change ${given}. All are listed by: theseus changes`);
    throw cause;
  }
}
