/**
 * What becomes of the ways in which models behave: each conversation is held with a scripted endpoint over HTTP, through the real adapter,
 * generator, pipeline, gates and kernel. Its outcome is held against the stated one; what went live is held against its evidence and its
 * acceptance examples; what was spent against the budget, by what the endpoint told; every prompt against the secrets that were laid out;
 * the ledger against what is known from outside; and the time that is not the endpoint's own.
 */
import type { ChangeEvent } from '#change';
import { openModels } from '#adapters/language-models';
import { parserProcess } from '#adapters/parser-process';
import { isBarred } from '#gates';
import { modelGenerator } from '#models';
import type { Generator, GeneratorContext, Spending } from '#ports';
import { sentencesGenerator } from '#sentences';
import { openWorks, type Works } from '../../test/pipeline/workshop.ts';
import type { BenchOptions } from '../options.ts';
import { type Conversation, conversations } from './conversations.ts';
import type { CountedSpending } from './counted-spending.ts';
import { bookedSpending, gateClock, gatesInLedger, played, tokensOff } from './ledger-check.ts';
import { type Behaviour, type Endpoint, scriptedEndpoint } from './scripted-endpoint.ts';

const secrets = ['sk-the-key-of-the-model-0123456789', 'sk-pasted-by-a-person-0123456789', 'hunter2secret'];

interface Held {
  readonly conversation: Conversation;
  readonly asExpected: boolean;
  readonly unverified: boolean;
  readonly overrun: boolean;
  readonly secret: boolean;
  readonly told: string;
  /** The change's time less the endpoint's. */
  readonly ownMs: number;
  /** Null: the endpoint told of no tokens. */
  readonly tokensOff: number | null;
  /** Processor milliseconds of the gates. */
  readonly gates: { readonly ledger: number; readonly outside: number };
}

export async function run({ only, say }: BenchOptions): Promise<unknown> {
  const chosen = conversations.filter(({ name }) => only === undefined || name.includes(only));
  const reader = parserProcess();
  let current: Generator | undefined;
  const playing = (): Generator => {
    if (current === undefined) throw new Error('no conversation is held');
    return current;
  };
  const scripted: Generator = {
    name: 'model/scripted',
    get tries() {
      return current?.tries ?? { repairs: 0, variants: 1 };
    },
    understand: (request, context) => playing().understand(request, context),
    generate: (plan, context) => playing().generate(plan, context),
  };
  const clock = gateClock();
  const works = await openWorks([sentencesGenerator, scripted], undefined, clock.hear);
  const held: Held[] = [];
  try {
    for (const [at, conversation] of chosen.entries()) {
      const turns = { understand: 0, generate: 0 };
      const endpoint = await scriptedEndpoint((asked) => {
        const phase = String(asked.messages[0]?.content).startsWith('You write the code') ? 'generate' : 'understand';
        const answers = conversation[phase];
        turns[phase] += 1;
        return answers[Math.min(turns[phase], answers.length) - 1] as Behaviour;
      });
      const booked = await bookedSpending(works, conversation.budget);
      current = generatorFor(conversation, endpoint, booked.spending, reader);
      const before = await works.serving();
      const id = `m${at}`;
      const [began, answeredBefore] = [performance.now(), endpoint.tookMs()];
      const events = await works.ask(id, conversation.request);
      const ownMs = performance.now() - began - (endpoint.tookMs() - answeredBefore);
      const judged = {
        ...(await judge(conversation, events, { works, endpoint, spending: booked.counted, before, id })),
        ownMs,
        tokensOff: await tokensOff(works, id, endpoint),
        gates: { ledger: await gatesInLedger(works, id), outside: clock.of(id) },
      };
      held.push(judged);
      say(
        `${judged.asExpected && !judged.unverified && !judged.overrun && !judged.secret ? 'as expected' : 'OTHERWISE  '}  ${conversation.name}: ${judged.told} (own ${ownMs.toFixed(0)} ms, tokens off ${judged.tokensOff}, gates ${judged.gates.ledger.toFixed(0)} and ${judged.gates.outside.toFixed(0)} ms)`,
      );
      // One that waits would be written again once the system moves on, by whoever plays then.
      if (conversation.expect.outcome === 'waiting-for-approval') await works.stop(id);
      if ((await works.serving()) !== before) await works.rollBack();
      await Promise.all([endpoint.close(), booked.close()]);
    }
  } finally {
    await works.close();
    await reader.close();
  }
  const count = (which: (each: Held) => boolean): number => held.filter(which).length;
  const own = held.map(({ ownMs }) => ownMs).sort((one, other) => one - other);
  const sum = (of: keyof Held['gates']): number => held.reduce((total, { gates }) => total + gates[of], 0);
  const [ledgerMs, outsideMs] = [sum('ledger'), sum('outside')];
  return {
    conversations: held.length,
    asExpected: count(({ asExpected }) => asExpected),
    unverifiedLive: count(({ unverified }) => unverified),
    overruns: count(({ overrun }) => overrun),
    secretsInPrompts: count(({ secret }) => secret),
    ownMs: { p50: at(own, 0.5), p95: at(own, 0.95) },
    ledger: {
      tokensOff: Math.max(...held.flatMap((each) => each.tokensOff ?? [])),
      processorOff: Math.abs(ledgerMs - outsideMs) / outsideMs,
      /** Of all gates together: of a single change the clock of the operating system, ten milliseconds a process, is too coarse. */
      gateSeconds: { ledger: ledgerMs / 1_000, outside: outsideMs / 1_000 },
    },
    otherwise: held
      .filter(({ asExpected, unverified, overrun, secret }) => !asExpected || unverified || overrun || secret)
      .map(({ conversation, told }) => `${conversation.name}: ${told}`),
  };
}

