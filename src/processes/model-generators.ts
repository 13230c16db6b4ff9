/**
 * The workshop's models as generators: opened from the configuration, each call under the budgets of the policy and in the ledger. A
 * system without models opens nothing.
 */
import { keptVectors, openEmbeddings, spaceOf } from '#adapters/embeddings';
import { type ModelsConfiguration, openModels, redactor } from '#adapters/language-models';
import { type OwnPrice, priceList } from '#adapters/price-list';
import { openRouter } from '#adapters/router';
import { openSpending } from '#adapters/spending';
import { type Budgets, instant } from '#kernel';
import { modelGenerator } from '#models';
import type { ChangeLog, CodeInspector, CodeReader, Embeddings, Generator, Intended, Router, Spending } from '#ports';
import type { ModelsForWorkshop } from './configuration.ts';

export interface ModelGenerators {
  readonly generators: readonly Generator[];
  readonly router?: Router;
  /** For what is looked up; absent: by words alone. */
  readonly embeddings?: Embeddings;
  /** Said to who asked for what the sentences do not understand, where there is no model. */
  readonly beyond?: string;
  close(): Promise<void>;
}
export interface ModelParts {
  readonly models: ModelsForWorkshop;
  readonly databaseUrl: string;
  readonly reader: Pick<CodeInspector, 'complete'> & Pick<CodeReader, 'regions'>;
  readonly log: Pick<ChangeLog, 'append'>;
  readonly policy: () => Promise<{ readonly budgets: Budgets; readonly timeZone: string }>;
}

const howTo =
  'no language model is configured, which could write it. Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY, or THESEUS_MODEL_URL and THESEUS_MODEL for a server of your own (Ollama, llama.cpp, vLLM), and start again; or write models.json in the data folder. A coding agent or a person may hand in the code as well: theseus propose.';

export async function modelGenerators({ models, databaseUrl, reader, log, policy }: ModelParts): Promise<ModelGenerators> {
  const { keys, problem } = models;
  const configuration = models.configuration as unknown as ModelsConfiguration;
  if (configuration.models.length === 0)
    return {
      generators: [],
      beyond: problem === undefined ? howTo : `the configuration of models is not used: ${problem}`,
      close: async () => {},
    };
  const { embeddings: meanings } = configuration;
  const own = configuration.models.flatMap(({ provider, model, price }): OwnPrice[] =>
    price === undefined ? [] : [{ provider, model, ...price }],
  );
  if (meanings?.price !== undefined) own.push({ provider: 'openai-compatible', model: meanings.model, ...meanings.price, output: 0 });
  const spending = await openSpending({ databaseUrl, prices: priceList(own), policy });
  const recorded = told(spending, log);
  const kept = meanings === undefined ? undefined : keptVectors(databaseUrl, spaceOf(meanings));
  const embeddings =
    meanings === undefined || kept === undefined
      ? undefined
      : openEmbeddings(meanings, {
          key: meanings.key === undefined ? undefined : keys[meanings.key.env],
          redact: redactor(Object.values(keys)),
          spending: recorded,
          kept,
        });
  const router = openRouter(databaseUrl);
  const { hiddenShare, candidates } = configuration;
  return {
    generators: openModels(configuration, keys, recorded).map((model) => modelGenerator({ model, reader, hiddenShare, candidates })),
    router,
    ...(embeddings === undefined ? {} : { embeddings }),
    close: async () => void (await Promise.all([spending.close(), router.close(), kept?.close()])),
  };
}

/** Each settled call is an event of its change. */
function told(spending: Spending, log: Pick<ChangeLog, 'append'>): Spending {
  const open = new Map<string, Intended>();
  return {
    reserve: async (intended) => {
      const reserved = await spending.reserve(intended);
      if ('id' in reserved) open.set(reserved.id, intended);
      return reserved;
    },
    settle: async (reservation, tokens, wallMs) => {
      const spent = await spending.settle(reservation, tokens, wallMs);
      const intended = open.get(reservation.id);
      open.delete(reservation.id);
      if (intended !== undefined)
        await log.append({ change: intended.change, at: instant(Date.now()), kind: 'spent', spent }, `spent ${reservation.id}`);
      return spent;
    },
  };
}
