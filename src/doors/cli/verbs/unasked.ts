/** theseus unasked: reactions and jobs, what of them is owed, and the dead letters, which a person tries again or gives up. */
import type { DeliveryJson, UnaskedJson } from '#api/client';
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

interface Options {
  readonly retry?: string;
  readonly stop?: string;
  readonly why: string;
}

export function unaskedVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('unasked', 'reactions and jobs, and runs of them that failed for good'))
    .option('--retry <number>', 'try a dead letter again, by its number')
    .option('--stop <number>', 'give a run up, by its number')
    .option('--why <text>', 'why it is given up', '')
    .action(
      deed<[Options]>(async ({ say, client }, { retry, stop, why }) => {
        if (retry !== undefined) {
          await client().retryDelivery(numberOf(retry, '--retry'));
          say.line(`${retry} is tried again now.`);
          say.document({ waiting: true });
          return exitCodes.done;
        }
        if (stop !== undefined) {
          await client().stopDelivery(numberOf(stop, '--stop'), why);
          say.line(`${stop} is given up.`);
          say.document({ stopped: true });
          return exitCodes.done;
        }
        const { items } = await client().unasked();
        const dead = await client().deliveries({ state: 'dead', limit: 100 });
        for (const each of items) say.line(`${each.component.padEnd(30)}  ${whenOf(each).padEnd(40)}  ${owedOf(each)}`);
        if (items.length === 0) say.line('Nothing runs unasked: this system has no reactions and no jobs.');
        for (const letter of dead.items) say.line(`${say.style('red', 'dead letter')} ${letterOf(letter)}`);
        say.document({ items, deadLetters: dead.items });
        return exitCodes.done;
      }),
    );
}

const whenOf = ({ event, schedule, next }: UnaskedJson): string =>
  schedule === null ? `on ${event ?? ''}` : `${schedule.cron} ${schedule.timeZone}, next ${next?.slice(0, 16) ?? 'never'}Z`;

function owedOf({ waiting, running, dead, stopped, heldForHour, hour }: UnaskedJson): string {
  const parts = [
    waiting > 0 ? `${waiting} wait` : '',
    heldForHour > 0 ? `${heldForHour} of them for the next hour` : '',
    running > 0 ? `${running} run` : '',
    dead > 0 ? `${dead} dead` : '',
    stopped > 0 ? `${stopped} stopped` : '',
  ].filter((part) => part !== '');
  return `${parts.join(', ') || 'nothing owed'}; ${hour.runs} of ${hour.mostRuns} runs this hour`;
}
const letterOf = ({ no, component, about, attempts, code, why }: DeliveryJson): string =>
  `${component} for ${about}, tried ${attempts} times: ${why ?? code ?? ''}\n            theseus unasked --retry ${no}, or --stop ${no}`;

function numberOf(text: string, option: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Usage(`${option} takes the number of a run, as theseus unasked lists it.`);
  return Number(text);
}
