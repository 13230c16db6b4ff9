/**
 * Learns what a request needs from the labelled requests of bench/decide/learning, and writes src/workshop/decide/weights.json. Says how well it does on requests that
 * were kept from it: by parts, by whole systems, and on the halves of the bench's sets that may be read, before those are learnt from as well.
 *   node_modules/.bin/node scripts/learn-decide.ts [--only-say]
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { leaningOf } from '#decide';
import { labelled, type Looked, looked, openCases, requestTexts, systemNames } from '../bench/decide/learning/labelled.ts';
import { trained } from '../bench/decide/learning/train.ts';

/** Of all requests, so many may be taken for the opposite where the margins are chosen. */
const MOST_WRONG = 0.04;
const PARTS = 8;
const changes = (need: string): boolean => need === 'code' || need === 'configure';

interface Scored {
  readonly need: string;
  /** Absent where it is plain without anything learnt; then what it was taken for. */
  readonly margin?: number;
  readonly sure?: string;
}
type Sure = { readonly change: number; readonly none: number };
const undecided: Sure = { change: Number.MAX_SAFE_INTEGER, none: Number.MIN_SAFE_INTEGER };

function scoredBy(learnFrom: readonly Looked[], tryOn: readonly Looked[]): readonly Scored[] {
  const weights = trained(
    learnFrom.filter(({ sure }) => sure === undefined),
    undecided,
  );
  return tryOn.map(({ need, sure, signs }) =>
    sure === undefined ? { need, margin: leaningOf(signs, weights).margin } : { need, sure: sure.kind },
  );
}
/** The margins beyond which at most so many are wrong, on each side. */
function marginsFor(scored: readonly Scored[]): Sure {
  const most = Math.floor(scored.length * MOST_WRONG);
  const surelyWrong = (change: boolean): number =>
    scored.filter(
      ({ need, sure }) =>
        sure !== undefined && sure !== 'undecided' && changes(need) !== change && (sure !== 'nothing' && sure !== 'compose') === change,
    ).length;
  const none = scored.flatMap(({ need, margin }) => (margin === undefined || changes(need) ? [] : [margin])).toSorted((a, b) => b - a);
  const change = scored.flatMap(({ need, margin }) => (margin === undefined || !changes(need) ? [] : [margin])).toSorted((a, b) => a - b);
  return {
    change: Math.max(1, (none[Math.max(0, most - surelyWrong(true))] ?? 0) + 1),
    none: Math.min(-1, (change[Math.max(0, most - surelyWrong(false))] ?? 0) - 1),
  };
}
function tell(name: string, scored: readonly Scored[], sure: Sure): void {
  const taken = scored.map((each) => {
    if (each.margin === undefined)
      return each.sure === 'undecided' ? 'undecided' : each.sure === 'nothing' || each.sure === 'compose' ? 'none' : 'change';
    return each.margin >= sure.change ? 'change' : each.margin <= sure.none ? 'none' : 'undecided';
  });
  const share = (of: (need: string, taken: string | undefined) => boolean): string =>
    `${((scored.filter((each, at) => of(each.need, taken[at])).length / scored.length) * 100).toFixed(1)}%`;
  process.stdout.write(
    `${name.padEnd(40)} ${String(scored.length).padStart(5)} requests: needless ${share((need, as) => as === 'change' && !changes(need))}, missed ${share((need, as) => as === 'none' && changes(need))}, undecided ${share((_, as) => as === 'undecided')}\n`,
  );
}
/** Each part by what the others teach. */
function inParts(requests: readonly Looked[]): readonly Scored[] {
  return Array.from({ length: PARTS }, (_, part) =>
    scoredBy(
      requests.filter((__, at) => at % PARTS !== part),
      requests.filter((__, at) => at % PARTS === part),
    ),
  ).flat();
}
const lot = (request: string): string => createHash('sha256').update(request).digest('hex');

const byLot = (requests: readonly Looked[]): readonly Looked[] =>
  requests.toSorted((one, other) => (lot(one.request) < lot(other.request) ? -1 : 1));
const written = await looked(labelled());
const read = await looked(openCases());
tell('the halves that may be read, by the rest', scoredBy(written, read), marginsFor(inParts(byLot(written))));
const all = byLot([...written, ...read]);
const byParts = inParts(all);
const sure = marginsFor(byParts);
tell(`in ${PARTS} parts, each by the others`, byParts, sure);
for (const system of systemNames)
  tell(
    `${system}, by the other systems`,
    scoredBy(
      all.filter((each) => each.system !== system),
      all.filter((each) => each.system === system),
    ),
    sure,
  );

const weights = trained(
  all.filter(({ sure: plain }) => plain === undefined),
  sure,
);
const digest = createHash('sha256').update(requestTexts().join('\n')).digest('hex');
const lines = Object.entries(weights.signs).map(([sign, those]) => `    ${JSON.stringify(sign)}: [${those.join(', ')}]`);
const text = `{
  "learntFrom": ${JSON.stringify(digest)},
  "sure": { "change": ${sure.change}, "none": ${sure.none} },
  "begin": [${weights.begin.join(', ')}],
  "signs": {
${lines.join(',\n')}
  }
}
`;
process.stdout.write(`${lines.length} signs, sure of a change from ${sure.change}, of none from ${sure.none}\n`);
if (!process.argv.includes('--only-say')) writeFileSync(new URL('../src/workshop/decide/weights.json', import.meta.url), text);
