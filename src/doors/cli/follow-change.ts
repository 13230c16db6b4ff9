/** Asks for a change and follows it to its end, telling each step as it happens. */
import { ApiProblem, type AskJson, type ChangeDetail, type ChangeEvent, type Client } from '#api/client';
import type { Environment, Interrupter } from './environment.ts';
import { gateLine } from './evidence-ladder.ts';
import { exitCodes, Refused } from './failure.ts';
import { printDecision, printEcho, printOutcome, seconds } from './print-change.ts';
import { printSpending, tellRepair, tellRetrieved, tellRouted, tellSpent } from './print-writing.ts';
import { terminalPrompts } from './prompts.ts';
import type { Say } from './say.ts';

const stepWords: { readonly [step: string]: string } = {
  understand: 'understanding',
  decide: 'deciding',
  retrieve: 'looking up',
  generate: 'writing',
  gate: 'testing',
  certify: 'signing',
  approve: 'approving',
  'roll-out': 'rolling out',
  learn: 'learning',
};

export async function askAndFollow(
  client: Client,
  request: string,
  say: Say,
  more: Omit<AskJson, 'request'> = {},
  environment?: Environment,
): Promise<ChangeDetail> {
  const asked = await client.ask({ request, ...more });
  return follow(client, asked.id, say, environment === undefined ? {} : { environment });
}

export interface Following {
  /** The number of the last event that was told already. */
  readonly after?: number;
  /** Whose interruptions are heard: at a terminal Ctrl-C asks what to do with the change. */
  readonly environment?: Environment;
}

export async function follow(client: Client, id: string, say: Say, { after, environment }: Following = {}): Promise<ChangeDetail> {
  let last = after;
  for (let over = false; !over;) {
    const stop = new AbortController();
    const heard = interruption(environment);
    const told = tellUntilOver(client, id, say, { after: last, signal: stop.signal, seen: (seq) => void (last = seq) });
    try {
      const by = await Promise.race([told.then(() => null), heard.by]);
      over = by === null || (by === 'person' && say.asks && (await isLeft(client, id, say, environment)));
      if (by !== null && !(by === 'person' && say.asks)) throw goesOn(id);
    } finally {
      heard.end();
      stop.abort();
      await told;
    }
  }
  const change = await client.change(id);
  printOutcome(change, say);
  printSpending(change, say);
  return change;
}

interface Telling {
  readonly after: number | undefined;
  readonly signal: AbortSignal;
  readonly seen: (seq: number) => void;
}
async function tellUntilOver(client: Client, id: string, say: Say, { after, signal, seen }: Telling): Promise<void> {
  for await (const event of client.watchChange(id, { signal, ...(after === undefined ? {} : { after }) })) {
    if (signal.aborted) return;
    tell(event, say);
    seen(event.seq);
    if (event.kind === 'ended' || (event.kind === 'step' && event.step === 'approve' && event.state === 'started')) return;
  }
}

function interruption(environment: Environment | undefined): { readonly by: Promise<Interrupter>; readonly end: () => void } {
  let end = (): void => {};
  const by = new Promise<Interrupter>((resolve) => {
    end = environment?.onInterrupt?.(resolve) ?? end;
  });
  return { by, end };
}

/** Whether nothing more is to be told: it was cancelled. */
async function isLeft(client: Client, id: string, say: Say, environment: Environment | undefined): Promise<boolean> {
  const answer = await (environment?.prompts ?? terminalPrompts).choose('This change is under way.', [
    { value: 'watch', label: 'Go on watching' },
    { value: 'cancel', label: 'Cancel it' },
    { value: 'leave', label: 'Let it run, and stop watching' },
  ]);
  if (answer === 'leave' || answer === null) throw goesOn(id);
  if (answer === 'watch') return false;
  try {
    await client.cancelChange(id);
    return true;
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    say.aside(cause.problem.detail);
    return false;
  }
}
const goesOn = (id: string): Refused =>
  new Refused(
    'interrupted',
    `The change goes on without you. See what becomes of it: theseus show ${id}   or stop it: theseus cancel ${id}`,
  );

function tell(event: ChangeEvent, say: Say): void {
  switch (event.kind) {
    case 'asked':
      say.line(say.style('dim', `asked as ${event.change}`));
      break;
    case 'step':
      if (event.state !== 'started' && event.step !== 'learn')
        say.line(
          say.style(
            'dim',
            `${event.state === 'failed' ? 'failed: ' : ''}${stepWords[event.step] ?? event.step}${event.wallMs === undefined ? '' : ` ${seconds(event.wallMs)}`}`,
          ),
        );
      break;
    case 'understood':
      printEcho(event, say);
      break;
    case 'decided':
      printDecision(event, say);
      break;
    case 'routed':
      tellRouted(event, say);
      break;
    case 'retrieved':
      tellRetrieved(event, say);
      break;
    case 'repair':
      tellRepair(event, say);
      break;
    case 'spent':
      tellSpent(event, say);
      break;
    case 'evidence':
      say.line(gateLine(event.evidence, say));
      break;
    case 'certified':
      say.line(say.style('dim', `signed as ${event.certificate.replace('sha256:', '').slice(0, 12)}`));
      break;
    default:
  }
}

/** Nothing to do is no failure; a question is not done; a check is done where every gate passed. */
export const codeOf = ({ outcome, evidence }: ChangeDetail): number =>
  outcome === 'live' ||
  outcome === 'nothing-to-do' ||
  outcome === 'waiting-for-approval' ||
  (outcome === 'checked' && evidence.length > 0 && evidence.every(({ verdict }) => verdict === 'pass'))
    ? exitCodes.done
    : exitCodes.refused;