const at = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);

function generatorFor(
  conversation: Conversation,
  endpoint: Endpoint,
  spending: Spending,
  reader: Parameters<typeof modelGenerator>[0]['reader'],
): Generator {
  const { candidates = 1, limits = {}, pieces = [] } = conversation;
  const [model] = openModels(
    {
      hiddenShare: 0.4,
      candidates,
      models: [
        {
          name: 'scripted',
          ...played,
          url: endpoint.url,
          key: { env: 'MAIN_KEY' },
          maxOutputTokens: 8_000,
          structured: 'text',
          totalMs: 60_000,
          stallMs: 30_000,
          ...limits,
        },
      ],
    },
    { MAIN_KEY: secrets[0] },
    spending,
    { now: () => performance.now(), pause: async () => {} },
  );
  if (model === undefined) throw new Error('no model');
  const generator = modelGenerator({ model, reader, name: 'model/scripted', hiddenShare: 0.4, candidates });
  const withPieces = (context: GeneratorContext): GeneratorContext =>
    context.aid === undefined || pieces.length === 0
      ? context
      : { ...context, aid: { ...context.aid, pieces, retrieve: async () => pieces } };
  return {
    ...generator,
    understand: (request, context) => generator.understand(request, withPieces(context)),
    generate: (plan, context) => generator.generate(plan, withPieces(context)),
  };
}

interface Seen {
  readonly works: Works;
  readonly endpoint: Endpoint;
  readonly spending: CountedSpending;
  readonly before: string | null;
  readonly id: string;
}

async function judge(
  conversation: Conversation,
  events: readonly ChangeEvent[],
  { works, endpoint, spending, before, id }: Seen,
): Promise<Omit<Held, 'ownMs' | 'tokensOff' | 'gates'>> {
  const { expect, budget } = conversation;
  const end = events.findLast((event) => event.kind === 'ended');
  const waiting = events.some((event) => event.kind === 'step' && event.step === 'approve' && event.state === 'started');
  const outcome = end?.kind === 'ended' ? end.outcome : waiting ? 'waiting-for-approval' : 'none';
  const why = end?.kind === 'ended' ? end.why : '';
  const calls = endpoint.asked.length;
  const changed = (await works.serving()) !== before;
  const prompts = JSON.stringify(endpoint.asked.map(({ body }) => body));
  const used = endpoint.told.input + endpoint.told.output;
  return {
    conversation,
    asExpected:
      outcome === expect.outcome &&
      (expect.why?.test(why) ?? true) &&
      (expect.calls === undefined || expect.calls === calls) &&
      changed === (expect.outcome === 'live'),
    unverified: changed && !(await verified(works, id, events)),
    overrun: budget !== undefined && (spending.spent() > budget || used > budget || spending.held() > 0),
    secret: secrets.some((secret) => prompts.includes(secret)),
    told: `${outcome} after ${calls} calls${why === '' ? '' : `: ${why.slice(0, 160)}`}${failedIn(events)}`,
  };
}

/** What the gates last had against it. */
function failedIn(events: readonly ChangeEvent[]): string {
  const failed = events.flatMap((event) =>
    event.kind === 'evidence'
      ? event.evidence.findings.filter(({ verdict }) => verdict === 'fail').map(({ statement }) => `${event.evidence.gate}: ${statement}`)
      : [],
  );
  return failed.length === 0 ? '' : ` [${[...new Set(failed.slice(-3))].join(' | ').slice(0, 400)}]`;
}

/** What is live passed every gate as it is, and its tests hold each acceptance example that was understood, hidden ones too, unaltered. */
async function verified(works: Works, id: string, events: readonly ChangeEvent[]): Promise<boolean> {
  const candidate = events.findLast((event) => event.kind === 'candidate');
  const understood = events.findLast((event) => event.kind === 'understood');
  if (candidate?.kind !== 'candidate' || understood?.kind !== 'understood' || candidate.generation !== (await works.serving()))
    return false;
  const evidence = events
    .slice(events.findLastIndex((event) => event.kind === 'evidence' && event.evidence.gate === 'parse'))
    .flatMap((event) => (event.kind === 'evidence' ? [event.evidence] : []));
  if (evidence.length < 6 || evidence.some(isBarred)) return false;
  const [row] = await works.query(`select files from theseus.candidates where change = '${id}' order by at desc limit 1`);
  const written = Object.values((row?.['files'] ?? {}) as { readonly [path: string]: string | null }).join('\n');
  const passed = JSON.stringify(evidence.find(({ gate }) => gate === 'examples')?.findings);
  return (understood.understanding.acceptance ?? []).every(({ example }) => {
    const name = (example as { readonly name: string }).name;
    return written.includes(name) && passed.includes(name);
  });
}
