/**
 * Learns what a request needs from the labelled requests of bench/decide/learning and the halves of the bench's sets that may be read, and writes
 * src/workshop/decide/learnt.json. Says how well it does on what it did not learn from: what each hand wrote, by what the others teach.
 *   node_modules/.bin/node scripts/learn-decide.ts [--only-say]
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { leaningOf, type Learnt } from '#decide';
import { labelled, type Looked, looked, openCases, requestTexts } from '../bench/decide/learning/labelled.ts';
import { trained } from '../bench/decide/learning/train.ts';

/** Of the requests of hands that were not learnt from, so many may be taken for the opposite on each side. */
const MOST_WRONG = 0.05;
const changes = (need: string): boolean => need === 'code' || need === 'configure';

interface Scored {
  readonly need: string;
  /** Absent where it is plain without anything learnt; then what it was taken for. */
  readonly margin?: number;
  readonly sure?: string;
  /** Whether it would be told that none is needed, were the margin wide enough. */
  readonly noneTold: boolean;
}
type Sure = Learnt['sure'];
const undecided: Sure = { change: Number.MAX_SAFE_INTEGER, none: Number.MIN_SAFE_INTEGER };
const learntFrom = (requests: readonly Looked[], sure: Sure): Learnt =>
  trained(
    requests.filter((each) => each.sure === undefined),
    sure,
  );
const scoredBy = (learnt: Learnt, requests: readonly Looked[]): readonly Scored[] =>
  requests.map(({ need, sure, signs, noneTold }) => {
    if (sure !== undefined) return { need, sure: sure.kind, noneTold: false };
    const leaning = leaningOf(signs, learnt);
    return { need, margin: leaning.margin, noneTold: leaning.margin < 0 && noneTold(leaning) };
  });

const sideOf = (kind: string): 'undecided' | 'none' | 'change' =>
  kind === 'undecided' ? 'undecided' : kind === 'nothing' || kind === 'compose' ? 'none' : 'change';
/** The margins beyond which at most so many are wrong, on each side. */
function marginsFor(scored: readonly Scored[]): Sure {
  const most = Math.floor(scored.length * MOST_WRONG);
  const surelyWrong = (side: 'none' | 'change'): number =>
    scored.filter(({ need, sure }) => sure !== undefined && sideOf(sure) === side && changes(need) !== (side === 'change')).length;
  const none = scored.flatMap(({ need, margin }) => (margin === undefined || changes(need) ? [] : [margin])).toSorted((a, b) => b - a);
  const change = scored
    .flatMap(({ need, margin, noneTold }) => (margin === undefined || !changes(need) || !noneTold ? [] : [margin]))
    .toSorted((a, b) => a - b);
  return {
    change: Math.max(1, (none[Math.max(0, most - surelyWrong('change'))] ?? 0) + 1),
    none: Math.min(-1, (change[Math.max(0, most - surelyWrong('none'))] ?? 0) - 1),
  };
}
function tell(name: string, scored: readonly Scored[], sure: Sure): void {
  const taken = scored.map(({ margin, noneTold, sure: plain = 'undecided' }) =>
    margin === undefined ? sideOf(plain) : margin >= sure.change ? 'change' : noneTold && margin <= sure.none ? 'none' : 'undecided',
  );
  const share = (of: (need: string, taken: string | undefined) => boolean): string =>
    `${((scored.filter((each, at) => of(each.need, taken[at])).length / scored.length) * 100).toFixed(1)}%`;
  process.stdout.write(
    `${name.padEnd(36)} ${String(scored.length).padStart(5)} requests: needless ${share((need, as) => as === 'change' && !changes(need))}, missed ${share((need, as) => as === 'none' && changes(need))}, undecided ${share((_, as) => as === 'undecided')}\n`,
  );
}

const all = await looked([...labelled(), ...openCases()]);
const byHand = [...Map.groupBy(all, ({ hand }) => hand)].map(
  ([hand, own]) =>
    [
      hand,
      scoredBy(
        learntFrom(
          all.filter((each) => each.hand !== hand),
          undecided,
        ),
        own,
      ),
    ] as const,
);
const sure = marginsFor(byHand.flatMap(([, scored]) => scored));
for (const [hand, scored] of byHand) tell(`${hand}, by the others`, scored, sure);
tell(
  'each by the others, together',
  byHand.flatMap(([, scored]) => scored),
  sure,
);
const learnt = learntFrom(all, sure);

const digest = createHash('sha256').update(requestTexts().join('\n')).digest('hex');
const lines = Object.entries(learnt.signs).map(([sign, those]) => `    ${JSON.stringify(sign)}: [${those.join(', ')}]`);
const requests = Object.entries(learnt.requests).map(
  ([need, those]) => `    ${JSON.stringify(need)}: [\n${those.map((request) => `      ${JSON.stringify(request)}`).join(',\n')}\n    ]`,
);
const text = `{
  "learntFrom": ${JSON.stringify(digest)},
  "sure": { "change": ${sure.change}, "none": ${sure.none} },
  "begin": [${learnt.begin.join(', ')}],
  "signs": {
${lines.join(',\n')}
  },
  "requests": {
${requests.join(',\n')}
  }
}
`;
process.stdout.write(`${lines.length} signs, sure of a change from ${sure.change}, of none from ${sure.none}\n`);
if (!process.argv.includes('--only-say')) writeFileSync(new URL('../src/workshop/decide/learnt.json', import.meta.url), text);
