/**
 * What is told of the mutants of one component, for whoever writes the tests: once each, and all that is needed. What is stated and not shown is one failure, so that one
 * example can answer it; a branch of which nothing is noticed is one; and where most is asked for, what else must be noticed, line by line. Nothing that fails is left out: what
 * is said by one failure is not said again by another. Pure.
 */
import type { Finding, Json } from '#kernel';
import type { ComponentKey } from '#model';
import { notTried } from '../out-of-time.ts';
import type { Survivor } from './survivors.ts';
import type { Trying } from './trying.ts';

/** One in so many may live; of few, one. */
const ONE_IN = 5;
const FEW = 3;
const MOST_LINES = 40;
const MOST_SHOWN = 40;

/** What became of the mutants of one branch. */
export interface Tally {
  readonly place: string;
  noticed: number;
  /** Of these, asked for by themselves: they make nothing else more likely to be noticed. */
  apart: number;
  tried: number;
  left: number;
  readonly live: Trying[];
}
export interface Tried {
  readonly key: ComponentKey;
  readonly branches: ReadonlyMap<string, Tally>;
  readonly live: readonly Survivor[];
  readonly examples: number;
  readonly stopped: boolean;
}
export interface Told {
  readonly findings: readonly Finding[];
  /** What is stated and not shown: an example of it may be written out. */
  readonly unshown: readonly Survivor[];
}

export function toldOf({ key, branches, live, examples, stopped }: Tried): Told {
  const lives = live.filter(({ equivalent }) => !equivalent);
  const ofBranch = (branch: Tally): readonly Survivor[] => lives.filter(({ trying }) => branch.live.includes(trying));
  const isUnshown = ({ trying: { missing, asked } }: Survivor): boolean => asked === undefined && missing !== undefined;
  const all = [...branches].map(([name, branch]) => ({ name, branch, own: ofBranch(branch) }));
  const stated = all.filter(({ own }) => own.some(isUnshown));
  const others = all
    .filter(({ own }) => !own.some(isUnshown))
    .map(({ name, branch, own }) => ({ own, finding: ofBranchAlone(`${key} ${name} (${branch.place})`, branch, own, examples, stopped) }));
  const unshown = stated.flatMap(({ own }) => own.filter(({ trying: { missing, asked } }) => missing !== undefined && asked !== 'not'));
  const failed = [...unshown, ...others.flatMap(({ finding, own }) => (finding.verdict === 'fail' ? own : []))];
  return {
    findings: [
      ...others.map(({ finding }) => finding),
      ...(stated.length === 0 ? [] : [ofStated(key, stated)]),
      ...ofAll(key, [...branches.values()], lives, new Set(failed)),
    ],
    unshown,
  };
}

interface Stated {
  readonly name: string;
  readonly branch: Tally;
  readonly own: readonly Survivor[];
}
function ofStated(key: ComponentKey, stated: readonly Stated[]): Finding {
  const missing = [
    ...new Set(stated.flatMap(({ own }) => own.flatMap(({ trying }) => (trying.asked === undefined ? (trying.missing ?? []) : [])))),
  ];
  const asStated = ' as stated';
  const names = stated.map(({ name }) => name);
  const who = names.every((name) => name.endsWith(asStated))
    ? `${names.map((name) => name.slice(0, -asStated.length)).join(', ')}${asStated}`
    : names.join(', ');
  const more = missing.length > MOST_SHOWN ? `; and ${missing.length - MOST_SHOWN} more` : '';
  const statement = `${key} ${who} (${stated[0]?.branch.place ?? ''}): no example shows ${missing.slice(0, MOST_SHOWN).join('; nor ')}${more}: add one`;
  return {
    statement,
    verdict: 'fail',
    shownBy: 'tested',
    witness: byLine(
      stated.flatMap(({ own }) => own),
      missing,
    ),
  };
}

