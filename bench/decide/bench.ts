/**
 * What the deterministic part makes of the requests in cases.json, cases-2.json and cases-3.json: changes where none was needed, needs that
 * were missed, and what it left open, as shares of all requests. The figure is that of the split `figure` of all sets together, of which
 * nothing but counts is ever shown; beside it stand those of each set, and of the halves that may be read. `--only open` asks those alone.
 */
import { readFileSync } from 'node:fs';
import { needOf } from '#decide';
import { sentencesGenerator } from '#sentences';
import type { BenchOptions } from '../options.ts';
import { openSystem, shop } from './system.ts';

interface Case {
  readonly request: string;
  readonly need: 'nothing' | 'configure' | 'compose' | 'code';
  readonly split: 'open' | 'figure';
}
const json = <Value>(path: string): Value => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Value;
type Group = 'change' | 'none' | 'undecided';
const groupOf = (kind: string): Group =>
  kind === 'undecided' ? 'undecided' : kind === 'nothing' || kind === 'compose' ? 'none' : 'change';
export const outcomeOf = (need: Case['need'], found: string): 'right' | 'needless' | 'missed' | 'undecided' => {
  const [truth, group] = [groupOf(need), groupOf(found)];
  return group === 'undecided' ? 'undecided' : group === truth ? 'right' : truth === 'none' ? 'needless' : 'missed';
};

const paths = [
  ['first', 'cases.json'],
  ['second', 'cases-2.json'],
  ['third', 'cases-3.json'],
] as const;
const order = ['right', 'needless', 'missed', 'undecided'] as const;
type Counts = { readonly [Key in (typeof order)[number]]: number };
const none: Counts = { right: 0, needless: 0, missed: 0, undecided: 0 };
const sum = (one: Counts, other: Counts): Counts => ({
  right: one.right + other.right,
  needless: one.needless + other.needless,
  missed: one.missed + other.missed,
  undecided: one.undecided + other.undecided,
});
interface Shares {
  readonly requests: number;
  readonly needless: number;
  readonly missed: number;
  readonly undecided: number;
}
function sharesOf(counts: Counts): Shares {
  const requests = order.reduce((total, key) => total + counts[key], 0);
  const share = (part: number): number => (requests === 0 ? 0 : Number((part / requests).toFixed(4)));
  return { requests, needless: share(counts.needless), missed: share(counts.missed), undecided: share(counts.undecided) };
}

export async function run({ say, only }: BenchOptions): Promise<unknown> {
  const { sources, reading, points } = openSystem(shop);
  const context = { reading: reading as never, sources, count: async () => 0, change: 'bench', today: '2026-11-23' };
  let slowest = 0;
  const countsOf = async (cases: readonly Case[]): Promise<Counts> => {
    let counts = none;
    for (const { request, need } of cases) {
      const said = await sentencesGenerator.understand(request, context);
      const began = performance.now();
      const found = needOf({ text: request, reading, points, said });
      slowest = Math.max(slowest, performance.now() - began);
      const outcome = outcomeOf(need, found.kind);
      counts = { ...counts, [outcome]: counts[outcome] + 1 };
    }
    return counts;
  };
  const halves = { figure: none, open: none };
  const sets: { [set: string]: { readonly figure: Shares; readonly open: Shares } } = {};
  const told = (name: string, { requests, needless, missed, undecided }: Shares): void =>
    say(`${name.padEnd(14)} ${requests} requests: needless ${needless}, missed ${missed}, undecided ${undecided}`);
  for (const [set, path] of paths) {
    const cases = json<readonly Case[]>(path);
    const kept = only === 'open' ? [] : cases.filter(isKept);
    const [figure, open] = [await countsOf(kept), await countsOf(cases.filter((each) => !isKept(each)))];
    halves.figure = sum(halves.figure, figure);
    halves.open = sum(halves.open, open);
    const of = { figure: sharesOf(figure), open: sharesOf(open) };
    sets[set] = of;
    told(`${set}, open`, of.open);
    if (kept.length > 0) told(`${set}, figure`, of.figure);
  }
  const figure = sharesOf(halves.figure);
  told('all, open', sharesOf(halves.open));
  if (figure.requests > 0) told('all, figure', figure);
  return { ...figure, open: sharesOf(halves.open), sets, slowestMs: Number(slowest.toFixed(1)) };
}
const isKept = ({ split }: Case): boolean => split === 'figure';
