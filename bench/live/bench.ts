/**
 * 16 connections of mixed reads and writes over every kind, while sentences change the system and changes are taken back.
 * Each answer is judged against an independent model (meaning.ts, sentences.ts, judge.ts) of what the generation named in
 * its header must answer; at the end every acknowledged row is read again.
 *
 * Measured, from outside, on the clock of this process: requestToLiveMs: a sentence is sent until `live` is answered.
 * activationMs: the moment in the signed text of the certificate (whole milliseconds of the workshop's clock, same machine) until
 * one of the 16 connections gets the first answer of the new generation: recording it, admission and the switch lie between.
 * rollbackMs: the rollback is sent until one of the connections gets the first answer of the generation gone back to.
 * Failed: no answer, or 408, 429, 5xx. Each connection asks the next thing `pauseMs` (mean) after its answer.
 */
import { p50p95, quantile, rounded, seeded } from '../load/quantiles.ts';
import { startThrowAwaySystem } from '../../scripts/throw-away-system.ts';
import type { BenchOptions } from '../options.ts';
import { judge, type World } from './judge.ts';
import { type Meaning, shop } from './meaning.ts';
import { drawChange, familyNames } from './sentences.ts';
import { sightings } from './sightings.ts';
import { openWorker, type Recorded } from './worker.ts';

const connections = 16;
const changeCount = 50;
const rollbackCount = 25;
interface Entry {
  readonly generation: string;
  readonly meaning: Meaning;
  readonly change: string | null;
}

