/** What follows from a request for the rows that exist: counted where the live system can count, said plainly. */
import type { Json } from '#kernel';
import { entityNamed, type SystemModel } from '#model';
import type { GeneratorContext } from '#ports';
import { absent, allOf, conditionIr, not, readPath, rowInput } from './effect/ir.ts';
import { stateOf } from './effect/rules.ts';
import { capitalised, labelOf } from './names.ts';
import type { Request, RequestOf } from './request.ts';
import { fieldOf, oneOf, rowOf } from './resolve.ts';
import { boundedBy, rowsMeet } from './rows-meet.ts';

export interface Notes {
  readonly notes: readonly string[];
  readonly refused?: string;
}

export async function notesOf(model: SystemModel, request: Request, context: Pick<GeneratorContext, 'count' | 'unmet'>): Promise<Notes> {
  const many = (entity: string): string => labelOf(entityNamed(model, entity)?.plural ?? entity);
  switch (request.act) {
    case 'track':
      return {
        notes: request.fields.flatMap((field) =>
          field.type.kind === 'choice' && field.default?.is === 'choice'
            ? [`The ${labelOf(field.name)} of a new ${labelOf(request.name)} is ${labelOf(field.default.value)} unless another is given.`]
            : [],
        ),
      };
    case 'addFields':
      return {
        notes: request.fields.flatMap((field) => [
          ...(field.required === true
            ? [`${many(request.owner.entity)} that exist have no ${labelOf(field.name)}; they stay as they are until they are changed.`]
            : []),
          ...(field.type.kind === 'choice' && field.default?.is === 'choice'
            ? [`The ${labelOf(field.name)} of a new row is ${labelOf(field.default.value)} unless another is given.`]
            : []),
        ]),
      };
    case 'setRequired':
      return request.required ? rowsMeet(model, request, context, (field) => ({ ...field, required: true })) : { notes: [] };
    case 'setUnique':
      return request.unique ? rowsMeet(model, request, context, (field) => ({ ...field, unique: true })) : { notes: [] };
    case 'setBounds':
      return rowsMeet(model, request, context, (field) => ({ ...field, type: boundedBy(field.type, request) }));
    case 'removeChoice':
      return rowsMeet(model, request, context, (field) =>
        field.type.kind === 'choice'
          ? { ...field, type: { ...field.type, choices: field.type.choices.filter(({ name }) => name !== request.choice) } }
          : field,
      );
    case 'removeField':
      return { notes: [`The ${labelOf(request.field)} is hidden, and what was written in it is kept.`] };
    case 'stopTracking':
      return { notes: [`${many(request.entity)} are hidden, and their rows are kept.`] };
    case 'derive':
      return {
        notes: [
          `${oneOf(model, request.owner)}'s ${labelOf(request.field)} is calculated, for old and new rows alike, and cannot be written.`,
        ],
      };
    case 'defaultFormula':
      return { notes: [`${oneOf(model, request.owner)}'s ${labelOf(request.field)} is filled in for new rows, and can be changed.`] };
    case 'discount': {
      const row = rowOf(model, { entity: request.entity });
      const state = row === undefined ? undefined : stateOf(model, row);
      const open =
        row === undefined || state === undefined
          ? 0
          : await context.count(
              request.entity,
              conditionIr(model, row, rowInput(row), { is: 'choice', path: [state.field.name], among: [state.first] }) as unknown as Json,
            );
      const further = model.rules.some((rule) => rule.form === 'decision' && rule.on === row?.entity.id);
      return {
        notes: [
          ...(state === undefined
            ? []
            : [
                `${open} existing ${many(request.entity)} are ${labelOf(state.first)} and follow the rule; the others keep the total they had.`,
              ]),
          'The condition looks at the amount before the discount; the discount is rounded half up.',
          ...(further ? ['Where several discounts apply, the larger one counts.'] : []),
        ],
      };
    }
    case 'approval':
      return {
        notes: [
          `Until it is approved, its ${labelOf(request.before)} cannot be changed and no operation works on it; other fields can be edited.`,
        ],
      };
    case 'allow':
      return { notes: [`Afterwards the ${labelOf(request.field)} cannot be set to ${labelOf(request.to)} directly.`] };
    case 'react':
    case 'schedule':
      return unaskedNotes(model, request, context);
    case 'reschedule':
      return { notes: ['The new times count from now on; nothing of the time before is made up for.'] };
    case 'stopUnasked':
      return { notes: [`The ${request.kind} runs no more. What it did stays; runs that are still owed are stopped.`] };
    case 'flow': {
      const field = fieldOf(model, { entity: request.entity }, request.field);
      const starts = labelOf(request.ways[0]?.from ?? '');
      const until = field?.default !== undefined && 'literal' in field.default ? String(field.default.literal) : undefined;
      return {
        notes: [
          ...(field === undefined
            ? [`${many(request.entity)} get a ${labelOf(request.field)}; those that exist are in no state until they begin.`]
            : []),
          `A new ${labelOf(request.entity)} begins as ${starts}${until === undefined || labelOf(until) === starts ? '' : `, and no longer as ${labelOf(until)}`}.`,
          'Whoever writes (people, operations, what runs by itself): a row goes these ways or not at all.',
          ...(field === undefined ? [] : [`${many(request.entity)} that exist stay where they are, and go on from there.`]),
        ],
      };
    }
    case 'wayAfter':
      return {
        notes: [`It is counted from when the ${labelOf(request.entity)} became ${labelOf(request.from)}, and done by the clock once.`],
      };
    case 'stopFlow':
      return { notes: [`Whoever may write ${many(request.entity)} may then set the ${labelOf(request.field)} as they like.`] };
    case 'access':
      return accessNotes(model, request, context);
    default:
      return { notes: [] };
  }
}

