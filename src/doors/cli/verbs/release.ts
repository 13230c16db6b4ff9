/** theseus release COMPONENT: forgets what is held against a component, so that it is called again. */
import { exitCodes } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function releaseVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('release', 'let a component that is quarantined work again'))
    .argument('<component>', 'as operation/placeOrder, or the digest of one version')
    .action(
      deed<[string]>(async ({ say, client }, component) => {
        const released = await client().release(component);
        say.line(`${component} is called again.`);
        say.document(released);
        return exitCodes.done;
      }),
    );
}
