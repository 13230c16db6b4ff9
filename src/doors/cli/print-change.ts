/** A change for a person: what was understood, decided, shown, and what became of it. */
import { type ChangeDetail, type Json, scopeInWords } from '#api/client';
import { printLadder } from './evidence-ladder.ts';
import { printConversation, printExamples, printSpending, tellRepair, tellRetrieved, tellRouted } from './print-writing.ts';
import type { Say } from './say.ts';

/** Of a scope that names more. */
const MOST = 8;
export const short = (digest: string | null): string => (digest === null ? 'none' : digest.replace('sha256:', '').slice(0, 12));
export const seconds = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;

export function printEcho({ understanding }: Pick<ChangeDetail, 'understanding'>, say: Say): void {
  if (understanding === null) return;
  say.line(say.style('bold', 'Understood'));
  for (const sentence of understanding.echo) say.line(`  ${sentence}`);
  for (const note of understanding.notes) say.line(say.style('dim', `  ${note}`));
  const lines = scopeInWords(understanding.scope);
  lines.forEach(({ label, what }, at) =>
    say.line(
      say.style(
        'dim',
        `  ${at === 0 ? `risk ${understanding.risk}; ` : ''}${label} ${what.slice(0, MOST).join(', ')}${what.length > MOST ? ` and ${what.length - MOST} more` : ''}`,
      ),
    ),
  );
}

/** That nothing is done is told by the outcome. */
export function printDecision({ decision }: Pick<ChangeDetail, 'decision'>, say: Say): void {
  if (decision === null || decision.chosen === 'nothing') return;
  say.line(`${say.style('bold', 'Decided')}  ${decision.chosen}: ${decision.why}`);
  for (const option of decision.options)
    if (option.rejectedBecause !== undefined) say.line(say.style('dim', `  not ${option.name}: ${option.rejectedBecause}`));
}

export function printOutcome(change: ChangeDetail, say: Say): void {
  const { outcome, why } = change;
  const took =
    change.endedAt === null
      ? ''
      : say.style('dim', ` (${seconds(Date.parse(change.endedAt) - Date.parse(change.askedAt))} after it was asked)`);
  switch (outcome) {
    case 'live':
      say.line(`${say.style(['bold', 'green'], 'Live')}  ${why ?? ''}${took}`);
      say.line(`  generation ${short(change.generation)}; take it back with: theseus rollback`);
      break;
    case 'nothing-to-do':
      say.line(`${say.style(['bold', 'green'], 'Nothing to do')}  ${why ?? ''}`);
      break;
    case 'question':
      say.line(`${say.style(['bold', 'yellow'], 'Which?')}  ${why ?? ''}`);
      change.options.forEach((option, index) =>
        say.line(`  ${index + 1}. ${option.sentence}${option.meaning === undefined ? '' : say.style('dim', `  ${option.meaning}`)}`),
      );
      if (!say.asks)
        say.line(say.style('dim', `  answer it: theseus answer ${change.id} ${change.options.length === 0 ? '"..."' : '1, or in words'}`));
      break;
    case 'waiting-for-approval':
      say.line(`${say.style(['bold', 'yellow'], 'Waits for approval')}  ${why ?? ''}`);
      say.line(`  theseus approve ${change.id}   or   theseus reject ${change.id}`);
      break;
    case 'checked':
      say.line(`${say.style('bold', 'Checked')}  ${why ?? ''}`);
      printWitness(change.witness, say);
      break;
    case null:
      say.line(`${say.style('bold', change.state === 'queued' ? 'Queued' : 'Under way')}  ${change.step ?? ''}`);
      break;
    default:
      say.line(
        `${say.style(['bold', outcome === 'rolled-back' || outcome === 'cancelled' ? 'yellow' : 'red'], { refused: 'Refused', failed: 'Failed', rejected: 'Rejected', cancelled: 'Cancelled', 'rolled-back': 'Taken back' }[outcome])}  ${why ?? ''}`,
      );
      printWitness(change.witness, say);
  }
}

