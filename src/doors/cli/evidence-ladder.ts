/**
 * Evidence as a ladder, the same that the console shows: what was refuted is above it, what is unknown below, however hard a gate tried,
 * and rungs on which nothing stands are said where that tells something.
 */
import { type Evidence, ladderOf, type Rung } from '#api/client';
import type { Say } from './say.ts';

type Finding = Evidence['findings'][number];
const titles: { readonly [Name in Rung]: string } = {
  refuted: 'Refuted',
  proved: 'Proved',
  exhausted: 'Every case tried',
  tested: 'Tested',
  carried: 'Carried over (what it rests on did not change)',
  checked: 'Checked',
  'not-shown': 'Not shown (nobody knows: not a pass)',
};

export const gateLine = (evidence: Evidence, say: Say): string =>
  `  ${verdict(evidence.verdict, say)} ${evidence.gate.padEnd(11)} ${counted(evidence.findings.length, 'statement')}, ${Math.round(evidence.cost.wallMs)} ms`;

export function printLadder(all: readonly Evidence[], say: Say, most = 8): void {
  for (const { rung, shown: findings } of ladderOf(all)) {
    say.line(`  ${say.style('bold', titles[rung])} (${findings.length})`);
    const shown = [...findings].sort((a, b) => rank(a.finding) - rank(b.finding)).slice(0, most);
    for (const { finding, gate } of shown) {
      say.line(
        `    ${verdict(finding.verdict, say)} ${finding.statement}${finding.bound === undefined ? '' : say.style('dim', ` (${finding.bound})`)}${say.style('dim', ` ${gate}`)}`,
      );
      if (finding.verdict === 'fail' && finding.witness !== undefined)
        say.line(`         ${JSON.stringify(finding.witness).slice(0, 300)}`);
    }
    if (findings.length > shown.length) say.line(say.style('dim', `    and ${findings.length - shown.length} more`));
  }
}

const rank = ({ verdict: said }: Finding): number => (said === 'fail' ? 0 : said === 'unknown' ? 1 : 2);
const verdict = (said: Evidence['verdict'], say: Say): string =>
  say.style(said === 'pass' ? 'green' : said === 'fail' ? 'red' : 'yellow', said.padEnd(7));
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
