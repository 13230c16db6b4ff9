/** Three sentences to try first, about what the system has. */
import type { ModelJson } from '#api/client';

export function suggestionsFor(model: Pick<ModelJson, 'entities'>): readonly string[] {
  const has = (name: string, ...fields: readonly string[]): boolean =>
    model.entities.some((entity) => entity.name === name && fields.every((field) => entity.fields.some((known) => known.name === field)));
  if (has('invoice', 'issueDate', 'paid', 'total') && has('customer', 'tier') && has('order', 'customer', 'total')) {
    return [
      'Add a due date to invoices, 30 days after the issue date',
      'Gold customers get 10% off orders over 500',
      'Show unpaid invoices by customer with their total, largest first',
    ];
  }
  const [first] = model.entities;
  if (first === undefined)
    return [
      'Track customers with a name, an email and a phone',
      'Track products with a name, a price and a stock',
      'Track projects with a name, a budget and a state planned, running or done',
    ];
  const plural = first.pluralLabel.toLowerCase();
  return [
    `Add a comment to ${plural}`,
    'Track suppliers with a name, an email and a rating from 1 to 5',
    `The ${first.fields.find(({ name, derived, required }) => name === first.title && derived === null && !required)?.label.toLowerCase() ?? 'comment'} of ${plural} is required`,
  ];
}
