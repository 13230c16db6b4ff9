/** Sentences to try, made from what this very system has, and of what it does not have yet: each should go live when asked. Pure. */
import type { EntityJson, FieldJson, ModelJson } from '#api/client';

const firstOfAll = 'Track customers with a name, an email and a tier standard, silver or gold';

export function examplesOf(model: ModelJson): readonly string[] {
  if (model.entities.length === 0) return [firstOfAll, 'Track projects with a name, a budget and a state planned, running or done'];
  const made = makers.flatMap((make) => first(model.entities, (entity) => make(entity, model)));
  return [...new Set(made)].slice(0, 5);
}

type Maker = (entity: EntityJson, model: ModelJson) => string | undefined;
const has = (entity: EntityJson, name: string): boolean => entity.fields.some((field) => field.name === name);
const field = (entity: EntityJson, test: (field: FieldJson) => boolean): FieldJson | undefined => entity.fields.find(test);
const lower = (text: string): string => text.toLowerCase();
const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? 'an' : 'a');
const hasView = (model: ModelJson, words: string): boolean =>
  model.views.some((view) => lower(view.title).startsWith(lower(words)) || view.path.endsWith(words.replaceAll(' ', '-')));

const makers: readonly Maker[] = [
  (entity) => {
    const date = field(entity, (one) => one.widget === 'date' && one.required);
    return date === undefined || has(entity, 'dueDate')
      ? undefined
      : `Add a due date to ${lower(entity.pluralLabel)}, 30 days after the ${lower(date.label)}`;
  },
  (entity, model) => {
    const flag = field(entity, (one) => one.widget === 'checkbox' && one.name === 'paid');
    const money = field(entity, (one) => one.widget === 'money');
    const plural = lower(entity.pluralLabel);
    return flag === undefined || money === undefined || !reachesCustomer(entity, model) || hasView(model, `unpaid ${plural}`)
      ? undefined
      : `Show unpaid ${plural} by customer with their ${lower(money.label)}, largest first`;
  },
  (entity, model) => {
    const tier = field(entity, (one) => one.name === 'tier' && (one.choices?.some((choice) => choice.name === 'gold') ?? false));
    const orders = model.entities.find(
      (other) =>
        has(other, 'total') &&
        field(other, (one) => one.to?.entity === entity.name) !== undefined &&
        field(other, (one) => one.widget === 'list') !== undefined,
    );
    return tier === undefined || orders === undefined || has(orders, 'discount')
      ? undefined
      : `Gold ${lower(entity.pluralLabel)} get 10% off ${lower(orders.pluralLabel)} over 500`;
  },
  (entity, model) => {
    const state = field(entity, (one) => one.name === 'status' && (one.choices?.some((choice) => choice.name === 'cancelled') ?? false));
    const lines = field(
      entity,
      (one) => one.widget === 'list' && (one.item?.fields.some((part) => part.to !== null && hasStock(model, part.to.entity)) ?? false),
    );
    const done = model.operations.some((operation) => operation.on === entity.name && operation.transition?.to === 'cancelled');
    return state === undefined || lines === undefined || done
      ? undefined
      : `${capital(article(entity.label))} ${lower(entity.label)} can be cancelled while it is open; then its lines go back to stock`;
  },
  (entity) => {
    const money = field(entity, (one) => one.widget === 'money' && one.name === 'total');
    const state = field(entity, (one) => one.widget === 'select' && one.name === 'status');
    return money === undefined || state === undefined || entity.approvals.length > 0
      ? undefined
      : `${entity.pluralLabel} over 10,000 need approval by a manager`;
  },
  (entity) => (has(entity, 'email') && !has(entity, 'phone') ? `Add a phone to ${lower(entity.pluralLabel)}` : undefined),
  (_, model) =>
    model.entities.some((entity) => entity.name === 'supplier')
      ? undefined
      : 'Track suppliers with a name, an email and a rating from 1 to 5',
  (entity) => (has(entity, 'note') ? undefined : `Add a note to ${lower(entity.pluralLabel)}`),
];

/** By itself or over one reference: "by customer" then has one meaning. */
const reachesCustomer = (entity: EntityJson, model: ModelJson): boolean => {
  const refers = (one: EntityJson | undefined): boolean =>
    one !== undefined && one.fields.some((part) => part.name === 'customer' && part.to !== null);
  return (
    refers(entity) ||
    entity.fields.some((part) => part.to !== null && refers(model.entities.find((other) => other.name === part.to?.entity)))
  );
};
const hasStock = (model: ModelJson, name: string): boolean => model.entities.some((entity) => entity.name === name && has(entity, 'stock'));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
function first(entities: readonly EntityJson[], make: (entity: EntityJson) => string | undefined): readonly string[] {
  for (const entity of entities) {
    const sentence = make(entity);
    if (sentence !== undefined) return [sentence];
  }
  return [];
}
