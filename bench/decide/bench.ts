/**
 * What the deterministic part makes of the requests in cases.json: changes where none was needed, needs that were missed, and what it
 * left open, as shares of all requests. The figure is that of the split `figure`, of which nothing but counts is ever shown.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { needOf } from '#decide';
import { readSystem } from '#model/read';
import { sentencesGenerator } from '#sentences';
import type { BenchOptions } from '../options.ts';

interface Case {
  readonly request: string;
  readonly need: 'nothing' | 'configure' | 'compose' | 'code';
  readonly split: 'open' | 'figure';
}
interface Stated {
  readonly component: `rule/${string}` | `operation/${string}`;
  readonly point: string;
  readonly what: string;
  readonly chosen: string;
  readonly strategies: readonly { readonly name: string; readonly meaning: string }[];
}
const json = <Value>(path: string): Value => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Value;
function sourcesIn(folder: string): { readonly [path: string]: string } {
  const url = new URL(folder, import.meta.url);
  return Object.fromEntries(
    readdirSync(url, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, url), 'utf8')]),
  );
}
type Group = 'change' | 'none' | 'undecided';
const groupOf = (kind: string): Group =>
  kind === 'undecided' ? 'undecided' : kind === 'nothing' || kind === 'compose' ? 'none' : 'change';
export const outcomeOf = (need: Case['need'], found: string): 'right' | 'needless' | 'missed' | 'undecided' => {
  const [truth, group] = [groupOf(need), groupOf(found)];
  return group === 'undecided' ? 'undecided' : group === truth ? 'right' : truth === 'none' ? 'needless' : 'missed';
};

export async function run({ say }: BenchOptions): Promise<unknown> {
  const sources = { ...sourcesIn('../../systems/shop/'), ...sourcesIn('system-extra/') };
  const reading = readSystem(sources);
  if (!reading.ok) throw new Error('the system of the requests does not read');
  const points = json<readonly Stated[]>('system-extra/strategies.json').map(({ point, ...rest }) => ({ ...rest, name: point }));
  const context = { reading: reading as never, sources, count: async () => 0, change: 'bench', today: '2026-11-23' };
  const count = { open: [0, 0, 0, 0], figure: [0, 0, 0, 0] };
  const order = ['right', 'needless', 'missed', 'undecided'] as const;
  let slowest = 0;
  for (const { request, need, split } of json<readonly Case[]>('cases.json')) {
    const said = await sentencesGenerator.understand(request, context);
    const began = performance.now();
    const found = needOf({ text: request, reading, points, said });
    slowest = Math.max(slowest, performance.now() - began);
    const at = order.indexOf(outcomeOf(need, found.kind));
    count[split][at] = (count[split][at] ?? 0) + 1;
  }
  const shares = (of: readonly number[]): { readonly [Key in 'requests' | 'needless' | 'missed' | 'undecided']: number } => {
    const [right = 0, needless = 0, missed = 0, undecided = 0] = of;
    const requests = right + needless + missed + undecided;
    const share = (part: number): number => Number((part / requests).toFixed(4));
    return { requests, needless: share(needless), missed: share(missed), undecided: share(undecided) };
  };
  const [open, figure] = [shares(count.open), shares(count.figure)];
  for (const [name, of] of [['open', open] as const, ['figure', figure] as const])
    say(`${name.padEnd(7)} ${of.requests} requests: needless ${of.needless}, missed ${of.missed}, undecided ${of.undecided}`);
  return { ...figure, open, slowestMs: Number(slowest.toFixed(1)) };
}
