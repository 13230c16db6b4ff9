/** Ways through states in canonical English: each sentence is read as the same request. */
import { entityNamed, type SystemModel } from '#model';
import { fieldOfStates, statesIn } from '../flow-steps.ts';
import { baseOf, articleFor } from '../inflection.ts';
import { labelOf, listed } from '../names.ts';
import type { Request, RequestOf } from '../request.ts';
import { oneOf, rowOf } from '../resolve.ts';
import { Problem } from '../rule.ts';
import { choiceWords, whenWords } from './phrases.ts';

export type FlowRequest = RequestOf<'flow' | 'addWay' | 'removeWay' | 'wayBy' | 'wayWhen' | 'wayAfter' | 'neverWay' | 'stopFlow'>;
const acts: ReadonlySet<Request['act']> = new Set<FlowRequest['act']>([
  'flow',
  'addWay',
  'removeWay',
  'wayBy',
  'wayWhen',
  'wayAfter',
  'neverWay',
  'stopFlow',
]);
export const isFlow = (request: Request): request is FlowRequest => acts.has(request.act);

const or = (states: readonly string[]): string => listed(states.map(choiceWords), 'or');
/** "30 days", "an hour" is "1 hour". */
export const longWords = ({ count, unit }: Pick<RequestOf<'wayAfter'>, 'count' | 'unit'>): string =>
  `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;

export function flowWords(model: SystemModel, request: FlowRequest): string | undefined {
  const one = oneOf(model, { entity: request.entity });
  switch (request.act) {
    case 'flow': {
      const entity = entityNamed(model, request.entity);
      if (entity === undefined) return undefined;
      const found = fieldOfStates(model, entity, statesIn(request.ways));
      const clear = !(found instanceof Problem) && (found?.name ?? 'status') === request.field;
      const ways = request.ways.map(({ from, to }) => `from ${choiceWords(from)} to ${or(to)}`);
      return `${clear ? one : `the ${labelOf(request.field)} of ${one}`} goes ${ways.join(', and ')}`;
    }
    case 'addWay':
      return `${one} can also go from ${or(request.from)} to ${choiceWords(request.to)}`;
    case 'removeWay':
      return `${one} can no longer go from ${or(request.from)} to ${choiceWords(request.to)}`;
    case 'wayBy': {
      const by = listed(
        request.roles.map((role) => `${articleFor(labelOf(role))} ${labelOf(role)}`),
        'or',
      );
      const verb = request.from.length === 0 ? baseOf(labelOf(request.to)) : undefined;
      const from = request.from.length === 0 ? '' : ` from ${or(request.from)}`;
      return verb === undefined ? `only ${by} can move ${one}${from} to ${choiceWords(request.to)}` : `only ${by} can ${verb} ${one}`;
    }
    case 'wayWhen': {
      const row = rowOf(model, { entity: request.entity });
      if (row === undefined) return undefined;
      const when = whenWords(model, row, request.when);
      return request.from.length === 0
        ? `${one} can only be ${labelOf(request.to)} when ${when}`
        : `${one} can only go from ${or(request.from)} to ${choiceWords(request.to)} when ${when}`;
    }
    case 'wayAfter':
      return `${one} that has been ${labelOf(request.from)} for ${longWords(request)} is ${labelOf(request.to)}`;
    case 'neverWay':
      return `${one} must never be ${labelOf(request.reach)} ${request.by === 'without' ? 'before' : 'after'} it was ${labelOf(request.state)}`;
    case 'stopFlow':
      return `remove the workflow of ${one}`;
  }
}
