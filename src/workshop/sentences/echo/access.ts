/** Who sees and changes which rows, in canonical English. */
import { entityNamed, plural, type SystemModel } from '#model';
import { labelOf, listed } from '../names.ts';
import type { Held, RequestOf } from '../request.ts';
import { rowOf } from '../resolve.ts';
import { echoGroup } from './phrases.ts';

export function accessWords(model: SystemModel, request: RequestOf<'access'>): string | undefined {
  const row = rowOf(model, { entity: request.entity });
  const noun = labelOf(entityNamed(model, request.entity)?.plural ?? request.entity);
  if (row === undefined) return undefined;
  const who =
    request.roles.length === model.settings.roles.length ? 'everyone' : listed(request.roles.map((role) => plural(labelOf(role))));
  const held = ({ where, own }: Held): string => {
    const group = echoGroup(model, row, where, noun);
    if (own === undefined) return group;
    return `${group}${where.length > 0 ? ' and' : ''} whose ${own.path.map(labelOf).join("'s ")} is their ${own.as}`;
  };
  const { sees, changes } = request;
  if (changes !== undefined && changes !== 'all')
    return sees === 'all'
      ? `${who} may see all ${noun} but change only ${held(changes)}`
      : sees === undefined
        ? `${who} may only change ${held(changes)}`
        : undefined;
  if (sees !== undefined && sees !== 'all') return changes === undefined ? `${who} may only see ${held(sees)}` : undefined;
  return `${who} may ${[...(sees === undefined ? [] : ['see']), ...(changes === undefined ? [] : ['change'])].join(' and ')} all ${noun}`;
}
