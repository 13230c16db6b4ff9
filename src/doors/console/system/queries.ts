/**
 * What the pages read, one entry a resource, so that a key is written once. Rows, views and the model hang on the
 * generation: `live.tsx` makes them stale when another one serves.
 */
import { infiniteQueryOptions, type InfiniteData, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  ActionsJson,
  CallerJson,
  ChangeDetail,
  ChangeSummary,
  CostReportJson,
  ComponentDetail,
  DeliveryJson,
  GenerationDetail,
  GenerationSummary,
  HealthJson,
  HeldJson,
  Items,
  Json,
  JsonObject,
  JournalEntryJson,
  KeyJson,
  ModelJson,
  RowJson,
  SendingJson,
  ServiceJson,
  SessionJson,
  UnaskedJson,
  UndoConflictJson,
  UndoJson,
  WouldRollBackJson,
} from '#api/client';
import { placeOf } from '../values/format.ts';
import { client, problemOf } from './client.ts';

export const pageSize = 50;

export const sessionQuery = () =>
  queryOptions<SessionJson | null>({
    queryKey: ['session'],
    staleTime: 60_000,
    queryFn: async () => {
      try {
        return await client.session();
      } catch (cause) {
        if (problemOf(cause).status === 401) return null;
        throw cause;
      }
    },
  });
export const modelQuery = () =>
  queryOptions<ModelJson>({ queryKey: ['model'], queryFn: async () => inOrder(await client.model()), staleTime: 60_000 });
/** By their labels: the order of a generation's components says nothing to people, and may differ from one to the next. */
function inOrder(model: ModelJson): ModelJson {
  const by =
    <Item>(label: (item: Item) => string) =>
    (a: Item, b: Item): number =>
      label(a).localeCompare(label(b), placeOf(model).locale);
  return {
    ...model,
    entities: [...model.entities].sort(by((entity) => entity.pluralLabel)),
    operations: [...model.operations].sort(by((operation) => operation.label)),
    views: [...model.views].sort(by((view) => view.title)),
  };
}
/** `quarantined`: as health says it, so that it is read again when that has changed. */
export const heldQuery = (quarantined: number) =>
  queryOptions<Items<HeldJson>>({ queryKey: ['held', quarantined], queryFn: () => client.held() });
export const healthQuery = () => queryOptions<HealthJson>({ queryKey: ['health'], queryFn: () => client.health(), refetchInterval: 5_000 });

/** `checks`: with those of which the evidence alone was wanted. */
export const changesQuery = (checks = false) =>
  infiniteQueryOptions<Items<ChangeSummary>, Error, InfiniteData<Items<ChangeSummary>>, readonly string[], string | null>({
    queryKey: checks ? ['changes', 'checks'] : ['changes'],
    initialPageParam: null,
    queryFn: ({ pageParam }) =>
      client.changes({ limit: pageSize, ...(checks ? { checks: 'yes' } : {}), ...(pageParam === null ? {} : { before: pageParam }) }),
    getNextPageParam: (page) => page.next,
  });
export const changeQuery = (id: string) => queryOptions<ChangeDetail>({ queryKey: ['change', id], queryFn: () => client.change(id) });

export const generationsQuery = () =>
  queryOptions<Items<GenerationSummary>>({ queryKey: ['generations'], queryFn: () => client.generations({ limit: 200 }) });
export const generationQuery = (id: string) =>
  queryOptions<GenerationDetail>({ queryKey: ['generation', id], queryFn: () => client.generation(id) });
export const componentQuery = (kind: string, name: string) =>
  queryOptions<ComponentDetail>({ queryKey: ['component', kind, name], queryFn: () => client.component(kind, name) });