/** How many rows it hides, and from whom. */
async function accessNotes(model: SystemModel, request: RequestOf<'access'>, context: Pick<GeneratorContext, 'count'>): Promise<Notes> {
  const row = rowOf(model, { entity: request.entity });
  const plural = labelOf(row?.entity.plural ?? request.entity);
  const notes: string[] = [];
  for (const part of ['sees', 'changes'] as const) {
    const held = request[part];
    if (row === undefined || held === undefined || held === 'all') continue;
    const of = rowInput(row);
    const verb = part === 'sees' ? 'seen' : 'changed';
    const count = async (expression: unknown): Promise<number> => context.count(request.entity, expression as Json);
    const met = allOf(held.where.map((condition) => conditionIr(model, row, of, condition)));
    if (met !== undefined)
      notes.push(`${await count(not(met))} existing ${plural} do not meet this, and are not ${verb} by them any more.`);
    if (held.own !== undefined)
      notes.push(
        `${await count(absent(readPath(model, row, of, held.own.path)))} existing ${plural} have no ${labelOf(held.own.path.at(-1) ?? '')}, and are not ${verb} by them any more.`,
      );
    if (part === 'sees') notes.push('What a caller does not see is not there for them: in no list, view, sum, operation or history.');
  }
  const all = request.roles.length === model.settings.roles.length;
  if (all && notes.length > 0) notes.push('Everyone is meant, owners and managers too.');
  return {
    notes:
      notes.length > 0
        ? notes
        : [`They ${request.sees === undefined ? 'change' : 'see'} all ${plural}, as far as their role reads and writes.`],
  };
}
/** For which rows something runs by itself, from when on, and what becomes of it when it cannot. */
async function unaskedNotes(
  model: SystemModel,
  request: RequestOf<'react' | 'schedule'>,
  context: Pick<GeneratorContext, 'count'>,
): Promise<Notes> {
  const row = rowOf(model, { entity: request.entity });
  if (row === undefined) return { notes: [] };
  const of = rowInput(row);
  const plural = labelOf(row.entity.plural);
  const trigger = request.act === 'react' && request.trigger.is === 'becomes' ? [request.trigger.condition] : [];
  const met = allOf([...request.where, ...trigger].map((condition) => conditionIr(model, row, of, condition)));
  const count = met === undefined ? undefined : await context.count(request.entity, met as unknown as Json);
  const fails = 'A run that is refused is tried again, and is shown as a dead letter in the end.';
  if (request.act === 'schedule')
    return {
      notes: [
        `${count === undefined ? `All ${plural}` : `${count} existing ${plural}`} would be worked on now; a run goes through all of them, or through none.`,
        'Each run may make about 1,900 changes; a run that needs more is refused as a whole.',
        fails,
      ],
    };
  return {
    notes: [
      ...(trigger.length > 0
        ? [
            `${count ?? 0} existing ${plural} are so already; they stay as they are until they become so again. ${capitalised(oneOf(model, row.owner))} that is so from the start does not set it off.`,
          ]
        : ['What happened before stays as it is.']),
      'It runs soon after the change was saved, once for each time that it happens.',
      fails,
    ],
  };
}
