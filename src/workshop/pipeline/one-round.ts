/**
 * One round of a change on one base: who is tried, in their order, each through understanding, deciding and writing, until one
 * writes what passes every gate. What passes is certified, and the kernel decides.
 */
import type { Candidate, ChangeEvent } from '#change';
import { type Digest, instant, type RiskClass } from '#kernel';
import type { Generator, NewChangeEvent, Understood } from '#ports';
import { isBeyond, understand } from './10-understand.ts';
import { isBuiltIn, route } from './15-route.ts';
import { decide } from './20-decide.ts';
import { factsFor, needFor } from './deciding.ts';
import { retrieve } from './25-retrieve.ts';
import type { Gated } from './40-gate.ts';
import { certify } from './50-certify.ts';
import { rollOut, type RolledOut } from './60-roll-out.ts';
import type { Changing, Ended, RoundResult, Say } from './changing.ts';
import type { Situation } from './parts.ts';
import { resuming } from './resumed.ts';
import type { StageRunner } from './stage-runner.ts';
import { isStopped } from './stopped.ts';
import { checkedEnd, endOf } from './ends.ts';
import { writeUntilItPasses } from './write-until-it-passes.ts';

const WAIT_MS = 30_000;
const WAITS = 20;

/** `next`: this generator did not, another may. */
type Tried = RoundResult | { readonly kind: 'next'; readonly ended: Ended; readonly whom?: Whom };
/** Of who is built in, the one that the words ask for; nobody is asked for what is not theirs. */
type Whom = 'settings' | 'quality' | 'others';
const isAsked = (name: string, whom: Whom | undefined): boolean =>
  name === 'settings' ? whom === undefined || whom === 'settings' : name !== 'quality' || whom === 'quality';

export async function oneRound(changing: Changing, base: Digest, round: number): Promise<RoundResult> {
  const { run, parts, request } = changing;
  const say: Say = (event, key) =>
    parts.log.append({ ...event, change: request.id, at: instant(parts.clock()) } as NewChangeEvent, `${round} ${key}`);
  const again = changing.resumed === null ? undefined : parts.generators.find(({ name }) => name === changing.resumed?.generator);
  if (changing.resumed !== null && again?.planAgain !== undefined) {
    const { resumed } = changing;
    const tried = await withGenerator(changing, await resuming(resumed, again, parts, base), base, round, '', say);
    return tried.kind === 'next' ? { kind: 'ended', ended: tried.ended } : tried;
  }
  const routed = await run.step(`${round} route`, async () =>
    (await route(request, parts)).map(({ generator, why }) => ({ generator: generator.name, why })),
  );
  let whom: Whom | undefined;
  let ended: Ended = { outcome: 'failed', why: 'Nobody is there who could write this change.' };
  for (const [at, { generator: name, why }] of routed.entries()) {
    const generator = [...(parts.handedIn === undefined ? [] : [parts.handedIn]), ...parts.generators].find((each) => each.name === name);
    if (generator === undefined || !isAsked(generator.name, whom)) continue;
    if (at > 0 || routed.some(({ generator: other }) => !isBuiltIn({ name: other })))
      await run.step(`${round} ${name} routed`, () => say({ kind: 'routed', generator: name, why }, `routed ${name}`));
    const tried = await withGenerator(changing, generator, base, round, at === 0 ? '' : name, say);
    if (tried.kind !== 'next') return tried;
    ended = tried.ended;
    whom = tried.whom ?? whom;
  }
  return { kind: 'ended', ended: routed.every(({ generator }) => isBuiltIn({ name: generator })) ? alone(ended, parts.beyond) : ended };
}

/** The sentences did not understand, and nobody else is there. */
const alone = (ended: Ended, beyond: string | undefined): Ended =>
  beyond === undefined || ended.outcome !== 'refused' || typeof ended.evidence !== 'object' || ended.evidence === null
    ? ended
    : { ...ended, evidence: { ...ended.evidence, models: beyond } };

