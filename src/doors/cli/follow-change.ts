/** Asks for a change and follows it to its end, telling each step as it happens. */
import type { AskJson, ChangeDetail, ChangeEvent, Client } from '#api/client';
import { gateLine } from './evidence-ladder.ts';
import { exitCodes } from './failure.ts';
import { printDecision, printEcho, printOutcome, seconds } from './print-change.ts';
import type { Say } from './say.ts';

const stepWords: { readonly [step: string]: string } = {
  understand: 'understanding',
  decide: 'deciding',
  generate: 'writing',
  gate: 'testing',
  certify: 'signing',
  approve: 'approving',
  'roll-out': 'rolling out',
  learn: 'learning',
};

export async function askAndFollow(client: Client, request: string, say: Say, more: Omit<AskJson, 'request'> = {}): Promise<ChangeDetail> {
  const asked = await client.ask({ request, ...more });
  return follow(client, asked.id, say);
}

/** `after`: the number of the last event that was told already. */
export async function follow(client: Client, id: string, say: Say, after?: number): Promise<ChangeDetail> {
  const stop = new AbortController();
  try {
    for await (const event of client.watchChange(id, { signal: stop.signal, ...(after === undefined ? {} : { after }) })) {
      tell(event, say);
      if (event.kind === 'ended' || (event.kind === 'step' && event.step === 'approve' && event.state === 'started')) break;
    }
  } finally {
    stop.abort();
  }
  const change = await client.change(id);
  printOutcome(change, say, !say.asks);
  return change;
}

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
