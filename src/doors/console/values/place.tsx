/** The system's locale, time zone and currency for everything on the page; the browser's own while the system cannot be asked. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { modelQuery } from '../system/queries.ts';
import { anywhere, formatAgo, formatInstant, type Place, placeOf } from './format.ts';

export function usePlace(): Place {
  const model = useQuery({ ...modelQuery(), enabled: false }).data;
  return useMemo(() => (model === undefined ? anywhere : placeOf(model)), [model]);
}

/** A moment as people say it, with the exact one to point at. */
export function Moment({ at }: { readonly at: string }): ReactNode {
  const place = usePlace();
  return (
    <time dateTime={at} title={formatInstant(at, place, true)}>
      {formatAgo(at, place, Date.now())}
    </time>
  );
}
