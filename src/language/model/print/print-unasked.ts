/** A reaction or a job as a source file in house style. Reading it gives the same contract. */
import type { UnaskedContract } from '#kernel';
import { unaskedDefaults } from '../unasked-defaults.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { capabilityMembers, capsMembers, entityName, type OperationBody, runMember } from './print-body.ts';
import { type PrintContext, wholeFile } from './print-context.ts';

export function printUnasked(contract: UnaskedContract, body: OperationBody, context: PrintContext): string {
  const members: (readonly [string, Doc])[] = [
    ['id', quoted(contract.id)],
    ['name', quoted(contract.name)],
  ];
  if (contract.kind === 'reaction') {
    const { on } = contract;
    const event = 'event' in on ? on.event : `${entityName(context.model, on.entity)}.${on.happens}`;
    members.push(['on', { object: [['event', quoted(event)]] }]);
  } else {
    const { cron, timeZone, catchUp } = contract.schedule;
    members.push([
      'schedule',
      {
        object: [
          ['cron', quoted(cron)],
          ...(timeZone === undefined ? [] : [['timeZone', quoted(timeZone)] as const]),
          ['catchUp', quoted(catchUp)],
        ],
      },
    ]);
  }
  members.push(...capabilityMembers(contract, context.model), ...capsMembers(contract));
  for (const name of ['retries', 'hourly'] as const) {
    const own = Object.entries(contract[name]).filter(([member, value]) =>
      Object.entries(unaskedDefaults[name]).every(([known, usual]) => known !== member || usual !== value),
    );
    if (own.length > 0) members.push([name, { object: own.map(([member, value]) => [member, String(value)] as const) }]);
  }
  members.push(runMember(body));
  return wholeFile(context, `export default ${laidOut({ call: contract.kind, with: [{ object: members, open: true }] })};\n`);
}
