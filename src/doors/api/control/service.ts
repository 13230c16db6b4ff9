/** /_theseus/service: what was read in service and how long it took, in the words of the model that serves; and the required times. Shapes alone, no values. */
import { entityById, type SystemModel } from '#model';
import type { SeenRead } from '#ports';
import type { ReadSeenJson, ServiceJson, StatedTimeJson } from '../resources.ts';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';

const mostReads = 100;
const minuteMs = 60_000;

export const serviceRoutes = ({ machine, reads }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'service',
    need: 'steer',
    run: async () => {
      const model = machine.current()?.model;
      const seen = model === undefined ? [] : await reads.readsSeen(mostReads);
      const times = machine
        .times()
        .map(({ entity, withinMs, broken, since, seen: answers, late, minutes, lateMinutes }): StatedTimeJson => ({
          entity,
          withinMs,
          state: broken ? 'broken' : answers === 0 ? 'unknown' : 'kept',
          since: since === null ? null : new Date(since * minuteMs).toISOString(),
          answers,
          late,
          minutes,
          lateMinutes,
        }));
      const told: ServiceJson = { times, reads: model === undefined ? [] : seen.flatMap((read) => inWords(model, read)) };
      return ok(told);
    },
  },
];

/** Of what the model does not have any more nothing is told. */
function inWords(model: SystemModel, { shape, seen, meanMs, halfWithinMs, mostWithinMs }: SeenRead): readonly ReadSeenJson[] {
  const read = readInWords(model, shape);
  return read === undefined ? [] : [{ read, seen, meanMs, halfWithinMs, mostWithinMs }];
}

function readInWords(model: SystemModel, shape: SeenRead['shape']): string | undefined {
  if (shape.kind === 'view') {
    const view = model.views.find(({ id }) => id === shape.view);
    return view === undefined ? undefined : `the view ${view.name}`;
  }
  if (shape.kind === 'operation') {
    const operation = model.operations.find(({ id }) => id === shape.operation);
    return operation === undefined ? undefined : `the operation ${operation.name}`;
  }
  const entity = entityById(model, shape.entity);
  if (entity === undefined) return undefined;
  if (shape.kind === 'get') return `one of ${entity.plural}`;
  const name = (id: string): string => (id === 'id' ? 'id' : (entity.fields.find((field) => field.id === id)?.name ?? 'a field that went'));
  const filter = shape.filter.map(({ field, op }) => (op === 'eq' ? name(field) : `${name(field)}[${op}]`));
  const sort = shape.sort.map(({ field, descending }) => `${descending ? '-' : ''}${name(field)}`);
  return [
    entity.plural,
    ...(filter.length === 0 ? [] : [`by ${filter.join(', ')}`]),
    ...(shape.search ? ['by words'] : []),
    ...(sort.length === 0 ? [] : [`sorted by ${sort.join(', ')}`]),
    ...(shape.long ? ['in long pages'] : []),
  ].join(' ');
}