/** `only`: `CHANGES` or `CHANGESxPAUSE`, for a shorter run or another pause between requests. */
export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const [asked, pause] = (only ?? '').split('x');
  const changes = Number(asked) || changeCount;
  const pauseMs = pause === undefined ? 20 : Number(pause);
  const rollbacks = Math.floor((changes * rollbackCount) / changeCount);
  const random = seeded(seed);
  const system = await startThrowAwaySystem({
    durable: true,
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
  try {
    const first = String((await system.call('GET', '/_theseus/health')).json['generation']);
    const meanings = new Map<string, Meaning>([[first, shop]]);
    const line: Entry[] = [{ generation: first, meaning: shop, change: null }];
    const newest = (): Entry => line.at(-1) ?? { generation: first, meaning: shop, change: null };
    const seen = sightings();
    const totals = { requests: 0, failed: 0, wrong: 0, lost: 0 };
    const took: number[] = [];
    const asking = new Map<string, number>();
    const began = performance.now();
    const manager = await system.keyFor(['manager']);
    const port = Number(new URL(system.url).port);
    const book = Array.from({ length: connections }, () => ({ world: new Map() as World, waiting: [] as Recorded[] }));
    const tell = (what: string, text: string): void => void (totals[what as 'wrong'] <= 20 && say(`${what.toUpperCase()} ${text}`));

    /** Judges what can be judged: up to the first answer of a generation whose meaning is not known yet. */
    const settle = (last = false): void => {
      for (const { world, waiting } of book) {
        while (waiting[0] !== undefined) {
          const { generation } = waiting[0];
          const meaning = generation === null ? undefined : meanings.get(generation);
          if (meaning === undefined && !last) break;
          const exchange = waiting.shift();
          if (exchange === undefined) break;
          const wrong =
            meaning === undefined ? `answered by ${generation ?? 'no generation'}, which is not known` : judge(exchange, meaning, world);
          if (wrong === null) continue;
          totals.wrong += 1;
          tell(
            'wrong',
            `${wrong}\n      asked ${JSON.stringify(exchange.body)}; answered ${exchange.status} ${JSON.stringify(exchange.answer).slice(0, 400)}; by ${String(generation).slice(0, 15)}`,
          );
        }
      }
    };
    const workers = book.map(({ waiting }, index) =>
      openWorker({
        port,
        owner: system.operatorKey,
        manager,
        name: `w${index}x`,
        random: seeded(seed + index + 1),
        newest: () => newest().meaning,
        millis: (millis) => void took.push(millis),
        record: (exchange) => {
          totals.requests += 1;
          const sort = `${exchange.kind} ${exchange.status}`;
          asking.set(sort, (asking.get(sort) ?? 0) + 1);
          waiting.push(exchange);
          if (exchange.generation !== null) seen.note(exchange.generation, exchange.at);
        },
        fail: (why) => {
          totals.requests += 1;
          totals.failed += 1;
          tell('failed', why);
        },
      }),
    );
    let over = false;
    const working = workers.map((worker) => worker.run(() => over, pauseMs));

    const requestToLive: number[] = [];
    const activation: number[] = [];
    const rollback: number[] = [];
    const admission: { [part: string]: number[] } = {};
    const outcomes: { [outcome: string]: number } = {};
    const families: { [family: string]: number } = {};
    let live = 0;
    for (let turn = 0; live < changes && turn < changes * 2; turn += 1) {
      const drawn = drawChange(newest().meaning, random, turn % familyNames.length, `c${turn}`);
      const started = performance.now();
      const answer = await system.ask(drawn.sentence);
      const millis = performance.now() - started;
      outcomes[answer.outcome] = (outcomes[answer.outcome] ?? 0) + 1;
      if (answer.outcome !== 'live') {
        say(`${answer.outcome}: ${drawn.sentence}: ${String(answer['why'] ?? answer['detail'])}`);
        continue;
      }
      live += 1;
      families[drawn.family] = (families[drawn.family] ?? 0) + 1;
      const generation = String(answer['generation']);
      meanings.set(generation, drawn.then);
      line.push({ generation, meaning: drawn.then, change: String(answer['id']) });
      requestToLive.push(millis);
      const certified = await issued(generation);
      for (const [part, value] of Object.entries((answer['witness'] ?? {}) as { readonly [part: string]: number }))
        if (part.endsWith('Ms')) (admission[part] ??= []).push(value);
      activation.push((await seen.first(generation, certified)) - certified);
      say(`${String(Math.round(millis)).padStart(6)} ms  ${drawn.sentence}`);
      settle();
      if (rollback.length < rollbacks && live % 2 === 0) await takeBack();
    }
    /** The moment that the certificate of a generation states. */
    async function issued(generation: string): Promise<number> {
      const { json } = await system.call('GET', `/_theseus/generations/${generation}/bundle`);
      const { envelope } = json['certificate'] as { readonly envelope: { readonly payload: string } };
      const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as { predicate: { issued: number } };
      return statement.predicate.issued;
    }
    /** Mostly the newest change; at times an older one with all that came after it. */
    async function takeBack(): Promise<void> {
      const depth = Math.min(random() < 0.15 ? 2 : 1, line.length - 1);
      const change = line.at(-depth)?.change ?? '';
      const started = performance.timeOrigin + performance.now();
      const { status, json } = await system.call('POST', '/_theseus/rollback', depth === 1 ? {} : { change, withLater: true });
      if (status !== 200) throw new Error(`the rollback answered ${status}: ${JSON.stringify(json)}`);
      line.splice(-depth);
      if (String(json['generation']) !== newest().generation)
        throw new Error('the rollback went to another generation than the one before');
      rollback.push((await seen.first(newest().generation, started)) - started);
      say(`           taken back: ${depth}`);
    }
    over = true;
    await Promise.all(working);
    settle();
    totals.lost = await readAgain();
    settle(true);
    for (const worker of workers) worker.close();
    return {
      requests: totals.requests,
      failed: totals.failed,
      wrong: totals.wrong,
      lost: totals.lost,
      changes: live,
      rollbacks: rollback.length,
      requestToLiveMs: p50p95(requestToLive),
      activationMs: p50p95(activation),
      rollbackMs: p50p95(rollback),
      admission: Object.fromEntries(Object.entries(admission).map(([part, values]) => [part, p50p95(values)])),
      asked: Object.fromEntries([...asking].toSorted()),
      answerMs: { p50: quantile(took, 0.5), p95: quantile(took, 0.95), most: quantile(took, 1) },
      acknowledgedRows: book.reduce((sum, { world }) => sum + world.size, 0),
      outcomes,
      families,
      connections,
      pauseMs,
      seed,
      seconds: rounded((performance.now() - began) / 1000),
    };

    /** Every row that was acknowledged and not deleted since, if what it is one of is still tracked. */
    async function readAgain(): Promise<number> {
      const before = totals.wrong;
      await Promise.all(
        workers.map(async (worker, index) => {
          for (const [id, row] of book[index]?.world ?? [])
            if (newest().meaning.things[row.thing] !== undefined) await worker.read(row.thing, id);
        }),
      );
      settle(true);
      const lost = totals.wrong - before;
      totals.wrong = before;
      return lost;
    }
  } finally {
    await system.stop();
  }
}
