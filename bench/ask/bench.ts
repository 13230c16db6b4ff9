/**
 * What becomes of the requests in cases.json on a running system, judged by the effects that its API shows. A live change
 * whose effects are not those of the case is a misreading, and so is one that should not have gone live.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';
import type { BenchOptions } from '../options.ts';
import { type Case, filled, mismatch, type Step } from './judge.ts';

type Keys = { readonly [role: string]: string };
interface Created {
  readonly path: string;
}
interface Verdict {
  readonly outcome: string;
  readonly wrong: string | null;
  readonly broken: string | null;
}

export async function run({ only, say }: BenchOptions): Promise<unknown> {
  const cases = (JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')) as readonly Case[]).filter(
    (candidate) => only === undefined || candidate.id.includes(only) || candidate.family === only || candidate.kind === only,
  );
  const system = await startThrowAwaySystem({
    durable: true,
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
  const count = { total: 0, fair: 0, understood: 0, asked: 0, refused: 0, wronglyRefused: 0, misread: 0, broken: 0 };
  const misreadings: string[] = [];
  try {
    const keys: Keys = Object.fromEntries(
      await Promise.all(['owner', 'manager', 'clerk', 'viewer'].map(async (role) => [role, await system.keyFor([role])] as const)),
    );
    for (const each of cases) {
      const verdict = await judge(system, keys, each);
      const fair = each.kind === 'fair' || each.kind === 'paraphrase';
      const accepted = each.expect.includes(verdict.outcome);
      count.total += 1;
      if (fair) count.fair += 1;
      if (verdict.outcome === 'question') count.asked += 1;
      if (verdict.outcome === 'refused') count.refused += 1;
      const misread = verdict.wrong !== null || (verdict.outcome === 'live' && !accepted);
      if (misread) {
        count.misread += 1;
        misreadings.push(each.id);
      } else if (fair && accepted) count.understood += 1;
      else if (fair && ['refused', 'question', 'nothing-to-do'].includes(verdict.outcome)) count.wronglyRefused += 1;
      if (verdict.broken !== null) count.broken += 1;
      const mark = misread ? 'MISREAD' : verdict.broken !== null ? 'BROKEN' : accepted ? 'ok' : 'missed';
      say(
        `${mark.padEnd(8)}${each.id.padEnd(20)}${verdict.outcome.padEnd(16)}${verdict.wrong ?? verdict.broken ?? ''}${mark === 'ok' ? '' : `\n        ${each.request}`}`,
      );
    }
  } finally {
    await system.stop();
  }
  return { ...count, misreadings };
}

async function judge(system: ThrowAwaySystem, keys: Keys, each: Case): Promise<Verdict> {
  const created: Created[] = [];
  const saved = new Map<string, unknown>();
  try {
    for (const sentence of each.before ?? []) {
      const { outcome, ...rest } = await system.ask(sentence);
      if (outcome !== 'live')
        return {
          outcome: 'not-run',
          wrong: null,
          broken: `before: ${sentence}: ${outcome} ${String(rest['why'] ?? rest['detail'] ?? '')}`,
        };
    }
    const setUp = await walk(system, keys, each.setup ?? [], saved, created, null);
    if (setUp !== null) return { outcome: 'not-run', wrong: null, broken: `setup: ${setUp}` };
    const viewsBefore = await views(system);
    const answer = await system.ask(each.request);
    const { outcome } = answer;
    const judged = each.expect.includes('live') ? outcome === 'live' : true;
    const wrong = judged ? await walk(system, keys, each.effects, saved, created, viewsBefore) : null;
    const why = String(answer['why'] ?? answer['detail'] ?? '').slice(0, 160);
    return { outcome, wrong, broken: ['live', 'nothing-to-do', 'question', 'refused'].includes(outcome) ? null : `${outcome}: ${why}` };
  } catch (cause) {
    return { outcome: 'broken', wrong: null, broken: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    await backToStart(system);
    for (const { path } of created.toReversed()) await system.call('DELETE', path);
  }
}

async function walk(
  system: ThrowAwaySystem,
  keys: Keys,
  steps: readonly Step[],
  saved: Map<string, unknown>,
  created: Created[],
  viewsBefore: ReadonlySet<string> | null,
): Promise<string | null> {
  for (const [index, step] of steps.entries()) {
    const at = `step ${index + 1} ${step.method} ${step.path}`;
    let path = String(filled(step.path, saved));
    if (path.startsWith('{view}')) {
      const added = [...(await views(system))].filter((candidate) => viewsBefore?.has(candidate) !== true);
      if (added.length !== 1 || added[0] === undefined) return `${at}: ${added.length} new views`;
      path = path.replace('{view}', added[0]);
    }
    const key = keys[step.as];
    const answer = await system.call(step.method, path, filled(step.body, saved), key === undefined ? {} : { key });
    const expected = typeof step.status === 'number' ? [step.status] : step.status;
    if (!expected.includes(answer.status))
      return `${at}: answered ${answer.status} ${JSON.stringify(answer.json).slice(0, 200)}, not ${expected.join(' or ')}`;
    const whole = step.method === 'GET' ? await toTheEnd(system, path, key, answer.json) : answer.json;
    if (step.method === 'POST' && answer.status === 201 && typeof answer.json['id'] === 'string') {
      const location = answer.headers.get('location');
      created.push({ path: location ?? `${path.split('/').slice(0, 3).join('/')}/${answer.json['id']}` });
    }
    if (step.save !== undefined) saved.set(step.save, whole);
    const found = step.match === undefined ? null : mismatch(filled(step.match, saved), whole);
    if (found !== null) return `${at}: ${found}`;
    const present = (step.absent ?? []).filter((name) => name in whole);
    if (present.length > 0) return `${at}: the answer has ${present.join(', ')}`;
  }
  return null;
}

async function toTheEnd(
  system: ThrowAwaySystem,
  path: string,
  key: string | undefined,
  first: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (!Array.isArray(first['items'])) return first;
  const items: unknown[] = [...(first['items'] as unknown[])];
  for (let { next } = first; typeof next === 'string';) {
    const { json } = await system.call(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`,
      undefined,
      key === undefined ? {} : { key },
    );
    items.push(...(json.items ?? []));
    next = json['next'];
  }
  return { ...first, items, next: null };
}

async function views(system: ThrowAwaySystem): Promise<ReadonlySet<string>> {
  const { json } = await system.call('GET', '/openapi.json');
  return new Set(Object.keys((json['paths'] ?? {}) as Record<string, unknown>).filter((path) => path.startsWith('/api/views/')));
}

async function backToStart(system: ThrowAwaySystem): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { status } = await system.call('POST', '/_theseus/rollback', {});
    if (status !== 200) return;
  }
}