export type RowQuery = { readonly [parameter: string]: string };
export const rowsQuery = (path: string, query: RowQuery) =>
  infiniteQueryOptions<Items<RowJson>, Error, InfiniteData<Items<RowJson>>, readonly Json[], string | null>({
    queryKey: ['rows', path, { ...query }],
    initialPageParam: null,
    queryFn: ({ pageParam }) => client.rows(path, { limit: pageSize, ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
export const rowQuery = (path: string, id: string) =>
  queryOptions<RowJson>({ queryKey: ['row', path, id], queryFn: () => client.row(path, id) });
/** It changes by itself. */
export const serviceQuery = () =>
  queryOptions<ServiceJson>({ queryKey: ['service'], queryFn: () => client.service(), refetchInterval: 10_000 });
/** What may be done with the row as it is now: asked anew with each version, and whenever rows are. */
export const actionsQuery = (path: string, row: RowJson | null, enabled: boolean) =>
  queryOptions<ActionsJson>({
    queryKey: ['row', path, row?.id ?? '', 'actions', row?.version ?? 0],
    queryFn: () => client.actions(path, row?.id ?? ''),
    enabled: enabled && row !== null,
    retry: false,
  });
/** The rows that references on a page point at, in one request. */
export const namedRowsQuery = (path: string, ids: readonly string[]) =>
  queryOptions<Items<RowJson>>({
    queryKey: ['named', path, ...ids],
    queryFn: () => client.rows(path, { 'id[in]': ids.join(','), limit: 500 }),
    enabled: ids.length > 0,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
export const journalQuery = (id: string) =>
  queryOptions<Items<JournalEntryJson>>({ queryKey: ['journal', id], queryFn: () => client.journal(id) });
export const viewQuery = (path: string) =>
  infiniteQueryOptions<Items<JsonObject>, Error, InfiniteData<Items<JsonObject>>, readonly string[], string | null>({
    queryKey: ['view', path],
    initialPageParam: null,
    queryFn: ({ pageParam }) => client.show(path, { limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    getNextPageParam: (page) => page.next,
  });

export const wouldRollBackQuery = (change: string, withLater: boolean) =>
  queryOptions<WouldRollBackJson>({
    queryKey: ['would-roll-back', change, withLater],
    queryFn: () => client.wouldRollBack({ change, withLater }),
    staleTime: 0,
    retry: false,
  });
/** What runs changes by itself. */
export const undosQuery = (change: string) =>
  queryOptions<Items<UndoJson>>({
    queryKey: ['undos', change],
    queryFn: () => client.undos(change),
    refetchInterval: ({ state }) => (state.data?.items.some((undo) => undo.state === 'running') === true ? 1_000 : false),
  });
/** `count`: as the undo says it, so that they are read again when there are more. */
export const undoConflictsQuery = (undo: string, count: number) =>
  infiniteQueryOptions<Items<UndoConflictJson>, Error, InfiniteData<Items<UndoConflictJson>>, readonly Json[], string | null>({
    queryKey: ['undo-conflicts', undo, count],
    initialPageParam: null,
    queryFn: ({ pageParam }) => client.undoConflicts(undo, { limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }),
    getNextPageParam: (page) => page.next,
  });

/** Both change by themselves. */
export const unaskedQuery = () =>
  queryOptions<Items<UnaskedJson>>({ queryKey: ['unasked'], queryFn: () => client.unasked(), refetchInterval: 5_000 });
export const deadLettersQuery = () =>
  queryOptions<Items<DeliveryJson>>({
    queryKey: ['dead-letters'],
    queryFn: () => client.deliveries({ state: 'dead', limit: 100 }),
    refetchInterval: 5_000,
  });

export const costQuery = (figures: { readonly [name: string]: string }) =>
  queryOptions<CostReportJson>({
    queryKey: ['cost', figures],
    queryFn: () => client.cost(figures),
    placeholderData: (previous) => previous,
  });
export const deadSendingsQuery = () =>
  queryOptions<Items<SendingJson>>({
    queryKey: ['dead-sendings'],
    queryFn: () => client.sendings({ state: 'dead', limit: 100 }),
    refetchInterval: 5_000,
  });

export const keysQuery = () => queryOptions<Items<KeyJson>>({ queryKey: ['keys'], queryFn: () => client.keys() });
export const callersQuery = () => queryOptions<Items<CallerJson>>({ queryKey: ['callers'], queryFn: () => client.callers() });
export const auditQuery = () => queryOptions({ queryKey: ['audit'], queryFn: () => client.audit() });

/** Everything that another generation may show differently. */
export const hangsOnGeneration: ReadonlySet<string> = new Set([
  'model',
  'rows',
  'row',
  'named',
  'view',
  'health',
  'unasked',
  'generations',
  'generation',
  'component',
  'journal',
  'change',
  'changes',
  'undos',
]);