function ofBranchAlone(where: string, branch: Tally, live: readonly Survivor[], examples: number, stopped: boolean): Finding {
  const witness = byLine(live);
  if (branch.noticed > 0 || (branch.tried > 0 && branch.left === 0 && live.length === 0))
    return {
      statement:
        branch.noticed === 0
          ? `${where}: each of ${branch.tried} mutants is proved to change nothing`
          : `${where}: the tests notice ${branch.noticed} of ${branch.tried} mutants`,
      verdict: 'pass',
      shownBy: 'tested',
      ...(live.length > 0 ? { witness } : {}),
    };
  if (branch.left === 0 && live.length > 0 && live.every(({ trying: { asked } }) => asked === 'of-most'))
    return { statement: `${where}: no example shows it, which alone fails nothing`, verdict: 'pass', shownBy: 'not-shown', witness };
  if (branch.tried === 0 || branch.left > 0)
    return {
      statement: `${where}: ${stopped ? 'its mutants were not tried, since another gate failed' : notTried}`,
      verdict: 'unknown',
      shownBy: 'not-shown',
    };
  return {
    statement: `${where}: the tests notice none of ${branch.tried} mutants${examples === 0 ? '; no example reaches it' : ''}: add an example that depends on it`,
    verdict: 'fail',
    shownBy: 'tested',
    witness,
  };
}

/** Of all mutants of one component together; where other failures already ask for as many as it takes, they are enough. */
function ofAll(key: ComponentKey, branches: readonly Tally[], lives: readonly Survivor[], told: ReadonlySet<Survivor>): readonly Finding[] {
  const live = lives.filter(({ trying }) => trying.apart !== true);
  const tried = branches.reduce((sum, branch) => sum + branch.noticed - branch.apart, 0) + live.length;
  const isEnough = (left: number): boolean => left * ONE_IN <= tried || (left === 1 && tried >= FEW);
  if (isEnough(live.length)) return [];
  const left = live.filter((one) => !told.has(one));
  if (told.size > 0 && isEnough(left.length)) return [];
  const wanted = left.length - Math.floor(tried / ONE_IN);
  return [
    {
      statement: `${key}: the tests notice ${tried - live.length} of ${tried} mutants that are not proved to change nothing, and it takes four in five: add examples that notice ${wanted} of those below`,
      verdict: 'fail',
      shownBy: 'tested',
      witness: byLine(left),
    },
  ];
}

/** Said, and not tried: what no example could show, or only one that nobody would write. */
export function notAsked(key: ComponentKey, trying: readonly Trying[]): readonly Finding[] {
  const left = trying.filter(({ asked }) => asked === 'not');
  if (left.length === 0) return [];
  const witness = left.map(({ place, missing }) => `${place}: ${missing ?? ''}`);
  return [
    {
      statement: `${key}: ${left.length} bounds are too far for an example and were not asked for`,
      verdict: 'pass',
      shownBy: 'not-shown',
      witness,
    },
  ];
}

/** A line of the source is said once, with all that may be otherwise in it and nobody would notice. */
function byLine(survivors: readonly Survivor[], said: readonly string[] = []): readonly Json[] {
  return [...Map.groupBy(survivors, ({ trying }) => trying.place)]
    .slice(0, MOST_LINES)
    .map(([place, here]) => `${place}: ${[...new Set(here.map((one) => toShow(one, said)))].join('; ')}`);
}

/** What an example must show for a mutant to be noticed. */
const toShow = ({ trying: { what, missing }, row }: Survivor, said: readonly string[]): string =>
  `${what}${missing === undefined || said.includes(missing) ? '' : `; no example shows ${missing}`}${row === undefined ? '' : `; for instance with ${JSON.stringify(row)}`}`;

/** With the examples that are offered, where it is the failure that they answer. */
export const withExamples = (finding: Finding, examples: readonly string[]): Finding =>
  examples.length === 0 || finding.verdict !== 'fail' || !finding.statement.endsWith(': add one')
    ? finding
    : { ...finding, statement: `${finding.statement}, for instance ${examples.join('; and ')}` };