async function withGenerator(changing: Changing, generator: Generator, base: Digest, round: number, lap: string, say: Say): Promise<Tried> {
  const { run, parts, request, signal, conversation } = changing;
  const stages = lap === '' ? changing.stages : changing.stages.lap(lap);
  const situation: Situation = { request, conversation, signal, pieces: [], attempts: [], variant: 0 };
  // What waits for a model keeps nobody else waiting.
  const apart = <Value>(work: () => Promise<Value>): Promise<Value> => (generator.tries === undefined ? work() : run.aside(work));
  const stopped = (when: string): Promise<boolean> =>
    generator.tries === undefined
      ? Promise.resolve(false)
      : run.step(`${round} ${lap} stopped ${when}`, () => isStopped(request.id, parts.log));

  const understood = await apart(() =>
    stages.stage('understand', async () => {
      const found = await understand({ situation, generator, base }, parts);
      if (found.kind === 'understood') await say({ kind: 'understood', understanding: understandingOf(found) }, `${lap} understood`);
      return found;
    }),
  );
  if (await stopped('understanding')) return { kind: 'elsewhere', outcome: 'cancelled' };
  const settings = (await parts.base(base)).reading.settings;
  const decided = await stages.stage('decide', async () => {
    const made = decide({
      understood,
      generator: generator.name,
      autonomy: settings.policy.autonomy,
      check: request.kind === 'check',
      ...(await needFor(generator, understood, request, parts, base)),
      facts: await factsFor(understood, parts, base),
      others: parts.generators.some((each) => !isBuiltIn(each)),
    });
    await say({ kind: 'decided', decision: made.decision }, `${lap} decided`);
    return made;
  });
  if (decided.kind !== 'go-on' || understood.kind !== 'understood') {
    const ended = endOf(understood, decided);
    if (decided.kind === 'next') return { kind: 'next', ended, whom: decided.whom };
    return isBeyond(understood) && !(decided.kind === 'end' && decided.final === true) ? { kind: 'next', ended } : { kind: 'ended', ended };
  }
  const pieces =
    generator.tries === undefined || parts.knowledge === undefined
      ? []
      : await stages.stage(
          'retrieve',
          async () => {
            const { pieces: found, without } = await retrieve(
              { change: request.id, base, question: changing.resumed?.text ?? request.text, understood },
              parts,
            );
            const tokens = found.reduce((sum, piece) => sum + piece.tokens, 0);
            await say(
              {
                kind: 'retrieved',
                pieces: found.map(({ source, why, tokens: own }) => ({ source, why, tokens: own })),
                tokens,
                ...(without.length === 0 ? {} : { without }),
              },
              `${lap} retrieved`,
            );
            return found;
          },
          (found) => ({ pieces: found.length }),
        );

  const written = await writeUntilItPasses(
    { ...changing, stages, round, lap, say, apart, stopped },
    { situation: { ...situation, pieces }, generator, understood },
    base,
  );
  switch (written.kind) {
    case 'passed':
      if (request.kind === 'check') return { kind: 'ended', ended: checkedEnd(written.gated, written.candidate) };
      return certified(changing, stages, written.candidate, { ...written.gated, generation: written.generation }, understood.risk, round);
    case 'failed':
      return generator.tries === undefined || request.kind === 'check' || written.ended.outcome === 'question'
        ? { kind: 'ended', ended: written.ended }
        : { kind: 'next', ended: written.ended };
    case 'stopped':
      return { kind: 'elsewhere', outcome: 'cancelled' };
    case 'again':
      return written;
  }
}

async function certified(
  { parts, request }: Changing,
  stages: StageRunner,
  candidate: Candidate,
  { generation, evidence, risk: shown }: Gated & { readonly generation: Digest },
  understood: RiskClass,
  round: number,
): Promise<RoundResult> {
  const settings = (await parts.base(candidate.base)).reading.settings;
  const risk = graver(understood, shown);
  if (settings.policy.autonomy[risk] === 'off')
    return {
      kind: 'ended',
      ended: {
        outcome: 'refused',
        why: `What was written is of ${risk} risk, and changes of ${risk} risk are switched off by the policy in theseus.json (autonomy).`,
      },
    };
  const certificate = await stages.stage(
    'certify',
    async () => {
      if (await isStopped(request.id, parts.log)) return null;
      const made = certify({ request, candidate, generation, evidence, risk, autonomy: settings.policy.autonomy[risk] }, parts);
      await parts.log.insertCertificate(made, `${round} certified`);
      return made;
    },
    (made) => (made === null ? null : { certificate: made.digest }),
  );
  if (certificate === null) return { kind: 'elsewhere', outcome: 'cancelled' };
  let rolledOut: RolledOut = { kind: 'no-answer' };
  for (let wait = 1; wait <= WAITS && rolledOut.kind === 'no-answer'; wait++) {
    rolledOut = await stages.stage(
      'roll-out',
      () => rollOut({ certificate, waitMs: WAIT_MS }, parts),
      (made) => ({ outcome: made.kind === 'ended' ? made.outcome : made.kind }),
    );
  }
  if (rolledOut.kind === 'moved-on') return { kind: 'again' };
  if (rolledOut.kind === 'ended') return { kind: 'elsewhere', outcome: rolledOut.outcome };
  if (rolledOut.kind === 'waiting-for-approval') return { kind: 'elsewhere', outcome: 'waiting-for-approval' };
  return {
    kind: 'ended',
    ended: { outcome: 'failed', why: 'The kernel did not answer. The certificate waits for it: see theseus doctor.' },
  };
}

const risks: readonly RiskClass[] = ['low', 'medium', 'high'];
const graver = (one: RiskClass, other: RiskClass): RiskClass => (risks.indexOf(other) > risks.indexOf(one) ? other : one);

const understandingOf = ({
  echo,
  notes,
  scope,
  risk,
  acceptance,
}: Extract<Understood, { kind: 'understood' }>): Extract<ChangeEvent, { kind: 'understood' }>['understanding'] => ({
  echo,
  notes,
  scope,
  risk,
  ...(acceptance === undefined ? {} : { acceptance }),
});
