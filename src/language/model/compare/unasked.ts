/** Two versions of a reaction or a job: what makes it run, what it may do, what it may cost. Nobody calls them, so every change is compatible. */
import { canonicalJson, type JobContract, type Json, type UnaskedContract } from '#kernel';
import type { ContractDifference } from './contract-difference.ts';

export function compareUnasked(key: string, was: UnaskedContract, now: UnaskedContract): readonly ContractDifference[] {
  const differences: ContractDifference[] = [];
  const tell = (member: string, change: string): void =>
    void differences.push({ member: member === '' ? key : `${key}#${member}`, change, compatible: true });
  const differ = (from: unknown, to: unknown): boolean => canonicalJson(from as Json) !== canonicalJson(to as Json);
  if (was.name !== now.name) tell('', `was called ${was.name}`);
  if (was.kind === 'reaction' && now.kind === 'reaction' && differ(was.on, now.on)) tell('on', 'runs on another event');
  if (was.kind === 'job' && now.kind === 'job' && differ(was.schedule, now.schedule))
    tell('schedule', `runs at ${inWords(now.schedule)}, was at ${inWords(was.schedule)}`);
  if (differ(was.capabilities, now.capabilities)) tell('capabilities', 'may do other things');
  for (const member of ['caps', 'retries', 'hourly'] as const) if (differ(was[member], now[member])) tell(member, 'has other limits');
  return differences;
}

const inWords = ({ cron, timeZone, catchUp }: JobContract['schedule']): string =>
  `${cron}${timeZone === undefined ? '' : ` in ${timeZone}`}, catching up ${catchUp}`;