/** What a refusal names: words without a role, the nearest sentence, whatever else. */
function printWitness(witness: Json, say: Say): void {
  if (typeof witness !== 'object' || witness === null || Array.isArray(witness)) return;
  for (const [name, value] of Object.entries(witness)) say.line(`  ${name}: ${plainly(value)}`);
}

function plainly(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainly).join(', ');
  if (typeof value === 'object' && value !== null && 'word' in value && typeof value['word'] === 'string') return `"${value['word']}"`;
  return JSON.stringify(value);
}

export function printWhole(change: ChangeDetail, say: Say, more: { readonly differences: boolean; readonly all: boolean }): void {
  say.line(`${say.style('bold', change.request)}`);
  const from = change.handedInBy === null ? '' : `, code from ${change.handedInBy === 'agent' ? 'an agent' : 'a person'}`;
  say.line(say.style('dim', `  ${change.kind === 'check' ? 'check ' : ''}${change.id}, asked ${change.askedAt}${from}`));
  printConversation(change, say);
  printEcho(change, say);
  printExamples(change, say);
  printOptions(change, say);
  for (const event of change.events) {
    if (event.kind === 'routed') tellRouted(event, say);
    if (event.kind === 'retrieved') tellRetrieved(event, say, more.all);
    if (event.kind === 'repair') tellRepair(event, say);
  }
  if (change.evidence.length > 0) {
    say.line(say.style('bold', 'Evidence'));
    printLadder(change.evidence, say, more.all ? Number.POSITIVE_INFINITY : 8);
  }
  if (change.candidate !== null) {
    say.line(say.style('bold', 'Changes in the contracts'));
    for (const { component, member, kind } of change.candidate.contracts)
      say.line(`  ${kind.padEnd(8)} ${component}${member === '' ? '' : ` ${member}`}`);
    for (const note of change.candidate.notes) say.line(`${say.style('bold', 'Note')}  ${note}`);
    say.line(say.style('bold', 'Files'));
    for (const file of change.candidate.files) {
      const count = (kind: 'added' | 'removed'): number => file.lines.filter((line) => line.kind === kind).length;
      say.line(
        `  ${file.kind.padEnd(8)} ${file.path}  ${say.style('green', `+${count('added')}`)} ${say.style('red', `-${count('removed')}`)}`,
      );
      if (more.differences) printDifference(file.lines, say);
    }
  }
  printSpending(change, say, true);
  if (change.cost.phases.length > 0)
    say.line(`${say.style('bold', 'Cost')}  ${seconds(change.cost.cpuMs)} of processor, ${seconds(change.cost.wallMs)} in all`);
  printOutcome(change, say);
}

/** All that was weighed, one beside the other. */
function printOptions({ decision }: Pick<ChangeDetail, 'decision'>, say: Say): void {
  if (decision === null) return;
  say.line(`${say.style('bold', 'Decided')}  ${decision.chosen}: ${decision.why}`);
  for (const { name, value, cost, risk, rejectedBecause } of decision.options) {
    say.line(`  ${name.padEnd(10)} ${say.style('dim', `value: ${value}; cost: ${cost}; risk: ${risk}`)}`);
    say.line(say.style('dim', `  ${''.padEnd(10)} ${rejectedBecause === undefined ? 'taken' : `not: ${rejectedBecause}`}`));
  }
}

type Lines = NonNullable<ChangeDetail['candidate']>['files'][number]['lines'];
/** Three lines around what differs. */
function printDifference(lines: Lines, say: Say): void {
  let gap = false;
  lines.forEach((line, index) => {
    const near = lines.slice(Math.max(0, index - 3), index + 4).some(({ kind }) => kind !== 'same');
    if (near) {
      if (gap) say.line(say.style('dim', '    ...'));
      const sign = line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' ';
      say.line(say.style(line.kind === 'added' ? 'green' : line.kind === 'removed' ? 'red' : 'dim', `    ${sign} ${line.text}`));
    }
    gap = !near;
  });
}
