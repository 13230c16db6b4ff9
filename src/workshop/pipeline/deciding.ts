/** What a decision is made from: what the request's own words need, what such changes cost before, how many rows are touched. */
import type { ChangeRequest } from '#change';
import { type Need, needOf } from '#decide';
import type { Digest } from '#kernel';
import type { Generator, Understood } from '#ports';
import type { ChangeParts } from './parts.ts';
import type { Facts } from './weigh.ts';

/** Asked once a change, beside the built-in sentences: their verdict is one of the things that it looks at. */
export async function needFor(
  generator: Pick<Generator, 'name'>,
  understood: Understood,
  request: ChangeRequest,
  parts: ChangeParts,
  base: Digest,
): Promise<{ readonly need?: Need }> {
  // Words that go by a document do not say by themselves what they need.
  if (generator.name !== 'sentences' || request.proposal !== undefined || request.attachments !== undefined) return {};
  const { reading } = await parts.base(base);
  return { need: needOf({ text: request.text, reading, said: understood }) };
}

/** Rows are counted of the entities in the scope, and of nothing where there is none. */
export async function factsFor(understood: Understood, parts: ChangeParts, base: Digest): Promise<Facts> {
  const past = (await parts.pastCosts?.latest()) ?? [];
  if (understood.kind !== 'understood') return { past };
  const { model } = (await parts.base(base)).reading;
  const { components } = understood.scope;
  const entities = model.entities.filter(({ name }) => components.includes(`entity/${name}`));
  if (entities.length === 0) return { past, components };
  const counts = await Promise.all(entities.map(({ name }) => parts.count(name, null)));
  return { past, components, rows: counts.reduce((sum, each) => sum + each, 0) };
}
