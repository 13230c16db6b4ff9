/** What happens by itself after something happened: "When an order is shipped, create an invoice for it with ...". */
import { entityNamed, fieldNamed, type SystemModel } from '#model';
import { bindConditions } from '../bind.ts';
import { postModifiers, preModifiers, stateClause } from '../grammar/conditions.ts';
import { entry } from '../grammar/nouns.ts';
import type { RawCondition } from '../grammar/raw.ts';
import { against, amountLiteral, literal } from '../grammar/values.ts';
import { capitalised, labelOf } from '../names.ts';
import type { Comparison, Condition, Literal, Request, Trigger } from '../request.ts';
import { oneOf, type Row, rowOf } from '../resolve.ts';
import { either, named, phrase, Problem, type Rule } from '../rule.ts';
import { bindDeeds, deeds, type RawDeed } from './deeds.ts';

interface Subject {
  readonly entity: string;
  readonly where: readonly RawCondition[];
}
type RawTrigger =
  | { readonly is: 'created' }
  | { readonly is: 'deleted' }
  | { readonly is: 'state'; readonly condition: RawCondition }
  | { readonly is: 'field'; readonly field: string; readonly becomes?: RawCondition };

const WHEN = '(when|whenever|once|as soon as|every time|each time|after|if)';
const one: Rule<Subject> = named('row that something happens to', () =>
  phrase(
    '(a|an|any|each|every|the|a new) {before} {entity} {after}',
    { before: preModifiers, entity: entry('entity'), after: postModifiers },
    ({ before, entity, after }): Subject | undefined =>
      entity.plural ? undefined : { entity: entity.entity, where: [...before, ...after] },
  ),
);
const compared = (field: string, by: Comparison, right: Literal): RawTrigger => ({
  is: 'field',
  field,
  becomes: { raw: 'compare', left: { is: 'field', path: [field] }, by, right: { is: 'literal', literal: right } },
});
const fieldOfOne: Rule<{ readonly field: string; readonly subject: Subject }> = named('field of a row that changes', () =>
  either(
    phrase('the {field} of {one}', { field: entry('field'), one }, ({ field, one: subject }) => ({ field: field.name, subject })),
    phrase("{one} 's {field}", { one, field: entry('field') }, ({ one: subject, field }) => ({ field: field.name, subject })),
  ),
);
interface Happening {
  readonly subject: Subject;
  readonly trigger: RawTrigger;
}
const happening: Rule<Happening> = named('what happens', () =>
  either(
    phrase('{one} is (created|made|added|entered|recorded)', { one }, ({ one: subject }): Happening => ({
      subject,
      trigger: { is: 'created' },
    })),
    phrase('{one} comes in', { one }, ({ one: subject }): Happening => ({ subject, trigger: { is: 'created' } })),
    phrase('there is {one}', { one }, ({ one: subject }): Happening => ({ subject, trigger: { is: 'created' } })),
    phrase('{one} is (deleted|removed)', { one }, ({ one: subject }): Happening => ({ subject, trigger: { is: 'deleted' } })),
    phrase(
      '{one} (is|gets|becomes|has been|has become|turns|is marked as) {state}',
      { one, state: stateClause },
      ({ one: subject, state }): Happening => ({ subject, trigger: { is: 'state', condition: state } }),
    ),
    phrase(
      '{of} (falls|drops|goes|sinks|gets|is|comes|goes down) (below|under) {value}',
      { of: fieldOfOne, value: amountLiteral },
      ({ of, value }): Happening => ({ subject: of.subject, trigger: compared(of.field, 'under', value) }),
    ),
    phrase(
      '{of} (rises|goes|gets|is|climbs|goes up|grows) (above|over|beyond) {value}',
      { of: fieldOfOne, value: amountLiteral },
      ({ of, value }): Happening => ({ subject: of.subject, trigger: compared(of.field, 'over', value) }),
    ),
    phrase(
      '{of} (becomes|gets|is) {against}',
      { of: fieldOfOne, against: against('an amount', amountLiteral) },
      ({ of, against: { by, right } }): Happening | undefined =>
        by === 'over' || by === 'under' ? undefined : { subject: of.subject, trigger: compared(of.field, by, right) },
    ),
    phrase('{of} reaches {value}', { of: fieldOfOne, value: amountLiteral }, ({ of, value }): Happening => ({
      subject: of.subject,
      trigger: compared(of.field, 'atLeast', value),
    })),
    phrase('{of} (becomes|changes to|is set to|turns) {value}', { of: fieldOfOne, value: literal }, ({ of, value }): Happening => ({
      subject: of.subject,
      trigger: { is: 'field', field: of.field, becomes: { raw: 'is', path: [of.field], values: [value], not: false } },
    })),
    phrase('{of} (changes|is changed|is altered)', { of: fieldOfOne }, ({ of }): Happening => ({
      subject: of.subject,
      trigger: { is: 'field', field: of.field },
    })),
  ),
);

