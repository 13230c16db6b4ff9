/** For a refusal: sentences of the family that the words are nearest to, in the system's own vocabulary. */
import type { SystemModel } from '#model';
import type { Token } from './lexer.ts';
import { articleFor } from './inflection.ts';
import { labelOf } from './names.ts';

export function specimens(model: SystemModel, tokens: readonly Token[]): readonly string[] {
  const said = new Set(tokens.map((token) => token.text));
  const has = (words: string): boolean => words.split(' ').some((word) => said.has(word));
  const entity = model.entities.find((each) => said.has(labelOf(each.name)) || said.has(labelOf(each.plural))) ?? model.entities[0];
  if (entity === undefined) return ['Track customers with a name, an email and a phone.'];
  const one = `${articleFor(labelOf(entity.name))} ${labelOf(entity.name)}`;
  const many = labelOf(entity.plural);
  const field = entity.fields.find((each) => each.derived === undefined && each.type.kind !== 'list');
  const about = field === undefined ? 'name' : labelOf(field.name);
  const found: string[] = [];
  if (has('show list display view see report overview')) found.push(`Show ${many} with ${about}.`);
  if (has('discount off rebate percent') || tokens.some((token) => token.kind === 'percent'))
    found.push('Gold customers get 10% off orders over 500.');
  if (has('approve approval approved')) found.push('Orders over 10,000 need approval by a manager.');
  if (has('cancel cancelled when while until allow'))
    found.push('An order can be cancelled while it is open; then its lines go back to stock.');
  if (has('sum total average number count calculate'))
    found.push('The total of an order is the sum of quantity times unit price of its lines.');
  if (has('track record manage store keep')) found.push('Track suppliers with a name, an email and a rating from 1 to 5.');
  if (has('required mandatory must unique least most between below above maximum')) found.push(`The ${about} of ${one} is required.`);
  if (has('rename call called')) found.push(`Rename the ${about} of ${one} to label.`);
  if (has('remove delete drop')) found.push(`Remove the ${about} of ${one}.`);
  return found.length > 0 ? found : [`Add a phone to ${many}.`];
}
