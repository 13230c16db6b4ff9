/**
 * theseus unasked: reactions and jobs, what of them is owed, and the dead letters, which a person tries again or gives up: runs by
 * their number, requests to hosts outside by their id.
 */
import type { DeliveryJson, SendingJson, UnaskedJson } from '#api/client';
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

interface Options {
  readonly retry?: string;
  readonly stop?: string;
  readonly why: string;
}

export function unaskedVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('unasked', 'reactions and jobs, and what failed for good'))
    .option('--retry <which>', 'try a dead letter again, by its number or id')
    .option('--stop <which>', 'give one up, by its number or id')
    .option('--why <text>', 'why it is given up', '')
    .action(
      deed<[Options]>(async ({ say, client }, { retry, stop, why }) => {
        if (retry !== undefined) {
          const which = nameOf(retry, '--retry');
          await ('no' in which ? client().retryDelivery(which.no) : client().retrySending(which.id));
          say.line(`${retry} is tried again now.`);
          say.document({ waiting: true });
          return exitCodes.done;
        }
        if (stop !== undefined) {
          const which = nameOf(stop, '--stop');
          await ('no' in which ? client().stopDelivery(which.no, why) : client().stopSending(which.id, why));
          say.line(`${stop} is given up.`);
          say.document({ stopped: true });
          return exitCodes.done;
        }
        const { items } = await client().unasked();
        const dead = await client().deliveries({ state: 'dead', limit: 100 });
        const unsent = await client().sendings({ state: 'dead', limit: 100 });
        for (const each of items) say.line(`${each.component.padEnd(30)}  ${whenOf(each).padEnd(40)}  ${owedOf(each)}`);
        if (items.length === 0) say.line('Nothing runs unasked: this system has no reactions, no jobs and no transitions of the clock.');
        for (const letter of dead.items) say.line(`${say.style('red', 'dead letter')} ${letterOf(letter)}`);
        for (const letter of unsent.items) say.line(`${say.style('red', 'not sent   ')} ${unsentOf(letter)}`);
        say.document({ items, deadLetters: dead.items, deadSendings: unsent.items });
        return exitCodes.done;
      }),
    );
}

const whenOf = ({ event, schedule, next, after }: UnaskedJson): string =>
  after !== null
    ? after
    : schedule === null
      ? `on ${event ?? ''}`
      : `${schedule.cron} ${schedule.timeZone}, next ${next?.slice(0, 16) ?? 'never'}Z`;

function owedOf({ waiting, running, dead, stopped, heldForHour, hour }: UnaskedJson): string {
  const parts = [
    waiting > 0 ? `${waiting} wait` : '',
    heldForHour > 0 ? `${heldForHour} of them for the next hour` : '',
    running > 0 ? `${running} run` : '',
    dead > 0 ? `${dead} dead` : '',
    stopped > 0 ? `${stopped} stopped` : '',
  ].filter((part) => part !== '');
  const most = hour.mostRuns === null ? '' : ` of ${hour.mostRuns}`;
  return `${parts.join(', ') || 'nothing owed'}; ${hour.runs}${most} runs this hour`;
}
const letterOf = ({ no, component, about, attempts, code, why }: DeliveryJson): string =>
  `${component} for ${about}, tried ${attempts} times: ${why ?? code ?? ''}\n            theseus unasked --retry ${no}, or --stop ${no}`;

const unsentOf = ({ id, component, method, host, path, tries, why }: SendingJson): string =>
  `${component} to ${host}, ${method} ${path}, tried ${tries} times: ${why ?? ''}\n            theseus unasked --retry ${id}, or --stop ${id}`;

/** Runs have numbers, requests to hosts outside have ids. */
function nameOf(text: string, option: string): { readonly no: number } | { readonly id: string } {
  if (/^\d{1,15}$/.test(text)) return { no: Number(text) };
  if (/^[\w-]{8,64}$/.test(text)) return { id: text };
  throw new Usage(`${option} takes the number of a run or the id of a request, as theseus unasked lists them.`);
}
