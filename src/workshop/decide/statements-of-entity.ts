/** What an entity says of itself: its fields, with bounds, what is required, unique, begun with or calculated, its choices and invariants. */
import type { EntityContract, Field } from '#kernel';
import type { SystemModel } from '#model';
import { figuresIn, type Make, spoken, type Statement } from './statement.ts';

export function ofEntity(entity: EntityContract, head: string, make: Make, model: SystemModel): readonly Statement[] {
  const where = `entity/${entity.name}`;
  const owner = spoken(entity.plural);
  const fieldsOf = (fields: readonly Field[], of: string): readonly Statement[] =>
    fields.flatMap((field) => {
      const name = spoken(field.name);
      const { type } = field;
      const about = `the ${name} of ${of}`;
      const bounds = ['min', 'max'].flatMap((bound) => {
        const value = bound in type ? (type as { readonly [bound: string]: unknown })[bound] : undefined;
        if (value === undefined || type.kind === 'text') return [];
        const text = bound === 'min' ? 'at least minimum below under negative less not' : 'at most maximum above over more not';
        return [
          make('bound', where, `${about} is ${bound === 'min' ? 'at least' : 'at most'} ${Number(value)}`, {
            text,
            figures: [String(Number(value))],
            denies: true,
          }),
        ];
      });
      const fallback = field.default !== undefined && 'literal' in field.default ? String(field.default.literal) : undefined;
      return [
        make('thing', where, `${of} have ${name}`, {
          text: `${type.kind === 'reference' ? `${model.entities.find(({ id }) => id === type.to)?.name ?? ''} belong` : type.kind === 'list' ? `${type.item} ${type.fields.map((each) => spoken(each.name)).join(' ')}` : type.kind}`,
          denies: false,
        }),
        ...bounds,
        ...(field.required
          ? [make('required', where, `${about} is required`, { text: 'mandatory without empty missing fill must', denies: true })]
          : []),
        ...(field.unique
          ? [make('unique', where, `${about} is unique`, { text: 'same twice duplicate two different double', denies: true })]
          : []),
        ...(field.sensitive
          ? [make('required', where, `${about} is sensitive`, { text: 'confidential private secret', denies: true })]
          : []),
        ...(fallback === undefined
          ? []
          : [
              make('default', where, `${about} begins as ${fallback}`, {
                text: 'default start new initial first',
                figures: figuresIn(fallback),
                named: /^[a-z]/i.test(fallback) ? [spoken(fallback)] : [],
                denies: false,
              }),
            ]),
        ...(field.derived === undefined
          ? []
          : [
              make('derived', where, `${about} is calculated`, {
                text: `automatic compute sum by itself ${field.derived.mode === 'fixed' ? 'fixed kept frozen' : ''}`,
                parts: [field.derived],
                denies: false,
              }),
            ]),
        ...(type.kind === 'choice'
          ? [
              make('choice', where, `${about} is ${type.choices.map((choice) => spoken(choice.name)).join(' or ')}`, {
                named: type.choices.map((choice) => spoken(choice.name)),
                denies: false,
              }),
            ]
          : []),
        ...(type.kind === 'list' ? fieldsOf(type.fields, `${type.item} ${of}`) : []),
      ];
    });
  return [
    make('thing', where, head, {
      text: `${spoken(entity.name)} ${owner} ${entity.fields.map((field) => spoken(field.name)).join(' ')}`,
      denies: false,
    }),
    ...fieldsOf(entity.fields, owner),
    ...entity.invariants.map((each) =>
      make('bound', where, each.message, { text: `${owner} ${spoken(each.name)}`, parts: [each.holds], denies: true }),
    ),
    ...(entity.identity === undefined
      ? []
      : [make('setting', where, `${owner} sign in by themselves`, { text: 'login password account register', denies: false })]),
  ];
}
