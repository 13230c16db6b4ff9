/**
 * The life of a change as one durable workflow: kill any process at any moment and it goes on with nothing lost or done twice.
 * Where the system moves on meanwhile, the change is understood again on the new base, a bounded number of times.
 */
import { type ChangeId, instant } from '#kernel';
import type { Run } from '#ports';
import { learn } from './70-learn.ts';
import type { Bases } from './bases.ts';
import { conversationOf, withAttachments } from './conversation.ts';
import type { RoundResult } from './changing.ts';
import { oneRound } from './one-round.ts';
import type { ChangeParts } from './parts.ts';
import { resumedFrom } from './resumed.ts';
import { asked } from './run-for.ts';
import { type Phase, stageRunner } from './stage-runner.ts';
import { stoppedBy } from './stopped.ts';

const ROUNDS = 4;

/** The body of the workflow `change`. Its input is that of `runFor`, its answer the outcome. */
export function runChange(parts: Omit<ChangeParts, 'base'>, bases: Bases): (run: Run, input: string) => Promise<string> {
  const all: ChangeParts = { ...parts, base: bases.get };
  return async (run, input) => {
    const { change, attempt } = asked(input);
    const phases: Phase[] = [];
    let result: RoundResult;
    try {
      result = await inRounds(run, all, bases, change, phases, attempt * ROUNDS);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : 'unknown';
      result = {
        kind: 'ended',
        ended: { outcome: 'failed', why: `Something in the workshop is broken: ${why} Nothing was changed. Ask again once it is mended.` },
      };
    }
    const ended = result.kind === 'ended' ? result.ended : undefined;
    if (ended !== undefined)
      await run.step('end', () => parts.log.append({ change, at: instant(parts.clock()), kind: 'ended', ...ended }, 'end'));
    await run.step('learn', () => learn({ change, phases }, all));
    return ended?.outcome ?? (result.kind === 'elsewhere' ? result.outcome : 'failed');
  };
}

async function inRounds(
  run: Run,
  parts: ChangeParts,
  bases: Bases,
  change: ChangeId,
  phases: Phase[],
  before: number,
): Promise<RoundResult> {
  const own = await run.step('request', () => parts.log.request(change));
  if (own === null) throw new Error(`There is no request ${change}.`);
  const request = own.continues === undefined ? own : await run.step('attachments', () => withAttachments(own, parts.log));
  const conversation = request.continues === undefined ? [] : await run.step('conversation', () => conversationOf(request, parts.log));
  const resumed = request.continues === undefined ? null : await run.step('resumed', () => resumedFrom(request, parts.log));
  const stop = stoppedBy(change, parts.log);
  try {
    for (let round = before + 1; round <= before + ROUNDS; round++) {
      const base = await run.step(`${round} base`, () => parts.log.serving());
      if (base === null) throw new Error('The system has no generation yet.');
      const stages = stageRunner(run, parts, change, round);
      const result = await oneRound({ run, stages, parts, bases, request, conversation, resumed, signal: stop.signal }, base, round);
      phases.push(...stages.phases);
      if (result.kind !== 'again') return result;
    }
  } finally {
    stop.close();
  }
  return {
    kind: 'ended',
    ended: {
      outcome: 'failed',
      why: `The system moved on ${ROUNDS} times while this change was made. Ask again when fewer changes are under way.`,
    },
  };
}
