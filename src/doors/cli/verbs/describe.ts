/** theseus describe: what the system is, for whoever means to change it. */
import { exitCodes } from '../failure.ts';
import { short } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

export function describeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('describe', 'what the system is: components, kinds, layout, policy')).action(
    deed<[]>(async ({ say, client }) => {
      const system = await client().describe();
      say.line(`${say.style('bold', system.name)}  generation ${short(system.generation)}, ${system.currency}, ${system.timeZone}`);
      say.line(say.style('bold', 'Components'));
      for (const { component, what } of system.components) say.line(`  ${component.padEnd(30)}  ${what}`);
      if (system.more > 0) say.line(`  and ${system.more} more: theseus context "a question"`);
      say.line(say.style('bold', 'Kinds'));
      for (const { kind, folder, what } of system.kinds) say.line(`  ${kind.padEnd(10)} ${`${folder}/`.padEnd(13)} ${what}`);
      say.line(say.style('bold', 'Layout'));
      say.line(`  ${system.layout}`);
      say.line(say.style('bold', 'Policy'));
      const { policy } = system;
      say.line(`  ${policy.ask.join(', ')} may ask, ${policy.approve.join(', ')} approve. ${policy.handedIn}`);
      for (const risk of ['low', 'medium', 'high'] as const)
        say.line(
          `  ${risk.padEnd(7)} ${policy.autonomy[risk] === 'act' ? 'goes live by itself' : policy.autonomy[risk] === 'off' ? 'is switched off' : `needs ${Math.max(1, policy.approvals[risk])} approval(s)`}; gates ${policy.gates[risk].join(', ')}`,
        );
      say.document(system);
      return exitCodes.done;
    }),
  );
}
