/** Evidence as a ladder: what was proved stands above what was tested, and what was not shown is said. */
import type { Evidence } from '#api/client';
import type { Say } from './say.ts';

type Finding = Evidence['findings'][number];
const rungs: readonly (readonly [Finding['shownBy'], string])[] = [
  ['proved', 'Proved'],
  ['exhausted', 'Every case tried'],
  ['tested', 'Tested'],
  ['carried', 'Carried over (what it rests on did not change)'],
  ['checked', 'Checked'],
  ['not-shown', 'Not shown'],
];

export const gateLine = (evidence: Evidence, say: Say): string =>
  `  ${verdict(evidence.verdict, say)} ${evidence.gate.padEnd(11)} ${counted(evidence.findings.length, 'statement')}, ${Math.round(evidence.cost.wallMs)} ms`;

export function printLadder(all: readonly Evidence[], say: Say, most = 8): void {
  for (const [rung, title] of rungs) {
    const findings = all.flatMap((evidence) =>
      evidence.findings.filter((finding) => finding.shownBy === rung).map((finding) => ({ finding, gate: evidence.gate })),
    );
    if (findings.length === 0) continue;
    say.line(`  ${say.style('bold', title)} (${findings.length})`);
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
