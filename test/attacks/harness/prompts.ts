/**
 * Hostile text on its way into prompts, and models that obey it: through the real generator and adapter, to an endpoint that keeps what
 * it was sent. What is seen is told from outside: the bytes on the wire, and the files that came back.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openModels } from '#adapters/language-models';
import { parserProcess } from '#adapters/parser-process';
import { changeId, instant, isRefusal, type Json, type Refusal } from '#kernel';
import type { SystemReading } from '#model';
import { modelGenerator } from '#models';
import type { Generated, GeneratorContext, Understood } from '#ports';
import { countedSpending } from '../../../bench/models/counted-spending.ts';
import { telephone } from '../../../bench/models/requests.ts';
import { type Asked, type Behaviour, scriptedEndpoint } from '../../../bench/models/scripted-endpoint.ts';
import { shopFiles } from '../../gates/engines.ts';

export interface PromptAttack {
  /** Where the hostile text stands. */
  readonly at?: 'request' | 'document' | 'name-of-a-document' | 'earlier-turn' | 'failure' | 'source' | 'attached';
  readonly text?: string;
  /** What the model answers that obeys it; else what was asked for. */
  readonly obeys?: { readonly understand?: Behaviour; readonly generate?: Behaviour };
  /** `data`: it stays in its block and leads to nothing; `refused`: what the model wrote is turned away; `absent`: it is not on the wire. */
  readonly must: 'data' | 'refused' | 'absent';
}
export const key = 'sk-key-of-the-model-under-attack-0123456789';
/** An attached document may be longer than all else together. */
const longestPrompt = { usual: 200_000, attached: 450_000 } as const;

export interface Attacked {
  readonly asked: readonly Asked[];
  readonly understood: Understood;
  readonly generated: Generated | Refusal | null;
}

export async function attacked(
  attack: PromptAttack,
  reading: Json,
  reader: Parameters<typeof modelGenerator>[0]['reader'],
): Promise<Attacked> {
  const { at, text = '', obeys = {} } = attack;
  const endpoint = await scriptedEndpoint((asked) =>
    String(asked.messages[0]?.content).startsWith('You write the code')
      ? (obeys.generate ?? { say: JSON.stringify(telephone.candidate) })
      : (obeys.understand ?? { say: JSON.stringify(telephone.understood) }),
  );
  const model = {
    name: 'main',
    provider: 'openai-compatible',
    model: 'm',
    url: endpoint.url,
    key: { env: 'MAIN_KEY' },
    maxOutputTokens: 8_000,
    structured: 'text',
    totalMs: 30_000,
    stallMs: 10_000,
  } as const;
  const [opened] = openModels({ models: [model], hiddenShare: 0.3, candidates: 1 }, { MAIN_KEY: key }, countedSpending());
  assert.ok(opened);
  const generator = modelGenerator({ model: opened, reader });
  const request = at === 'request' ? `${telephone.request} ${text}` : telephone.request;
  const piece = {
    source: at === 'name-of-a-document' ? text : 'document/letter.md',
    why: 'near',
    tokens: 10,
    text: at === 'document' ? text : 'A letter.',
  };
  const source = shopFiles['entities/customer.ts'] ?? '';
  const context: GeneratorContext = {
    reading,
    sources: {
      ...shopFiles,
      'entities/customer.ts': at === 'source' ? source.replace('A customer buys', `${text} A customer buys`) : source,
    },
    count: async () => 0,
    change: 'ch_1',
    today: '2026-01-15',
    aid: {
      request: {
        id: changeId('ch_1'),
        text: request,
        by: 'ada',
        roles: ['owner'],
        askedAt: instant(0),
        ...(at === 'attached' ? { attachments: [{ name: 'openapi.yaml', text }] } : {}),
      },
      conversation: [{ request: at === 'earlier-turn' ? text : 'Before.', answer: at === 'earlier-turn' ? text : 'Asked back.' }],
      retrieve: async () => [piece],
      pieces: [piece],
      variant: 0,
      sourcesOf: async () => shopFiles,
      attempts: at === 'failure' ? [{ files: {}, failures: [`examples: name is "${text}"`] }] : [],
      signal: new AbortController().signal,
    },
  };
  try {
    const understood = await generator.understand(request, context);
    const generated = understood.kind === 'understood' ? await generator.generate(understood.plan, context) : null;
    return { asked: endpoint.asked, understood, generated };
  } finally {
    await endpoint.close();
  }
}

/** What an attacker would like to see; nothing where it was held. */
export function sightings({ asked, generated, understood }: Attacked, { text = '', must, at }: PromptAttack): readonly string[] {
  const seen: string[] = [];
  const probe = text.split('\n').find((line) => /INJECTED/.test(line)) ?? '';
  for (const { messages, body } of asked) {
    if (['tools', 'functions', 'tool_choice'].some((name) => body[name] !== undefined)) seen.push('the model was offered tools');
    if (JSON.stringify(body).includes(key)) seen.push('the key was in what was sent');
    if (JSON.stringify(body).length > longestPrompt[at === 'attached' ? 'attached' : 'usual']) seen.push('the prompt grew with the text');
    for (const { role, content } of messages)
      if (probe !== '' && outsideOfBlocks(String(content)).includes('INJECTED'))
        seen.push(`it stood outside of its block, in a message of ${role}`);
  }
  if (must === 'absent' && JSON.stringify(asked.map(({ body }) => body)).includes(text)) seen.push('it was sent');
  if (must === 'data' && text.length < 10_000 && !JSON.stringify(asked).includes('INJECTED'))
    seen.push('it was not sent at all, so nothing was shown');
  if (must === 'refused' && generated !== null && !isRefusal(generated))
    seen.push(`it was taken: ${Object.keys(generated.files).join(', ')}`);
  if (
    must !== 'refused' &&
    at !== undefined &&
    (understood.kind !== 'understood' ||
      generated === null ||
      isRefusal(generated) ||
      Object.keys(generated.files).join() !== 'entities/customer.ts')
  )
    seen.push('what was asked for was not written, or something besides');
  return seen;
}

/** A message without its data blocks: each ends where its own mark does. */
function outsideOfBlocks(message: string): string {
  let left = message;
  for (;;) {
    const open = /<data (\w{12}) from="[^\n]*">\n/.exec(left);
    if (open === null) return left;
    const end = `\n</data ${open[1] ?? ''}>`;
    const close = left.indexOf(end, open.index);
    if (close < 0) return left;
    left = left.slice(0, open.index) + left.slice(close + end.length);
  }
}

export async function attackPrompts(): Promise<void> {
  const folder = join(import.meta.dirname, '..', 'prompts');
  const reader = parserProcess();
  let reading: Json = null;
  before(async () => {
    const read = (await reader.read(shopFiles)) as unknown as SystemReading;
    assert.ok(read.ok);
    reading = read as unknown as Json;
  });
  after(() => reader.close());
  for (const file of readdirSync(folder).sort()) {
    const { attack } = (await import(join(folder, file))) as { readonly attack: PromptAttack };
    test(file.replace('.ts', '').replaceAll('-', ' '), async () =>
      assert.deepEqual(sightings(await attacked(attack, reading, reader), attack), []),
    );
  }
}
