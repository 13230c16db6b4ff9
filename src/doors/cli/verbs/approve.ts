/** theseus approve CHANGE: gives the approval that a change waits for, and follows it. */
import { findChange } from '../find-change.ts';
import { codeOf, follow } from '../follow-change.ts';
import type { VerbParts } from '../verb.ts';

export function approveVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('approve', 'approve a change that waits for it'))
    .argument('<change>', 'its id, the beginning of it, or last')
    .action(
      deed<[string]>(async ({ say, client, environment }, given) => {
        const api = client();
        const before = await api.change(await findChange(api, given));
        await api.approveChange(before.id);
        const change =
          before.state === 'ended'
            ? await api.change(before.id)
            : await follow(api, before.id, say, { after: before.events.at(-1)?.seq ?? -1, environment });
        say.document(change);
        return codeOf(change);
      }),
    );
}
