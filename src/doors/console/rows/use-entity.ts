/** The entity that an address names, from the model of the generation that serves. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { EntityJson, ModelJson } from '#api/client';
import { modelQuery } from '../system/queries.ts';
import { entityAtSegment } from '../values/names.ts';

export interface FoundEntity {
  readonly model: ModelJson | undefined;
  readonly entity: EntityJson | undefined;
  readonly id: string;
  readonly segment: string;
  readonly error: unknown;
}

export function useEntity(): FoundEntity {
  const { entity: segment = '', id = '' } = useParams({ strict: false }) as { entity?: string; id?: string };
  const { data: model, error } = useQuery(modelQuery());
  return { model, entity: model === undefined ? undefined : entityAtSegment(model, segment), id, segment, error };
}
