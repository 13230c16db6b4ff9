/**
 * Retrieval as the workshop has it: over its own login, the folder of documents and the rows of what serves. Nothing of it is loaded or
 * connected before the first question, since the built-in sentences never ask one; documents alone are read ahead, once all runs.
 */
import type { Embeddings, Knowledge } from '#ports';
import type { Json } from '#kernel';
import type { SystemModel } from '#model';

export interface WorkshopKnowledgeParts {
  readonly databaseUrl: string;
  readonly documents: string | null;
  /** The model of what serves; null before the first generation. */
  readonly serves: () => Promise<SystemModel | null>;
  readonly count: (entity: string, where: Json | null) => Promise<number>;
  /** Absent: by words alone. */
  readonly embeddings?: Embeddings;
  readonly log: (line: string) => void;
}
export interface WorkshopKnowledge extends Knowledge {
  /** Reads what is new among the documents. */
  readAhead(): Promise<void>;
  close(): Promise<void>;
}
interface Opened {
  readonly knowledge: Knowledge;
  readonly readAhead: () => Promise<void>;
  readonly close: () => Promise<unknown>;
}

export function workshopKnowledge(parts: WorkshopKnowledgeParts): WorkshopKnowledge {
  let opening: Promise<Opened> | null = null;
  const opened = (): Promise<Opened> => (opening ??= open(parts));
  return {
    find: async (sought) => (await opened()).knowledge.find(sought),
    readAhead: async () => {
      if (parts.documents !== null) await (await opened()).readAhead();
    },
    close: async () => void (await (await opening)?.close()),
  };
}

async function open({ databaseUrl, documents, serves, count, embeddings, log }: WorkshopKnowledgeParts): Promise<Opened> {
  const [{ openKnowledge, wordsOf }, { openLibrary }, { openEarlierChanges }, { openLiveRows }] = await Promise.all([
    import('#retrieve'),
    import('#adapters/library'),
    import('#adapters/earlier-changes'),
    import('#adapters/live-rows'),
  ]);
  const library = documents === null ? undefined : openLibrary({ databaseUrl, folder: documents, words: wordsOf, log });
  const changes = openEarlierChanges(databaseUrl);
  const rows = openLiveRows(databaseUrl);
  return {
    knowledge: openKnowledge({
      ...(library === undefined ? {} : { library }),
      changes,
      ...(embeddings === undefined ? {} : { embeddings }),
      live: async (entity, most) => {
        const model = await serves();
        return model === null ? null : rows.look(model, entity, most, () => count(entity, null));
      },
      warn: log,
    }),
    readAhead: async () => library?.refresh(),
    close: () => Promise.all([library?.close(), changes.close(), rows.close()]),
  };
}