const reacting: Rule<Request> = named('reaction', () =>
  either(
    phrase(`${WHEN} {happening} [, then|,|then] {deeds}`, { happening, deeds }, ({ happening: h, deeds: d }, { lookup }) =>
      reaction(lookup.model, h, d),
    ),
    phrase(`{deeds} ${WHEN} {happening}`, { deeds, happening }, ({ deeds: d, happening: h }, { lookup }) => reaction(lookup.model, h, d)),
  ),
);
function reaction(model: SystemModel, { subject, trigger }: Happening, raws: readonly RawDeed[]): Request | Problem | undefined {
  const entity = entityNamed(model, subject.entity);
  const row = rowOf(model, { entity: subject.entity });
  if (entity === undefined || row === undefined) return undefined;
  const where = bindConditions(model, row, subject.where);
  if (where instanceof Problem) return where;
  const made = bindTrigger(model, row, trigger);
  if (made instanceof Problem) return made;
  const far = where.find((condition) => pathOf(condition).length > 2);
  if (far !== undefined) return new Problem('A condition may look at the row itself and at what it refers to, and no further.');
  const done = bindDeeds(model, row, raws);
  if (done instanceof Problem) return done;
  return { act: 'react', entity: entity.name, trigger: made, where, deeds: done };
}
export const pathOf = (condition: Condition): readonly string[] =>
  condition.is === 'compare' ? (condition.left.is === 'field' ? condition.left.path : ['', '', '']) : condition.path;

function bindTrigger(model: SystemModel, row: Row, raw: RawTrigger): Trigger | Problem {
  if (raw.is === 'created') return { is: 'created' };
  if (raw.is === 'deleted')
    return new Problem(
      `${capitalised(oneOf(model, row.owner))} that is deleted is gone when a reaction to it runs, so that nothing is known of it any more.`,
    );
  if (raw.is === 'field' && raw.becomes === undefined) {
    const stored = storedField(model, row, raw.field);
    return stored instanceof Problem ? stored : { is: 'changes', field: stored };
  }
  const said = raw.is === 'state' ? raw.condition : raw.becomes;
  if (said === undefined) return new Problem('It does not say what it becomes.');
  const bound = bindConditions(model, row, [said]);
  if (bound instanceof Problem) return bound;
  const [condition, more] = bound;
  if (condition === undefined || more !== undefined) return new Problem('One thing at a time can become so.');
  const path = pathOf(condition);
  const stored =
    path.length === 1 ? storedField(model, row, path[0] ?? '') : new Problem('Only a field of the row itself can become something.');
  if (stored instanceof Problem) return stored;
  if (condition.is === 'compare' && condition.right.is !== 'literal') return new Problem('It is not said in figures what it becomes.');
  return { is: 'becomes', condition };
}
/** Of what is calculated, a change is not told. */
function storedField(model: SystemModel, row: Row, name: string): string | Problem {
  const field = fieldNamed(row.fields, name);
  if (field === undefined) return new Problem(`${oneOf(model, row.owner)} has no ${labelOf(name)}.`);
  if (field.derived !== undefined || field.type.kind === 'list')
    return new Problem(
      `The ${labelOf(name)} of ${oneOf(model, row.owner)} ${field.type.kind === 'list' ? 'is a list' : 'is calculated'}; it is not told when that changes. Name a field that people fill in.`,
    );
  if (field.type.kind === 'decimal' || field.type.kind === 'quantity')
    return new Problem(`The ${labelOf(name)} is a decimal, which is not watched.`);
  return field.name;
}
export const reactions: Rule<Request> = reacting;
