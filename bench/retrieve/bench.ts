/**
 * Is what a change needs among what a generator is given? Real retrieval over the made system of 500 components and the folder of
 * documents in a real PostgreSQL, for each labelled request within 4,000 tokens. Of the half kept for the figure only numbers leave this file.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openEarlierChanges } from '#adapters/earlier-changes';
import { openLibrary } from '#adapters/library';
import type { Json } from '#kernel';
import { readSystem } from '#model/read';
import { openKnowledge, wordsOf } from '#retrieve';
import { startThrowAwayServer } from '#store/server';
import type { BenchOptions } from '../options.ts';
import { makeSystem } from './make-system.ts';

interface Labelled {
  readonly id: string;
  readonly request: string;
  readonly component?: string;
  readonly needed: readonly string[];
  readonly docs?: readonly string[];
  readonly split: 'open' | 'figure';
}
interface Result {
  readonly requests: number;
  readonly recall: number;
  readonly tokens: number;
  readonly share: number;
  readonly open: { readonly requests: number; readonly recall: number; readonly tokens: number };
  readonly msARequest: number;
}
const BUDGET = 4_000;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** `only`: a budget of tokens other than 4,000. */
export async function run({ only, say }: BenchOptions): Promise<Result> {
  const budget = only === undefined ? BUDGET : Number(only);
  const cases = JSON.parse(readFileSync(here('cases.json'), 'utf8')) as readonly Labelled[];
  const system = makeSystem();
  const reading = readSystem(system.files);
  if (!reading.ok) throw new Error('the made system does not read');
  const server = await startThrowAwayServer({ durable: true });
  const databaseUrl = server.url('workshop', 'theseus');
  const library = openLibrary({ databaseUrl, folder: here('documents/'), words: wordsOf, log: say });
  const changes = openEarlierChanges(databaseUrl);
  const knowledge = openKnowledge({ library, changes, warn: say });
  try {
    await library.refresh();
    const found: { readonly of: Labelled; readonly recall: number; readonly tokens: number; readonly missing: readonly string[] }[] = [];
    const began = performance.now();
    for (const of of cases) {
      const pieces = await knowledge.find({
        question: of.request,
        tokens: budget,
        components: of.component === undefined ? [] : [of.component],
        reading: reading as unknown as Json,
        sources: system.files,
      });
      const sources = new Set(pieces.map(({ source }) => source.replace(/#\d+$/, '')));
      const needed = [...of.needed.map((key) => `component/${key}`), ...(of.docs ?? []).map((name) => `document/${name}`)];
      const missing = needed.filter((source) => !sources.has(source));
      const tokens = pieces.reduce((sum, { text }) => sum + Math.ceil(text.length / 4), 0);
      found.push({ of, recall: 1 - missing.length / needed.length, tokens, missing });
    }
    const msARequest = (performance.now() - began) / cases.length;
    const part = (split: Labelled['split']): { readonly requests: number; readonly recall: number; readonly tokens: number } => {
      const some = found.filter(({ of }) => of.split === split);
      return {
        requests: some.length,
        recall: rounded(mean(some.map(({ recall }) => recall)), 3),
        tokens: Math.round(mean(some.map(({ tokens }) => tokens))),
      };
    };
    const [figure, open] = [part('figure'), part('open')];
    for (const { of, missing } of found.filter(({ of: { split }, missing }) => split === 'open' && missing.length > 0))
      say(`${of.id} misses ${missing.length}`);
    const share = rounded(figure.tokens / (charactersOf(system.files) / 4), 4);
    say(`open half: recall ${open.recall}, ${open.tokens} tokens`);
    say(`half for the figure: recall ${figure.recall}, ${figure.tokens} tokens, ${share} of the system's text`);
    say(`${msARequest.toFixed(1)} ms a request`);
    return { ...figure, share, open, msARequest: rounded(msARequest, 1) };
  } finally {
    await library.close();
    await changes.close();
    await server.stop();
  }
}

/** Of the system and of its documents. */
const charactersOf = (files: { readonly [path: string]: string }): number =>
  Object.values(files).reduce((sum, text) => sum + text.length, 0) +
  readdirSync(here('documents/')).reduce((sum, name) => sum + statSync(here(`documents/${name}`)).size, 0);
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
const rounded = (number: number, digits: number): number => Number(number.toFixed(digits));
